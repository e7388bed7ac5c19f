// SPDX-License-Identifier: GPL-3.0-or-later
// Maps kernels to families. Only this file chooses an instruction set at run time; below it,
// functions of one instruction set call each other.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_families.cpp"
#include "runtime/host/fast_families.h"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

FastFamily vectorFamilyOf(KernelId id) {
    switch (id) {
        case KernelId::ConvInt8:
        case KernelId::ConvInt4:
        case KernelId::TransposeConvInt8:
        case KernelId::FullyConnectedInt8:
        case KernelId::FullyConnectedInt4:
            return {prepareConvInt8, true};
        case KernelId::ConvInt16Wide:
        case KernelId::TransposeConvInt16:
        case KernelId::FullyConnectedInt16Wide:
            return {prepareConvInt16, true};
        case KernelId::ConvFloat32:
        case KernelId::TransposeConvFloat32:
        case KernelId::FullyConnectedFloat32:
            return {prepareConvFloat32, true};
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4:
            return {prepareDepthwiseInt8, true};
        case KernelId::DepthwiseConvInt16:
            return {prepareDepthwiseInt16, true};
        case KernelId::DepthwiseConvFloat32:
            return {prepareDepthwiseFloat32, true};
        case KernelId::AddInt8:
        case KernelId::SubInt8:
        case KernelId::MulInt8:
            return {prepareBinaryInt8};
        case KernelId::AddInt16:
        case KernelId::SubInt16:
        case KernelId::MulInt16:
            return {prepareBinaryInt16};
        case KernelId::AddFloat32:
        case KernelId::SubFloat32:
        case KernelId::MulFloat32:
            return {prepareBinaryFloat32};
        case KernelId::AveragePoolInt8:
        case KernelId::MaxPoolInt8:
        case KernelId::AveragePoolInt16:
        case KernelId::MaxPoolInt16:
        case KernelId::AveragePoolFloat32:
        case KernelId::MaxPoolFloat32:
            return {preparePool};
        case KernelId::QuantizeInt8:
        case KernelId::DequantizeInt8:
        case KernelId::RequantizeInt8ToInt8:
            return {prepareConversion};
        case KernelId::SumInt8:
        case KernelId::SumInt16:
        case KernelId::SumFloat32:
            return {prepareReduction};
        case KernelId::SoftmaxFloat32:
            return {prepareSoftmaxFloat32};
        default:
            return {};
    }
}

#else
FastFamily vectorFamilyOf(KernelId) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(vectorFamilyOf);

FastFamily familyOf(KernelId id) {
    switch (id) {
        case KernelId::Pad1:
        case KernelId::Pad4:
            return {preparePad};
        case KernelId::SoftmaxInt8:
            return {prepareSoftmaxInt8};
        default:
            return HWY_DYNAMIC_DISPATCH(vectorFamilyOf)(id);
    }
}

}  // namespace runtime
#endif  // HWY_ONCE
