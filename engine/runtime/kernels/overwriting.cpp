// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/overwriting.h"

#include "runtime/kernels/binary.h"
#include "runtime/kernels/cast.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/pool.h"
#include "runtime/kernels/select.h"

namespace runtime {
namespace {

/// Element-wise kernels of two operands; BinaryParams.
constexpr KernelId kOperandKernels[] = {
    KernelId::AddInt8,
    KernelId::AddInt16,
    KernelId::AddInt32,
    KernelId::AddFloat32,
    KernelId::SubInt8,
    KernelId::SubInt16,
    KernelId::SubInt32,
    KernelId::SubFloat32,
    KernelId::MulInt8,
    KernelId::MulInt16,
    KernelId::MulInt32,
    KernelId::MulFloat32,
    KernelId::DivInt8,
    KernelId::DivInt32,
    KernelId::DivFloat32,
    KernelId::FloorDivFloat32,
    KernelId::FloorModFloat32,
    KernelId::FloorDivInt32,
    KernelId::FloorModInt32,
    KernelId::MaximumInt8,
    KernelId::MaximumInt16,
    KernelId::MaximumInt32,
    KernelId::MaximumInt64,
    KernelId::MaximumFloat32,
    KernelId::MinimumInt8,
    KernelId::MinimumInt16,
    KernelId::MinimumInt32,
    KernelId::MinimumInt64,
    KernelId::MinimumFloat32,
    KernelId::SquaredDifferenceInt8,
    KernelId::SquaredDifferenceInt16,
    KernelId::SquaredDifferenceInt32,
    KernelId::SquaredDifferenceFloat32,
    KernelId::CompareInt8,
    KernelId::CompareInt16,
    KernelId::CompareInt32,
    KernelId::CompareInt64,
    KernelId::CompareFloat32,
    KernelId::CompareBool,
    KernelId::LogicalAnd,
    KernelId::LogicalOr,
    KernelId::PreluInt8,
    KernelId::PreluFloat32,
};

/// Element-wise kernels of three operands; SelectParams.
constexpr KernelId kChoiceKernels[] = {
    KernelId::Select1,
    KernelId::Select2,
    KernelId::Select4,
    KernelId::Select8,
};

/// Kernels with a window over an image; PoolParams.
constexpr KernelId kImageKernels[] = {
    KernelId::AveragePoolInt8, KernelId::AveragePoolInt16, KernelId::AveragePoolFloat32,
    KernelId::MaxPoolInt8,     KernelId::MaxPoolInt16,     KernelId::MaxPoolFloat32,
    KernelId::L2PoolFloat32,
};

/// Kernels that process input 0 element by element or row by row.
constexpr KernelId kRowKernels[] = {
    KernelId::Copy,
    KernelId::UpdateSlice,
    KernelId::SoftmaxInt8,
    KernelId::SoftmaxInt16,
    KernelId::SoftmaxFloat32,
    KernelId::LogSoftmaxInt8,
    KernelId::LogSoftmaxFloat32,
    KernelId::L2NormalizationInt8,
    KernelId::L2NormalizationFloat32,
    KernelId::CumsumInt8,
    KernelId::CumsumFloat32,
    KernelId::QuantizeInt8,
    KernelId::RequantizeInt8ToInt8,
    KernelId::RequantizeInt8ToUInt8,
    KernelId::RequantizeUInt8ToInt8,
    KernelId::RequantizeInt16ToInt8,
    KernelId::RequantizeInt16ToInt16,
    KernelId::RequantizeInt32ToInt8,
    KernelId::LogicalNot,
    KernelId::TableInt8,
    KernelId::SlopesInt16,
    KernelId::LogisticInt16Codes,
    KernelId::TanhInt16Codes,
    KernelId::RsqrtInt16,
    KernelId::AbsFloat32,
    KernelId::CeilFloat32,
    KernelId::CosFloat32,
    KernelId::EluFloat32,
    KernelId::ExpFloat32,
    KernelId::FloorFloat32,
    KernelId::HardSwishFloat32,
    KernelId::LeakyReluFloat32,
    KernelId::LogFloat32,
    KernelId::LogisticFloat32,
    KernelId::NegFloat32,
    KernelId::ReluFloat32,
    KernelId::Relu6Float32,
    KernelId::RoundFloat32,
    KernelId::RsqrtFloat32,
    KernelId::SinFloat32,
    KernelId::SqrtFloat32,
    KernelId::SquareFloat32,
    KernelId::TanhFloat32,
};

/// True where the iterator visits the operand element by element, in the order of the output.
template <int N>
bool isInOrder(const StridedIterator<N>& iterator, uint32_t operand) {
    int64_t step = 1;
    for (int d = kIteratorRank - 1; d >= 0; --d) {
        if (iterator.dims[d] != 1 && iterator.strides[operand][d] != step) return false;
        step *= iterator.dims[d];
    }
    return true;
}

// The parameters of comparisons begin with BinaryParams.
bool mayOverwriteOperand(const BinaryParams& p, uint32_t input) {
    return input < 2 && isInOrder(p.iterator, input);
}

// The condition has one byte per element, so only an output of bytes is no longer than it.
bool mayOverwriteChoice(const SelectParams& p, uint32_t input, bool ofBytes) {
    return (input == 1 || input == 2 || (input == 0 && ofBytes)) && isInOrder(p.iterator, input);
}

// C++ lets bytes alias every other type.
bool mayOverwriteCast(const CastParams& p) {
    return p.from == p.to || p.to == CastType::Int8 || p.to == CastType::UInt8 ||
           p.to == CastType::Bool;
}

// Without padding before the image, a window begins at or after the pixel that it computes.
bool mayOverwriteImage(const PoolParams& p) {
    const Window& w = p.window;
    return w.padTop == 0 && w.padLeft == 0 && w.outHeight <= w.inHeight && w.outWidth <= w.inWidth;
}

template <size_t kCount>
bool isOneOf(const KernelId (&kernels)[kCount], KernelId id) {
    for (const KernelId kernel : kernels)
        if (kernel == id) return true;
    return false;
}

}  // namespace

bool mayOverwrite(uint32_t kernel, const void* params, uint32_t input) {
    const auto id = static_cast<KernelId>(kernel);
    if (isOneOf(kOperandKernels, id))
        return mayOverwriteOperand(*static_cast<const BinaryParams*>(params), input);
    if (isOneOf(kChoiceKernels, id))
        return mayOverwriteChoice(*static_cast<const SelectParams*>(params), input,
                                  id == KernelId::Select1);
    // All operands are as long as the output.
    if (id == KernelId::AddNInt8 || id == KernelId::AddNFloat32) return true;
    if (input != 0) return false;
    if (id == KernelId::Cast) return mayOverwriteCast(*static_cast<const CastParams*>(params));
    if (isOneOf(kImageKernels, id))
        return mayOverwriteImage(*static_cast<const PoolParams*>(params));
    return isOneOf(kRowKernels, id);
}

}  // namespace runtime
