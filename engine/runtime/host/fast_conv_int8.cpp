// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D, TRANSPOSE_CONV, FULLY_CONNECTED and HostLayer::fansOut() depthwise layers on 8-bit codes
// with 8-bit or 4-bit weights.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_conv_int8.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/code_tiles_inl.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/tiled_conv_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

FastPlan prepareConvInt8(const Call& call, KernelId id, uint8_t* side) {
    return prepareTiled<CodeFormat>(call, id, side);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
