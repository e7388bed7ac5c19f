// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The families of fast kernels. Each is one function that plans with `side` null, and with memory
// also fills the side block: sizes and contents cannot drift apart. A family that does not serve
// the operator, or the machine, returns an empty plan.

#include "runtime/host/fast_kernels.h"
#include "runtime/host/layer_float32.h"
#include "runtime/host/layer_int8.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

FastPlan prepareConvInt8(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareDepthwiseInt8(const Call& call, KernelId id, uint8_t* side);
/// Part of prepareDepthwiseInt8().
FastPlan prepareDepthwiseQuads(const LayerInt8& layer, uint8_t* side);
FastPlan prepareConvFloat32(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareDepthwiseFloat32(const Call& call, KernelId id, uint8_t* side);
/// Part of prepareDepthwiseFloat32().
FastPlan prepareDepthwiseInPlace(const LayerFloat32& layer, uint8_t* side);
FastPlan prepareBinaryInt8(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareBinaryFloat32(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareConvert(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareMean(const Call& call, KernelId id, uint8_t* side);
FastPlan preparePad(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareSoftmaxInt8(const Call& call, KernelId id, uint8_t* side);
FastPlan preparePooling(const Call& call, KernelId id, uint8_t* side);

}  // namespace runtime
