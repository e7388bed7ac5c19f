// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Windows over one image, channels first, by their definition: what the conversion is compared
// with.

#include <algorithm>
#include <cmath>
#include <vector>

namespace onnx_test {

struct Image {
    int channels = 1, height = 1, width = 1;
    std::vector<float> values;

    float at(int c, int y, int x) const {
        const bool isInside = y >= 0 && y < height && x >= 0 && x < width;
        return isInside ? values[static_cast<size_t>((c * height + y) * width + x)] : 0.0f;
    }
    bool contains(int y, int x) const { return y >= 0 && y < height && x >= 0 && x < width; }
};

/// Kernel, stride and dilation are the same on both axes; pads: top, left, bottom, right.
struct PlainWindow {
    int kernel = 1, stride = 1, dilation = 1, groups = 1;
    std::vector<int64_t> pads{0, 0, 0, 0};

    int outOf(int in, size_t axis) const {
        const int padded = in + static_cast<int>(pads[axis] + pads[axis + 2]);
        return (padded - (kernel - 1) * dilation - 1) / stride + 1;
    }
};

template <typename Element>
Image slide(const Image& in, int channels, const PlainWindow& w, Element element) {
    Image out{channels, w.outOf(in.height, 0), w.outOf(in.width, 1), {}};
    for (int c = 0; c < channels; ++c)
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x)
                out.values.push_back(element(c, y * w.stride - static_cast<int>(w.pads[0]),
                                             x * w.stride - static_cast<int>(w.pads[1])));
    return out;
}

inline Image plainConv(const Image& in, const std::vector<float>& weights, int filters,
                       const std::vector<float>& bias, const PlainWindow& w) {
    const int perGroup = in.channels / w.groups;
    return slide(in, filters, w, [&](int f, int top, int left) {
        double sum = bias.empty() ? 0.0 : static_cast<double>(bias[static_cast<size_t>(f)]);
        const int first = f / (filters / w.groups) * perGroup;
        for (int c = 0; c < perGroup; ++c)
            for (int i = 0; i < w.kernel; ++i)
                for (int j = 0; j < w.kernel; ++j)
                    sum += static_cast<double>(
                        in.at(first + c, top + i * w.dilation, left + j * w.dilation) *
                        weights[static_cast<size_t>(((f * perGroup + c) * w.kernel + i) * w.kernel +
                                                    j)]);
        return static_cast<float>(sum);
    });
}

inline Image plainMaxPool(const Image& in, const PlainWindow& w) {
    return slide(in, in.channels, w, [&](int c, int top, int left) {
        float most = -INFINITY;
        for (int i = 0; i < w.kernel; ++i)
            for (int j = 0; j < w.kernel; ++j)
                if (in.contains(top + i, left + j))
                    most = std::max(most, in.at(c, top + i, left + j));
        return most;
    });
}

inline Image plainAveragePool(const Image& in, const PlainWindow& w, bool countsPadding) {
    return slide(in, in.channels, w, [&](int c, int top, int left) {
        double sum = 0, count = 0;
        for (int i = 0; i < w.kernel; ++i)
            for (int j = 0; j < w.kernel; ++j) {
                sum += static_cast<double>(in.at(c, top + i, left + j));
                count += countsPadding || in.contains(top + i, left + j) ? 1 : 0;
            }
        return static_cast<float>(sum / count);
    });
}

/// Every input element is added to the output under its window. Weights: in, out, height, width.
inline Image plainConvTranspose(const Image& in, const std::vector<float>& weights, int filters,
                                const PlainWindow& w, int outputPadding) {
    const auto sizeOf = [&](int size, size_t axis) {
        return (size - 1) * w.stride + (w.kernel - 1) * w.dilation + 1 + outputPadding -
               static_cast<int>(w.pads[axis] + w.pads[axis + 2]);
    };
    Image out{filters, sizeOf(in.height, 0), sizeOf(in.width, 1), {}};
    out.values.assign(static_cast<size_t>(filters * out.height * out.width), 0.0f);
    const int perGroup = filters / w.groups;
    for (int c = 0; c < in.channels; ++c)
        for (int f = 0; f < perGroup; ++f)
            for (int y = 0; y < in.height; ++y)
                for (int x = 0; x < in.width; ++x)
                    for (int i = 0; i < w.kernel; ++i)
                        for (int j = 0; j < w.kernel; ++j) {
                            const int row =
                                y * w.stride + i * w.dilation - static_cast<int>(w.pads[0]);
                            const int col =
                                x * w.stride + j * w.dilation - static_cast<int>(w.pads[1]);
                            if (!out.contains(row, col)) continue;
                            const int group = c / (in.channels / w.groups);
                            const int filter = group * perGroup + f;
                            out.values[static_cast<size_t>((filter * out.height + row) * out.width +
                                                           col)] +=
                                in.at(c, y, x) *
                                weights[static_cast<size_t>(
                                    ((c * perGroup + f) * w.kernel + i) * w.kernel + j)];
                        }
    return out;
}

}  // namespace onnx_test
