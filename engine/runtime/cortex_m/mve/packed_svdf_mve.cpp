// SPDX-License-Identifier: GPL-3.0-or-later
// SVDF on MVE: four features and a vector of history at a time.
#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/mve/matrix_rows.h"

namespace runtime {
namespace {

/// Shifts a history by one step, appends `newest`, and returns its weighted sum. Stores and weights
/// are masked to the history; loads may read beyond it, where zero weights cancel the values.
template <typename Lanes, typename T>
inline int32_t pushAndWeigh(T* state, const T* weights, int32_t memory, T newest, int32_t sum) {
    for (; memory > Lanes::kLanes; memory -= Lanes::kLanes) {
        const auto moved = Lanes::load(state + 1);
        Lanes::store(state, moved);
        sum = Lanes::addDot(moved, Lanes::load(weights), sum);
        state += Lanes::kLanes, weights += Lanes::kLanes;
    }
    const mve_pred16_t valid = Lanes::first(memory);
    Lanes::store(state, Lanes::load(state + 1), valid);
    state[memory - 1] = newest;
    return Lanes::addDot(Lanes::load(state), Lanes::load(weights, valid), sum);
}

/// T: element type of state and time weights.
template <typename Lanes, typename T>
class Svdf {
public:
    explicit Svdf(const Call& call)
        : m_call(call),
          m_params(call.params<PackedSvdfParams>()),
          m_timeWeights(call.input<T>(2)),
          m_biases(call.array<int32_t>(m_params.biases)),
          m_sums(call.scratch<int32_t>()) {}

    void run(const int8_t* input, T* state, int8_t* output) const {
        sumUp(input, state);
        const SvdfParams& p = m_params.plain;
        const VectorScale scale(p.outputFactor);
        for (int32_t unit = 0; unit < p.units; unit += kChannelBlock) {
            const int32x4_t codes = vaddq_n_s32(scale(vldrwq_s32(m_sums + unit)), p.outputOffset);
            storeFour(output + unit, clamped(codes, INT8_MIN, INT8_MAX),
                      vctp32q(static_cast<uint32_t>(p.units - unit)));
        }
    }

private:
    /// Writes the sum of every unit to the scratch.
    void sumUp(const int8_t* input, T* state) const {
        const SvdfParams& p = m_params.plain;
        MatrixRows rows(m_call, m_params.features, input);
        const VectorScale feature(p.featureFactor);
        constexpr int32_t kHighest = (1 << (8 * sizeof(T) - 1)) - 1;
        const T* time = m_timeWeights;
        const int32_t* bias = m_biases;
        int32_t* to = m_sums;
        int32_t sum = *bias, rank = 0;
        for (int32_t f = 0; f < p.filters; f += kChannelBlock) {
            int32_t newest[kChannelBlock];
            const int32x4_t codes = vaddq_n_s32(feature(rows.next()), p.stateZeroPoint);
            vstrwq_s32(newest, clamped(codes, -kHighest - 1, kHighest));
            const int32_t valid = p.filters - f;
            for (int32_t i = 0; i < kChannelBlock && i < valid; ++i) {
                sum = pushAndWeigh<Lanes>(state, time, p.memory, static_cast<T>(newest[i]), sum);
                state += p.memory, time += p.memory;
                if (++rank < p.rank) continue;
                *to++ = sum;
                sum = *++bias;
                rank = 0;
            }
        }
    }

    const Call& m_call;
    const PackedSvdfParams& m_params;
    const T* m_timeWeights;
    const int32_t* m_biases;
    int32_t* m_sums;
};

}  // namespace

Status packedSvdfInt8(const Call& call) {
    return runSvdf<Svdf<ByteLanes, int8_t>, int8_t>(call);
}
Status packedSvdfInt16(const Call& call) {
    return runSvdf<Svdf<HalfwordLanes, int16_t>, int16_t>(call);
}

}  // namespace runtime
