// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DEPTHWISE_CONV_2D on MVE, a vector of channels at a time, for both element types. Arithmetic:
//   Lanes: the vectors of the type;
//   Arithmetic(params);
//   codes(taps, channel, weights, channels): the codes of a vector of channels from `channel` on;
//   moves weights and channels to the next vector.

#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/mve/sliding_taps.h"

namespace runtime {

/// kDense: one output channel per input channel, so results are contiguous.
template <typename Arithmetic, bool kDense, typename T>
class DepthwisePasses {
public:
    explicit DepthwisePasses(const Call& call)
        : m_params(call.params<PackedDepthwiseParams>()),
          m_weights(call.array<int8_t>(m_params.weights)),
          m_channels(call.array<MveChannels>(m_params.channels)),
          m_arithmetic(m_params) {}

    Status run(const Call& call) const {
        const Window& w = m_params.window;
        SlidingTaps<T> taps(m_params, call.input<T>(0), call.scratch<int8_t>());
        T* output = call.output<T>();
        for (int32_t left = w.batches * w.outHeight * w.outWidth; left > 0; --left) {
            visit(taps.next(), output);
            output += w.outChannels;
        }
        return Status::Ok;
    }

private:
    using Lanes = typename Arithmetic::Lanes;

    [[gnu::always_inline]] void visit(const T* const* taps, T* output) const {
        const int32_t count = m_params.window.inChannels, step = kDense ? 1 : m_params.multiplier;
        const int8_t* w = m_weights;
        const MveChannels* c = m_channels;
        for (int32_t pass = 0; pass < step; ++pass) {
            int32_t channel = 0;
            for (; kDense && channel + Lanes::kLanes <= count; channel += Lanes::kLanes)
                Lanes::store(output + channel, m_arithmetic.codes(taps, channel, w, c));
            for (; channel < count; channel += Lanes::kLanes) {
                const auto codes = m_arithmetic.codes(taps, channel, w, c);
                const mve_pred16_t valid = Lanes::first(count - channel);
                if constexpr (kDense)
                    Lanes::store(output + channel, codes, valid);
                else
                    Lanes::scatter(output + channel * step + pass, step, codes, valid);
            }
        }
    }

    const PackedDepthwiseParams& m_params;
    const int8_t* m_weights;
    const MveChannels* m_channels;
    Arithmetic m_arithmetic;
};

template <typename Arithmetic, typename T>
Status depthwise(const Call& call) {
    return call.params<PackedDepthwiseParams>().multiplier == 1
               ? DepthwisePasses<Arithmetic, true, T>(call).run(call)
               : DepthwisePasses<Arithmetic, false, T>(call).run(call);
}

}  // namespace runtime
