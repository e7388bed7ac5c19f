// SPDX-License-Identifier: GPL-3.0-or-later
// The families of fast kernels, compiled once per instruction set. Each is one function that
// returns the plan and, given memory, also fills the side block, so that sizes and contents cannot
// diverge. For an operator that the family does not serve, the plan is empty.

#if defined(NETCALIPER_FAST_FAMILIES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_FAST_FAMILIES_INL_H
#undef NETCALIPER_FAST_FAMILIES_INL_H
#else
#define NETCALIPER_FAST_FAMILIES_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/fast_kernels.h"
#include "runtime/host/layer_float32.h"
#include "runtime/host/layer_int8.h"
#include "runtime/kernels/kernel_list.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

FastPlan prepareConvInt8(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareConvInt16(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareConvFloat32(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareDepthwiseInt8(const Call& call, KernelId id, uint8_t* side);
/// Used by prepareDepthwiseInt8().
FastPlan prepareDepthwiseQuads(const LayerInt8& layer, uint8_t* side);
FastPlan prepareDepthwiseInt16(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareDepthwiseFloat32(const Call& call, KernelId id, uint8_t* side);
/// Used by prepareDepthwiseFloat32().
FastPlan prepareDepthwiseInPlace(const LayerFloat32& layer, uint8_t* side);
FastPlan prepareBinaryInt8(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareBinaryInt16(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareBinaryFloat32(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareConversion(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareReduction(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareSoftmaxFloat32(const Call& call, KernelId id, uint8_t* side);
FastPlan preparePool(const Call& call, KernelId id, uint8_t* side);

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
