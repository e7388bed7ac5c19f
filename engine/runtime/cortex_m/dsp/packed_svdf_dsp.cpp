// SPDX-License-Identifier: GPL-3.0-or-later
// SVDF on the DSP extension: four features and a word of history at a time.
#include "runtime/cortex_m/dsp/dot_tiles.h"
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/packed_recurrent.h"

namespace runtime {
namespace {

template <typename T>
inline int32_t saturated(int32_t value) {
    return sizeof(T) == 1 ? __ssat(value, 8) : __ssat(value, 16);
}

/// sum + dot product of a word of state and its weights.
inline int32_t weigh(uint32_t state, const int16_t* weights, int32_t sum) {
    return __smlad(static_cast<int16x2_t>(state), static_cast<int16x2_t>(looseWord(weights)), sum);
}
inline int32_t weigh(uint32_t state, const int8_t* weights, int32_t sum) {
    const uint32_t word = looseWord(weights);
    sum = __smlad(static_cast<int16x2_t>(evenBytes(state)), static_cast<int16x2_t>(evenBytes(word)),
                  sum);
    return __smlad(static_cast<int16x2_t>(oddBytes(state)), static_cast<int16x2_t>(oddBytes(word)),
                   sum);
}

/// Shifts a history by one step, appends `newest`, and returns its weighted sum.
template <typename T>
inline int32_t pushAndWeigh(T* state, const T* weights, int32_t memory, T newest, int32_t sum) {
    constexpr int32_t kLanes = 4 / sizeof(T), kBits = 8 * sizeof(T);
#pragma GCC unroll 2
    for (; memory > kLanes; memory -= kLanes, state += kLanes, weights += kLanes) {
        const uint32_t moved = looseWord(state + 1);
        reinterpret_cast<LooseWord*>(state)->value = moved;
        sum = weigh(moved, weights, sum);
    }
    if (memory == kLanes) {
        const uint32_t moved = looseWord(state) >> kBits | static_cast<uint32_t>(newest)
                                                               << (32 - kBits);
        reinterpret_cast<LooseWord*>(state)->value = moved;
        return weigh(moved, weights, sum);
    }
    for (; memory > 1; --memory, ++state) {
        state[0] = state[1];
        sum = __smlabb(*state, *weights++, sum);
    }
    *state = newest;
    return __smlabb(newest, *weights, sum);
}

/// T: element type of state and time weights.
template <typename T>
class Svdf {
public:
    explicit Svdf(const Call& call)
        : m_params(call.params<PackedSvdfParams>()),
          m_timeWeights(call.input<T>(2)),
          m_features(call.array<int8_t>(m_params.features.weights)),
          m_featureBiases(call.array<int32_t>(m_params.features.biases)),
          m_biases(call.array<int32_t>(m_params.biases)),
          m_columns(call.scratch<int16_t>()) {}

    void run(const int8_t* input, T* state, int8_t* output) const {
        const SvdfParams& p = m_params.plain;
        const int32_t fours = m_params.features.depth / 4;
        const Scale feature(p.featureFactor);
        const int8_t* weights = m_features;
        const T* time = m_timeWeights;
        widen(input, fours, m_columns, 1);
        int32_t sum = 0, rank = 0, unit = 0;
        for (int32_t f = 0; f < p.filters; f += kChannelBlock) {
            int32_t sums[kChannelBlock];
            __builtin_memcpy(sums, m_featureBiases + f, sizeof sums);
            dotOneByFour(weights, m_columns, fours, sums);
            weights += m_params.features.depth * kChannelBlock;
            for (int32_t i = 0; i < kChannelBlock && f + i < p.filters; ++i) {
                if (rank == 0) sum = m_biases[unit++];
                const auto newest =
                    static_cast<T>(saturated<T>(feature(sums[i]) + p.stateZeroPoint));
                sum = pushAndWeigh(state, time, p.memory, newest, sum);
                state += p.memory, time += p.memory;
                if (++rank < p.rank) continue;
                rank = 0;
                // These sums may wrap, so only the plain formula is always correct.
                const int32_t scaled = multiplyByFactor(sum, p.outputFactor);
                *output++ = static_cast<int8_t>(__ssat(wrapAdd(scaled, p.outputOffset), 8));
            }
        }
    }

private:
    const PackedSvdfParams& m_params;
    const T* m_timeWeights;
    const int8_t* m_features;
    const int32_t *m_featureBiases, *m_biases;
    int16_t* m_columns;
};

}  // namespace

Status packedSvdfInt8(const Call& call) {
    return runSvdf<Svdf<int8_t>, int8_t>(call);
}
Status packedSvdfInt16(const Call& call) {
    return runSvdf<Svdf<int16_t>, int16_t>(call);
}

}  // namespace runtime
