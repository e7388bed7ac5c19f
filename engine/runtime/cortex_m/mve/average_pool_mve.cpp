// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D on MVE: eight channels at a time.
#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/replacements.h"
#include "runtime/kernels/pool.h"

namespace runtime {
namespace {

constexpr int32_t kPass = 8;

struct Sums {
    int32x4_t low, high;
};

template <typename T>
inline Sums sumOver(const Window& w, const Pixel& at, const T* row) {
    Sums sums = {vdupq_n_s32(0), vdupq_n_s32(0)};
    for (int32_t y = at.y.begin; y < at.y.end; ++y, row += w.inWidth * w.inChannels) {
        const T* from = row;
        for (int32_t taps = at.x.end - at.x.begin; taps > 0; --taps, from += w.inChannels) {
            sums.low = vaddq_s32(sums.low, loadFour(from));
            sums.high = vaddq_s32(sums.high, loadFour(from + 4));
        }
    }
    return sums;
}

/// Divides by the number of taps, halves away from zero, by multiplying with the reciprocal rounded
/// up: exact while dividend * divisor < 2^32.
struct Divider {
    explicit Divider(int32_t taps)
        : half(taps / 2),
          reciprocal(taps == 1 ? 0 : 0xffffffffu / static_cast<uint32_t>(taps) + 1) {}

    int32x4_t operator()(int32x4_t sums) const {
        if (reciprocal == 0) return sums;
        const int32x4_t sign = vshrq_n_s32(sums, 31);
        const auto size = vreinterpretq_u32_s32(vaddq_n_s32(vabsq_s32(sums), half));
        const auto quotient = vreinterpretq_s32_u32(vmulhq_u32(size, vdupq_n_u32(reciprocal)));
        return vsubq_s32(veorq_s32(quotient, sign), sign);
    }

    int32_t half;
    uint32_t reciprocal;
};

/// Largest number of taps for which Divider is exact.
template <typename T>
constexpr int32_t mostTaps() {
    return sizeof(T) == 1 ? 4096 : 256;
}

template <typename T>
Status averagePool(const Call& call, Kernel plain) {
    const PoolParams& p = call.params<PoolParams>();
    const Window& w = p.window;
    if (w.filterHeight * w.filterWidth > mostTaps<T>()) return plain(call);
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    const int32x4_t lowest = vdupq_n_s32(p.lowest), highest = vdupq_n_s32(p.highest);
    forEachPixel(w, [&](const Pixel& at) {
        const Divider divided((at.y.end - at.y.begin) * (at.x.end - at.x.begin));
        const T* first = input + inputIndex(w, at, at.y.begin, at.x.begin);
        const auto store = [&](int32x4_t sums, int32_t channel) {
            const int32x4_t codes = vminq_s32(vmaxq_s32(divided(sums), lowest), highest);
            storeFour(output + channel, codes,
                      vctp32q(static_cast<uint32_t>(w.inChannels - channel)));
        };
        for (int32_t c = 0; c < w.inChannels; c += kPass) {
            const Sums sums = sumOver(w, at, first + c);
            store(sums.low, c);
            if (c + 4 < w.inChannels) store(sums.high, c + 4);
        }
        output += w.inChannels;
    });
    return Status::Ok;
}

}  // namespace

Status cortexAveragePoolInt8(const Call& call) {
    return averagePool<int8_t>(call, averagePoolInt8);
}
Status cortexAveragePoolInt16(const Call& call) {
    return averagePool<int16_t>(call, averagePoolInt16);
}

}  // namespace runtime
