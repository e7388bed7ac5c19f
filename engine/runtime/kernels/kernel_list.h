// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of kernels: one row each, identifier and function. A new kernel is a file beside this
// one, a row here, a row in CMakeLists.txt and a prepare function in engine/lowering. Rows are
// only ever added at the end of their group; the Program's version counts when ids move.

#include "runtime/kernel.h"

// clang-format off
#define NETCALIPER_KERNELS(X) \
    X(ConvInt8, convInt8) \
    X(ConvInt4, convInt4) \
    X(ConvInt16, convInt16) \
    X(ConvInt16Wide, convInt16Wide) \
    X(ConvFloat32, convFloat32) \
    X(DepthwiseConvInt8, depthwiseConvInt8) \
    X(DepthwiseConvInt4, depthwiseConvInt4) \
    X(DepthwiseConvInt16, depthwiseConvInt16) \
    X(DepthwiseConvFloat32, depthwiseConvFloat32) \
    X(FullyConnectedInt8, fullyConnectedInt8) \
    X(FullyConnectedInt4, fullyConnectedInt4) \
    X(FullyConnectedInt16, fullyConnectedInt16) \
    X(FullyConnectedInt16Wide, fullyConnectedInt16Wide) \
    X(FullyConnectedFloat32, fullyConnectedFloat32) \
    X(AddInt8, addInt8) \
    X(AddInt16, addInt16) \
    X(AddInt32, addInt32) \
    X(AddFloat32, addFloat32) \
    X(AveragePoolInt8, averagePoolInt8) \
    X(AveragePoolInt16, averagePoolInt16) \
    X(AveragePoolFloat32, averagePoolFloat32) \
    X(MaxPoolInt8, maxPoolInt8) \
    X(MaxPoolInt16, maxPoolInt16) \
    X(MaxPoolFloat32, maxPoolFloat32) \
    X(SumInt8, sumInt8) \
    X(SumInt16, sumInt16) \
    X(SumFloat32, sumFloat32) \
    X(Copy, copy) \
    X(Pad1, pad1) \
    X(Pad2, pad2) \
    X(Pad4, pad4) \
    X(Pad8, pad8) \
    X(Transpose1, transpose1) \
    X(Transpose2, transpose2) \
    X(Transpose4, transpose4) \
    X(Transpose8, transpose8) \
    X(SoftmaxInt8, softmaxInt8) \
    X(SoftmaxInt8ToInt16, softmaxInt8ToInt16) \
    X(SoftmaxInt16, softmaxInt16) \
    X(SoftmaxFloat32, softmaxFloat32) \
    X(QuantizeInt8, quantizeInt8) \
    X(QuantizeInt16, quantizeInt16) \
    X(RequantizeInt8ToInt8, requantizeInt8ToInt8) \
    X(RequantizeInt8ToUInt8, requantizeInt8ToUInt8) \
    X(RequantizeInt8ToInt16, requantizeInt8ToInt16) \
    X(RequantizeInt8ToInt32, requantizeInt8ToInt32) \
    X(RequantizeUInt8ToInt8, requantizeUInt8ToInt8) \
    X(RequantizeInt16ToInt8, requantizeInt16ToInt8) \
    X(RequantizeInt16ToInt16, requantizeInt16ToInt16) \
    X(RequantizeInt16ToInt32, requantizeInt16ToInt32) \
    X(RequantizeInt32ToInt8, requantizeInt32ToInt8) \
    X(RequantizeInt32ToInt16, requantizeInt32ToInt16) \
    X(DequantizeInt8, dequantizeInt8) \
    X(DequantizeUInt8, dequantizeUInt8) \
    X(DequantizeInt16, dequantizeInt16) \
    X(SvdfInt8, svdfInt8) \
    X(SvdfInt16, svdfInt16) \
    X(SvdfFloat32, svdfFloat32) \
    X(LstmInt8, lstmInt8) \
    X(LstmInt16, lstmInt16) \
    X(LstmFloat32, lstmFloat32)
// clang-format on

namespace runtime {

enum class KernelId : uint16_t {
#define NETCALIPER_ENUMERATOR(id, function) id,
    NETCALIPER_KERNELS(NETCALIPER_ENUMERATOR)
#undef NETCALIPER_ENUMERATOR
        Count
};

constexpr uint32_t kKernelCount = static_cast<uint32_t>(KernelId::Count);

#define NETCALIPER_DECLARATION(id, function) Status function(const Call& call);
NETCALIPER_KERNELS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

}  // namespace runtime
