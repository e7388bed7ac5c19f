// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DEPTHWISE_CONV_2D on MVE, a vector of channels at a time, for both element types. Arithmetic:
//   Lanes: the vectors of the type;
//   codes(taps, channel, weights, channels, params): the codes of a vector of channels from
//   `channel` on.

#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/tap_addresses.h"

namespace runtime {

/// kDense: one output channel per input channel, so results are contiguous.
template <typename Arithmetic, bool kDense, typename T>
Status depthwisePasses(const Call& call) {
    using Lanes = typename Arithmetic::Lanes;
    const auto& p = call.params<PackedDepthwiseParams>();
    const auto* weights = call.array<int8_t>(p.weights);
    const auto* channels = call.array<MveChannels>(p.channels);
    TapAddresses addresses(p, call.input<T>(0), call.scratch<int8_t>());
    T* output = call.output<T>();
    const int32_t count = p.window.inChannels, step = kDense ? 1 : p.multiplier;
    forEachPixel(p.window, [&](const Pixel& at) {
        const T* const* const taps = addresses.at(at);
        const int8_t* w = weights;
        const MveChannels* c = channels;
        for (int32_t pass = 0; pass < step; ++pass) {
            for (int32_t channel = 0; channel < count; channel += Lanes::kLanes) {
                const auto codes = Arithmetic::codes(taps, channel, w, c, p);
                const mve_pred16_t valid = Lanes::first(count - channel);
                if constexpr (kDense)
                    Lanes::store(output + channel, codes, valid);
                else
                    Lanes::scatter(output + channel * step + pass, step, codes, valid);
                w += p.taps * Lanes::kLanes;
                c += Lanes::kLanes / 4;
            }
        }
        output += p.window.outChannels;
    });
    return Status::Ok;
}

template <typename Arithmetic, typename T>
Status depthwise(const Call& call) {
    return call.params<PackedDepthwiseParams>().multiplier == 1
               ? depthwisePasses<Arithmetic, true, T>(call)
               : depthwisePasses<Arithmetic, false, T>(call);
}

}  // namespace runtime
