// SPDX-License-Identifier: GPL-3.0-or-later
// AVERAGE_POOL_2D of int8 on MVE: four channels' sums in a vector, sixteen in a pass.
#include <arm_mve.h>

#include "runtime/cortex_m/replacements.h"
#include "runtime/kernels/pool.h"

namespace runtime {
namespace {

constexpr int32_t kPass = 16;

struct Sums {
    int32x4_t s[4];
};

inline Sums sumOver(const Window& w, const Pixel& at, const int8_t* input, int32_t channel) {
    int32x4_t a = vdupq_n_s32(0), b = a, c = a, d = a;
    for (int32_t tapY = at.y.begin; tapY < at.y.end; ++tapY) {
        const int8_t* from = input + inputIndex(w, at, tapY, at.x.begin) + channel;
        for (int32_t tap = at.x.end - at.x.begin; tap > 0; --tap, from += w.inChannels) {
            a = vaddq_s32(a, vldrbq_s32(from));
            b = vaddq_s32(b, vldrbq_s32(from + 4));
            c = vaddq_s32(c, vldrbq_s32(from + 8));
            d = vaddq_s32(d, vldrbq_s32(from + 12));
        }
    }
    return {{a, b, c, d}};
}

}  // namespace

Status cortexAveragePoolInt8(const Call& call) {
    const auto& p = call.params<PoolParams>();
    if (p.window.inChannels % kPass != 0) return averagePoolInt8(call);
    const auto* input = call.input<int8_t>(0);
    auto* output = call.output<int8_t>();
    forEachPixel(p.window, [&](const Pixel& at) {
        const int32_t count = (at.y.end - at.y.begin) * (at.x.end - at.x.begin);
        for (int32_t channel = 0; channel < p.window.inChannels; channel += kPass) {
            const Sums sums = sumOver(p.window, at, input, channel);
            int32_t values[kPass];
            for (int32_t i = 0; i < 4; ++i)
                vstrwq_s32(values + 4 * i, sums.s[i]);
            for (int32_t value : values) {
                const int32_t half = value > 0 ? count / 2 : -(count / 2);
                *output++ = static_cast<int8_t>(clamp((value + half) / count, p.lowest, p.highest));
            }
        }
    });
    return Status::Ok;
}

}  // namespace runtime
