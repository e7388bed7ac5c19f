// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/image.h"

#include <algorithm>
#include <cmath>

namespace data {
namespace {

/// New element = sum of weight[i] * old element [first + i].
struct Mix {
    int32_t first = 0;
    std::vector<float> weights;
};

/// Weights of the old elements that overlap [i, i + 1) of the new axis.
Mix areaMix(int32_t i, int32_t from, int32_t to) {
    const double low = static_cast<double>(i) * from / to;
    const double high = static_cast<double>(i + 1) * from / to;
    Mix mix;
    mix.first = static_cast<int32_t>(low);
    const int32_t end = std::min(from, static_cast<int32_t>(std::ceil(high - 1e-9)));
    for (int32_t at = mix.first; at < end; ++at) {
        const double covered = std::min(high, at + 1.0) - std::max(low, double(at));
        mix.weights.push_back(static_cast<float>(covered / (high - low)));
    }
    return mix;
}

/// The two old pixel centres around the centre of new element i; the border is replicated.
Mix linearMix(int32_t i, int32_t from, int32_t to) {
    const double centre = std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
    Mix mix;
    mix.first = std::min(static_cast<int32_t>(centre), std::max(from - 2, 0));
    const auto right = static_cast<float>(centre - mix.first);
    mix.weights = {1 - right};
    if (from > 1) mix.weights.push_back(right);
    return mix;
}

std::vector<Mix> mixes(int32_t from, int32_t to) {
    std::vector<Mix> all;
    for (int32_t i = 0; i < to; ++i)
        all.push_back(to < from ? areaMix(i, from, to) : linearMix(i, from, to));
    return all;
}

/// Resizes the middle one of three axes.
std::vector<float> mixAxis(const std::vector<float>& values, size_t outer, size_t from,
                           size_t inner, const std::vector<Mix>& axis) {
    std::vector<float> result(outer * axis.size() * inner, 0.0f);
    for (size_t o = 0; o < outer; ++o)
        for (size_t i = 0; i < axis.size(); ++i)
            for (size_t w = 0; w < axis[i].weights.size(); ++w) {
                const size_t old = static_cast<size_t>(axis[i].first) + w;
                const float* source = values.data() + (o * from + old) * inner;
                float* target = result.data() + (o * axis.size() + i) * inner;
                for (size_t k = 0; k < inner; ++k)
                    target[k] += axis[i].weights[w] * source[k];
            }
    return result;
}

}  // namespace

std::vector<float> resized(const Image& image, int32_t height, int32_t width) {
    std::vector<float> values(image.pixels.begin(), image.pixels.end());
    const auto channels = static_cast<size_t>(image.channels);
    const auto rows = static_cast<size_t>(image.height), columns = static_cast<size_t>(image.width);
    if (width != image.width)
        values = mixAxis(values, rows, columns, channels, mixes(image.width, width));
    if (height != image.height)
        values = mixAxis(values, 1, rows, static_cast<size_t>(width) * channels,
                         mixes(image.height, height));
    return values;
}

std::vector<float> withChannels(const std::vector<float>& pixels, int32_t from, int32_t to) {
    if (from == to) return pixels;
    std::vector<float> result;
    if (from == 1) {
        for (float grey : pixels)
            result.insert(result.end(), static_cast<size_t>(to), grey);
    } else if (from == 3 && to == 1) {
        for (size_t i = 0; i + 2 < pixels.size(); i += 3)
            result.push_back(0.299f * pixels[i] + 0.587f * pixels[i + 1] + 0.114f * pixels[i + 2]);
    }
    return result;
}

}  // namespace data
