// SPDX-License-Identifier: GPL-3.0-or-later
// CONV_2D and FULLY_CONNECTED on MVE: dot products of sixteen bytes, two pixels and four channels
// at a time.
#include "runtime/cortex_m/mve/columns_mve.h"
#include "runtime/cortex_m/mve/dot_mve.h"

namespace runtime {
namespace {

template <bool kAnySign>
class Convolution {
public:
    explicit Convolution(const Call& call)
        : m_params(call.params<PackedConvParams>()),
          m_vectors(m_params.depth / kVectorBytes),
          m_weights(call.array<int8_t>(m_params.weights)),
          m_channels(call.array<MveChannels>(m_params.channels)),
          m_finish(m_params) {}

    void run(const Call& call) const {
        const Window& w = m_params.window;
        int8_t* const columns = m_params.pointwise != 0 ? nullptr : call.scratch<int8_t>();
        Columns pixels(m_params, call.input<int8_t>(0));
        int8_t* output = call.output<int8_t>();
        const int32_t count = w.batches * w.outHeight * w.outWidth;
        if (m_vectors % 2 == 0)
            output = runPairs<2>(pixels, columns, output, count / 2);
        else
            output = runPairs<1>(pixels, columns, output, count / 2);
        if (count % 2 != 0) finishOne(pixels.next(columns), output);
    }

private:
    /// kSteps: vectors per round of the inner loop. Returns the end of the results.
    template <int kSteps>
    [[gnu::noinline]] int8_t* runPairs(Columns& pixels, int8_t* columns, int8_t* output,
                                       int32_t pairs) const {
        const Convolution local = *this;  // stays in registers over the assembly, unlike *this
        for (; pairs > 0; --pairs) {
            const int8_t* const x = pixels.next(columns);
            local.finishPair<kSteps>(x, pixels.next(columns + m_params.depth), output);
            output += 2 * m_params.window.outChannels;
        }
        return output;
    }

    template <int kSteps>
    void finishPair(const int8_t* x, const int8_t* y, int8_t* first) const {
        const int8_t* w = m_weights;
        const MveChannels* c = m_channels;
        int32_t left = m_params.window.outChannels;
        int8_t* second = first + left;
        for (; left >= kChannelBlock; left -= kChannelBlock, ++c) {
            const PairCodes codes = pairCodes<kSteps>(x, y, w, c);
            storeFour(first, codes.first);
            storeFour(second, codes.second);
            first += kChannelBlock, second += kChannelBlock;
        }
        if (left == 0) return;
        const PairCodes codes = pairCodes<kSteps>(x, y, w, c);
        const mve_pred16_t valid = vctp32q(static_cast<uint32_t>(left));
        storeFour(first, codes.first, valid);
        storeFour(second, codes.second, valid);
    }

    void finishOne(const int8_t* x, int8_t* output) const {
        const Convolution local = *this;
        const int8_t* w = m_weights;
        const MveChannels* c = m_channels;
        int32_t left = m_params.window.outChannels;
        for (; left >= kChannelBlock; left -= kChannelBlock, output += kChannelBlock, ++c)
            storeFour(output, local.m_finish(dotOne(x, w, local.m_vectors, c), *c));
        if (left > 0)
            storeFour(output, local.m_finish(dotOne(x, w, local.m_vectors, c), *c),
                      vctp32q(static_cast<uint32_t>(left)));
    }

    using PairCodes = PairSums;
    template <int kSteps>
    PairCodes pairCodes(const int8_t* x, const int8_t* y, const int8_t*& w,
                        const MveChannels* c) const {
        const PairSums sums = dotPair<kSteps>(x, y, w, m_vectors / kSteps, c);
        return {m_finish(sums.first, *c), m_finish(sums.second, *c)};
    }

    const PackedConvParams& m_params;
    int32_t m_vectors;
    const int8_t* m_weights;
    const MveChannels* m_channels;
    ChannelCodes<kAnySign> m_finish;
};

}  // namespace

Status packedConvInt8(const Call& call) {
    if (negativeIsLowest(call.params<PackedConvParams>()))
        Convolution<false>(call).run(call);
    else
        Convolution<true>(call).run(call);
    return Status::Ok;
}

}  // namespace runtime
