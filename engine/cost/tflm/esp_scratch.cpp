// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/esp_scratch.h"

#include <algorithm>

#include "cost/tflm/window_dims.h"

namespace cost {
namespace {

using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

constexpr KernelVersion kEsp1_1 = kernelVersion(1, 1, 0), kEsp1_2_0 = kernelVersion(1, 2, 0),
                        kEsp1_2_1 = kernelVersion(1, 2, 1), kEsp1_2_3 = kernelVersion(1, 2, 3);

/// Bytes for aligning a buffer whose start is not known.
constexpr int64_t kAssumedAlignment = 32, kSmallAlignment = 16;

int64_t alignedTo(int64_t n, int64_t to) {
    return (n + to - 1) / to * to;
}

bool isPointwise(const WindowDims& w) {
    return w.taps() == 1 && w.padHeight == 0 && w.padWidth == 0 && w.strideHeight == 1 &&
           w.strideWidth == 1;
}

bool isPadded(const WindowDims& w) {
    return w.padHeight != 0 || w.padWidth != 0;
}

/// The input with the same padding on both sides.
int64_t paddedInput(const WindowDims& w) {
    return (w.inWidth + 2 * w.padWidth) * (w.inHeight + 2 * w.padHeight) * w.inChannels;
}

/// How far the windows of one row, or of one column, reach beyond the input; may be negative.
int64_t overhangWidth(const WindowDims& w) {
    return w.outWidth * w.strideWidth + w.filterWidth - 1 - w.inWidth;
}
int64_t overhangHeight(const WindowDims& w) {
    return w.outHeight * w.strideHeight + w.filterHeight - 1 - w.inHeight;
}

/// Filter and, where channels are no multiple of 8, input in whole groups of 8 channels; positions
/// are transposed 8 at a time.
int64_t pointwise(const WindowDims& w, int64_t alignment) {
    constexpr int64_t kPositions = 8;
    const int64_t channels = alignedTo(w.inChannels, 8);
    const int64_t pixels = w.inWidth * w.inHeight;
    const int64_t transposed = pixels < kPositions ? 0 : 2 * kPositions * channels;
    const int64_t input = w.inChannels % 8 != 0 ? pixels * channels : 0;
    return input + channels * w.outChannels + transposed + alignment;
}

/// Filter in groups of 16 channels, sums per output channel, and the padded input.
int64_t wholeInput(const WindowDims& w, int64_t alignment) {
    const int64_t filter = w.taps() * alignedTo(w.inChannels, 16) * w.outChannels;
    return (isPadded(w) ? paddedInput(w) : 0) + filter + alignment + 4 * w.outChannels;
}

/// A window as one column, where rows of the filter are shorter than a vector.
int64_t column(const WindowDims& w, int64_t alignment) {
    const int64_t window = alignedTo(w.taps() * w.inChannels, 16);
    return 4 * w.outChannels + 16 + w.outChannels * window + 16 + window + alignment;
}

int64_t convolutionS3(const WindowDims& w, KernelVersion version) {
    const int64_t alignment = version >= kEsp1_2_3 ? 2 * kAssumedAlignment : kAssumedAlignment;
    if (isPointwise(w)) return pointwise(w, alignment);
    if (version < kEsp1_2_1) return wholeInput(w, alignment);
    const int64_t row = w.filterWidth * w.inChannels;
    if (row < 16 && w.taps() * w.inChannels >= 16) return column(w, alignment);
    const int64_t alignedRows = alignedTo(row, 16) * w.filterHeight * w.outChannels;
    const int64_t right = std::max<int64_t>(0, overhangWidth(w)),
                  bottom = std::max<int64_t>(0, overhangHeight(w));
    const int64_t boundary =
        right > 0 || bottom > 0 ? (w.inWidth + right) * (w.inHeight + bottom) * w.inChannels : 0;
    return wholeInput(w, alignment) + alignedRows + boundary;
}

/// A padded input of one to all rows, as many as a cache of 32 KiB holds.
int64_t tiledP4(const WindowDims& w) {
    constexpr int64_t kCache = 32'768;
    const int64_t sums = 4 * w.outChannels, row = w.inWidth + 2 * w.padWidth;
    if (paddedInput(w) + sums <= kCache) return wholeInput(w, kAssumedAlignment);
    int64_t channels = w.inChannels, filter = 0;
    if (w.filterWidth * w.inChannels < 16) {
        channels = alignedTo((16 + w.filterWidth - 1) / w.filterWidth, 16);
        filter = w.taps() * channels * w.outChannels;
    }
    const int64_t rowBytes = row * channels, first = w.filterHeight * rowBytes;
    const int64_t room = kCache - sums - filter;
    int64_t rows = 1;
    if (room > 0 && first <= room)
        rows = std::min((room - first) / (w.strideHeight * rowBytes) + 1, w.outHeight);
    const int64_t inputRows = (rows - 1) * w.strideHeight + w.filterHeight + 2 * w.padHeight;
    return inputRows * rowBytes + filter + kAssumedAlignment + sums;
}

int64_t convolutionP4(const WindowDims& w, KernelVersion version) {
    if (version < kEsp1_1) return 0;  // the generic kernels
    const bool isLatest = version >= kEsp1_2_3;
    if (isPointwise(w))
        return isLatest && w.inChannels < 16
                   ? 4 * w.outChannels + 16 * w.outChannels + 32 + kAssumedAlignment
                   : pointwise(w, kAssumedAlignment);
    if (!isLatest || (!isPadded(w) && w.filterWidth * w.inChannels >= 16))
        return wholeInput(w, kAssumedAlignment);
    const int64_t window = w.taps() * w.inChannels;
    if (window >= 16) return 4 * w.outChannels + window + kAssumedAlignment;
    if (isPadded(w)) return tiledP4(w);
    const int64_t channels = alignedTo((16 + w.filterWidth - 1) / w.filterWidth, 16);
    return 4 * w.outChannels + w.taps() * channels * w.outChannels +
           w.inWidth * w.inHeight * channels + kAssumedAlignment;
}

/// Filter and input widened to 16 bits.
int64_t widened(const WindowDims& w, int64_t filter, KernelVersion version) {
    const int64_t input = w.inWidth * w.inHeight * w.inChannels;
    return 2 * (filter + input) + (version >= kEsp1_2_0 ? 32 : kSmallAlignment);
}

/// 3x3 with channels in groups of 16: 8-bit filter and padded input; since 1.2.1 a strip of it
/// where the whole is large.
int64_t threeByThree(const WindowDims& w, int64_t filter, KernelVersion version) {
    constexpr int64_t kLargestWhole = 40 * 1024;
    const int64_t width = isPadded(w) ? 2 * w.padWidth : overhangWidth(w);
    const int64_t height = isPadded(w) ? 2 * w.padHeight : overhangHeight(w);
    if (width == 0 && height == 0) return filter + kSmallAlignment;
    const int64_t row = (w.inWidth + width) * w.inChannels;
    const int64_t whole = row * (w.inHeight + height);
    const bool isWhole = version < kEsp1_2_1 || whole <= kLargestWhole;
    return filter + (isWhole ? whole : row * w.filterHeight) + kSmallAlignment;
}

/// 3x3 with 24, 40, ... channels: input, filter and output in groups of 16.
int64_t threeByThreeGrouped(const WindowDims& w) {
    const int64_t channels = alignedTo(w.inChannels, 16);
    const int64_t width = w.inWidth + 2 * w.padWidth + std::max<int64_t>(0, overhangWidth(w));
    const int64_t height = w.inHeight + 2 * w.padHeight + std::max<int64_t>(0, overhangHeight(w));
    return 9 * channels + width * height * channels + w.outWidth * w.outHeight * channels + 64;
}

/// Other filters: widened to 16 bits; a tile of as many rows as the filter has where the whole is
/// large.
int64_t widenedTile(const WindowDims& w, int64_t filter, KernelVersion version) {
    constexpr int64_t kLargestWhole = 48 * 1024;
    const int64_t whole = widened(w, filter, version);
    if (whole - 32 <= kLargestWhole) return whole;
    return 2 * filter + 2 * w.inWidth * w.filterHeight * w.inChannels + 32;
}

/// Channels in groups of 8, each buffer aligned to 16 bytes: filter and input of 16 bits, output,
/// and bias, shift and multiplier of each channel.
int64_t groupedByEight(const WindowDims& w) {
    const int64_t channels = alignedTo(w.inChannels, 8);
    int64_t end = alignedTo(2 * w.taps() * channels, 16);
    end = alignedTo(end + 2 * w.inWidth * w.inHeight * channels, 16);
    end = alignedTo(end + w.outWidth * w.outHeight * channels, 16);
    return end + 3 * 4 * channels + kSmallAlignment;
}

int64_t depthwiseS3(const WindowDims& w, KernelVersion version) {
    const int64_t filter = w.taps() * w.inChannels * w.depthMultiplier;
    const bool is3x3 = w.filterWidth == 3 && w.filterHeight == 3;
    const bool inEights = w.depthMultiplier == 1 && w.inChannels % 8 == 0;
    const bool isTiling = version >= kEsp1_2_1;
    if (inEights && is3x3) {
        if (w.inChannels % 16 == 0) return threeByThree(w, filter, version);
        return isTiling && w.inChannels >= 12 ? threeByThreeGrouped(w)
                                              : widened(w, filter, version);
    }
    if (isTiling && inEights) return widenedTile(w, filter, version);
    if (isTiling && w.depthMultiplier == 1 && w.inChannels > 3) return groupedByEight(w);
    return w.depthMultiplier % 4 == 0 ? widened(w, filter, version) : kAssumedAlignment;
}

int64_t convolution(const WindowDims& w, const KernelBuild& library) {
    if (library.core == KernelCore::S3) return convolutionS3(w, library.version);
    return library.core == KernelCore::P4 ? convolutionP4(w, library.version) : 0;
}

/// The library takes sizes of 16 bits.
bool isTooLarge(const WindowDims& w) {
    constexpr int64_t kMost = 65'535;
    return std::max({w.inHeight, w.inWidth, w.inChannels, w.outHeight, w.outWidth, w.outChannels}) >
           kMost;
}

KernelScratch window(const Graph& graph, const Op& op, std::vector<int64_t> reference,
                     const KernelBuild& library) {
    const auto dims = windowDims(graph, op);
    if (!dims || graph.tensor(op.input(0)).type != DataType::Int8)
        return {std::move(reference), {}};
    if (isTooLarge(*dims)) return {{}, "its sizes exceed the 16 bits that ESP-NN counts with"};
    const bool isDepthwise = op.kind == OpKind::DEPTHWISE_CONV_2D;
    const int64_t bytes = !isDepthwise                     ? convolution(*dims, library)
                          : library.core == KernelCore::S3 ? depthwiseS3(*dims, library.version)
                                                           : 0;
    if (bytes > 0) reference.push_back(bytes);
    return {std::move(reference), {}};
}

bool isInt8Softmax(const Graph& graph, const Op& op) {
    return op.kind == OpKind::SOFTMAX && graph.tensor(op.input(0)).type == DataType::Int8 &&
           graph.tensor(op.output(0)).type == DataType::Int8;
}

}  // namespace

KernelScratch espScratch(const Graph& graph, const Op& op, std::vector<int64_t> reference,
                         const KernelBuild& library) {
    if (op.kind == OpKind::CONV_2D || op.kind == OpKind::DEPTHWISE_CONV_2D)
        return window(graph, op, std::move(reference), library);
    if (!isInt8Softmax(graph, op)) return {std::move(reference), {}};
    const Shape& shape = graph.tensor(op.input(0)).shape;
    if (shape.size() < 2)
        return {{}, "its request is read from behind the shape of an input of rank 1"};
    reference.push_back(int64_t{4} * shape[1]);
    return {std::move(reference), {}};
}

int64_t espSoftmaxShortfall(const Graph& graph, const Op& op) {
    if (!isInt8Softmax(graph, op)) return 0;
    const Shape& shape = graph.tensor(op.input(0)).shape;
    return shape.size() < 2 ? 0 : std::max<int64_t>(0, int64_t{4} * (shape.back() - shape[1]));
}

}  // namespace cost
