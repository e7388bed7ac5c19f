// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/resize_bilinear.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

// Calls mix(four neighbours, row blend, column blend) for every output value.
template <typename T, typename Mix>
Status resize(const Call& call, Mix mix) {
    const auto& p = call.params<ResizeParams>();
    const Blend* rows = call.array<Blend>(p.rows);
    const Blend* columns = call.array<Blend>(p.columns);
    const T* image = call.input<T>(0);
    T* output = call.output<T>();
    const size_t pixel = static_cast<size_t>(p.channels), row = pixel * p.width;
    for (int32_t b = 0; b < p.batches; ++b, image += row * p.height) {
        for (uint32_t y = 0; y < p.rows.count; ++y) {
            for (uint32_t x = 0; x < p.columns.count; ++x) {
                const T* top = image + row * rows[y].low;
                const T* bottom = image + row * rows[y].high;
                const size_t left = pixel * columns[x].low, right = pixel * columns[x].high;
                for (size_t c = 0; c < pixel; ++c)
                    *output++ = mix(top[left + c], bottom[left + c], top[right + c],
                                    bottom[right + c], rows[y], columns[x]);
            }
        }
    }
    return Status::Ok;
}

}  // namespace

// Weights have 10 fraction bits each; the sum rounds to nearest, halves away from zero.
Status resizeBilinearInt8(const Call& call) {
    return resize<int8_t>(call, [](int8_t topLeft, int8_t bottomLeft, int8_t topRight,
                                   int8_t bottomRight, const Blend& y, const Blend& x) {
        constexpr int64_t kOne = 1 << 10;
        const int64_t sum = topLeft * (kOne - y.share) * (kOne - x.share) +
                            bottomLeft * int64_t{y.share} * (kOne - x.share) +
                            topRight * (kOne - y.share) * x.share +
                            bottomRight * int64_t{y.share} * x.share;
        const int64_t half = sum > 0 ? 1 << 19 : -(1 << 19);
        return static_cast<int8_t>((sum + half) / (1 << 20));
    });
}

Status resizeBilinearFloat32(const Call& call) {
    return resize<float>(call, [](float topLeft, float bottomLeft, float topRight,
                                  float bottomRight, const Blend& y, const Blend& x) {
        return topLeft * (1 - y.shareFloat) * (1 - x.shareFloat) +
               bottomLeft * y.shareFloat * (1 - x.shareFloat) +
               topRight * (1 - y.shareFloat) * x.shareFloat +
               bottomRight * y.shareFloat * x.shareFloat;
    });
}

}  // namespace runtime
