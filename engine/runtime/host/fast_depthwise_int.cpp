// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on 8-bit codes with 8-bit or 4-bit weights, and on 16-bit codes.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_int.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/code_tiles_inl.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/tap_depthwise_inl.h"
#include "runtime/host/wide_tiles_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

FastKernel kernelFor(Rounding rounding) {
    switch (rounding) {
        case Rounding::Positive:
            return runTaps<CodeArithmetic<Rounding::Positive, Source::Values>>;
        case Rounding::Signed:
            return runTaps<CodeArithmetic<Rounding::Signed, Source::Values>>;
        case Rounding::General:
            break;
    }
    return runTaps<CodeArithmetic<Rounding::General, Source::Values>>;
}

}  // namespace

FastPlan prepareDepthwiseInt8(const Call& call, KernelId id, uint8_t* memory) {
    LayerInt8 layer;
    if (!describe(call, id, layer)) return {};
    if (layer.fansOut()) return prepareConvInt8(call, id, memory);
    const FastPlan quads = prepareDepthwiseQuads(layer, memory);
    if (quads.kernel != nullptr) return quads;
    return prepareTaps<CodeFormat>(layer, kernelFor(layer.rounding()), memory);
}

FastPlan prepareDepthwiseInt16(const Call& call, KernelId id, uint8_t* memory) {
    LayerInt16 layer;
    if (!describe(call, id, layer)) return {};
    if (layer.fansOut()) return prepareConvInt16(call, id, memory);
    return prepareTaps<WideFormat>(layer, runTaps<WideArithmetic>, memory);
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
