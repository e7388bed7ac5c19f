// SPDX-License-Identifier: GPL-3.0-or-later
// DEPTHWISE_CONV_2D on floats with at least a vector of channels. Reads the input without padding
// it; taps in the padding are skipped: a row of outputs is divided into runs of columns that read
// the same columns of the filter.
//
// In a run, filters of at most three rows and columns keep the weights of one vector of channels in
// registers. Larger filters, and runs of one column, sum tap by tap, several vectors at a time. The
// last vector of channels may compute some channels again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_depthwise_in_place.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

/// Output columns that read the same columns of the filter.
struct RowRun {
    int32_t column, count;
    Taps taps;  ///< `origin` belongs to the first column
};

/// Distances in elements.
struct Steps {
    size_t channel;      ///< between the weights of two taps, and between two output columns
    size_t column;       ///< in the image, between the windows of two output columns
    size_t tap, tapRow;  ///< in the image
    size_t weightRow;

    explicit Steps(const Window& w)
        : channel(static_cast<size_t>(w.outChannels)),
          column(static_cast<size_t>(w.strideWidth) * channel),
          tap(static_cast<size_t>(w.dilationWidth) * channel),
          tapRow(static_cast<size_t>(w.dilationHeight) * static_cast<size_t>(w.inWidth) * channel),
          weightRow(static_cast<size_t>(w.filterWidth) * channel) {}
};

struct InPlaceSide {
    Window window;
    Steps steps;
    ActivationBounds range;
    int32_t runCount;
    size_t runs, weights, bias;  ///< offsets in the side block: weights[tap][channel]
};

/// One run in one row of outputs, from channel 0 on.
struct RunTask {
    const float *pixel, *weights;  ///< of the first tap inside the image
    const float* bias;
    float* output;
    int32_t rows, columns;  ///< of the filter
    int32_t count;          ///< number of output columns
};

/// Finishes a sum. The members are copies that stay in registers: read through a pointer, they
/// would be reloaded after every store to the output, which might alias them.
struct Finish {
    VF lowest, highest;
    const float* bias;

    Finish(const InPlaceSide& side, const RunTask& task)
        : lowest(hn::Set(DF(), side.range.lowest)),
          highest(hn::Set(DF(), side.range.highest)),
          bias(task.bias) {}

    HWY_INLINE VF operator()(VF sum, size_t channel) const {
        return clampFloats(hn::Add(sum, hn::LoadU(DF(), bias + channel)), lowest, highest);
    }
};

// ---- One position ----------------------------------------------------------------------------

/// Computes kVectors of channels; kRows and kColumns: the filter's size where known, else 0.
template <int kVectors, int kRows, int kColumns>
HWY_INLINE void computeVectors(const Steps& steps, const Finish& finish, const RunTask& task,
                               size_t channel) {
    const DF d;
    VF sums[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v)
        sums[v] = hn::Zero(d);
    const int32_t rows = kRows > 0 ? kRows : task.rows;
    const int32_t columns = kColumns > 0 ? kColumns : task.columns;
#pragma GCC unroll 3
    for (int32_t y = 0; y < rows; ++y) {
        const float* weights = task.weights + static_cast<size_t>(y) * steps.weightRow + channel;
        const float* pixel = task.pixel + static_cast<size_t>(y) * steps.tapRow + channel;
#pragma GCC unroll 3
        for (int32_t x = 0; x < columns; ++x) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v)
                sums[v] = hn::MulAdd(hn::LoadU(d, pixel + v * kLaneCount),
                                     hn::LoadU(d, weights + v * kLaneCount), sums[v]);
            weights += steps.channel;
            pixel += steps.tap;
        }
    }
#pragma GCC unroll 4
    for (size_t v = 0; v < kVectors; ++v)
        hn::StoreU(finish(sums[v], channel + v * kLanes), d, task.output + channel + v * kLanes);
}

// ---- Small filters ---------------------------------------------------------------------------

template <int kRows, int kColumns>
void computeRun(const InPlaceSide& side, const RunTask& run) {
    const DF d;
    const RunTask task = run;
    const Steps steps = side.steps;
    const Finish finish(side, run);
    size_t c = 0;
    if (task.count == 1)  // with one column, weights in registers gain nothing
        for (; c + 4 * kLanes <= steps.channel; c += 4 * kLanes)
            computeVectors<4, kRows, kColumns>(steps, finish, task, c);
    for (; c < steps.channel; c += kLanes) {
        c = c + kLanes > steps.channel ? steps.channel - kLanes : c;
        VF weights[kRows * kColumns];
        const float* rows[kRows];
#pragma GCC unroll 3
        for (size_t r = 0; r < kRows; ++r) {
            rows[r] = task.pixel + r * steps.tapRow + c;
#pragma GCC unroll 3
            for (size_t x = 0; x < kColumns; ++x)
                weights[r * kColumns + x] =
                    hn::LoadU(d, task.weights + r * steps.weightRow + x * steps.channel + c);
        }
        float* output = task.output + c;
        for (int32_t i = 0; i < task.count; ++i, output += steps.channel) {
            VF sum = hn::Zero(d);
#pragma GCC unroll 3
            for (size_t r = 0; r < kRows; ++r) {
#pragma GCC unroll 3
                for (size_t x = 0; x < kColumns; ++x)
                    sum = hn::MulAdd(hn::LoadU(d, rows[r] + x * steps.tap),
                                     weights[r * kColumns + x], sum);
                rows[r] += steps.column;
            }
            hn::StoreU(finish(sum, c), d, output);
        }
    }
}

// ---- Any filter ------------------------------------------------------------------------------

void computeAnyRun(const InPlaceSide& side, const RunTask& run) {
    RunTask task = run;
    const Steps steps = side.steps;
    const Finish finish(side, run);
    for (int32_t i = 0; i < run.count; ++i) {
        size_t c = 0;
        for (; c + 4 * kLanes <= steps.channel; c += 4 * kLanes)
            computeVectors<4, 0, 0>(steps, finish, task, c);
        for (; c < steps.channel; c += kLanes) {
            c = c + kLanes > steps.channel ? steps.channel - kLanes : c;
            computeVectors<1, 0, 0>(steps, finish, task, c);
        }
        task.pixel += steps.column;
        task.output += steps.channel;
    }
}

// ---- The whole image -------------------------------------------------------------------------

using ComputeRun = void (*)(const InPlaceSide& side, const RunTask& task);

ComputeRun kernelFor(int32_t rows, int32_t columns) {
    static constexpr ComputeRun kSmall[3][3] = {
        {computeRun<1, 1>, computeRun<1, 2>, computeRun<1, 3>},
        {computeRun<2, 1>, computeRun<2, 2>, computeRun<2, 3>},
        {computeRun<3, 1>, computeRun<3, 2>, computeRun<3, 3>}};
    const bool isSmall = rows >= 1 && rows <= 3 && columns >= 1 && columns <= 3;
    return isSmall ? kSmall[rows - 1][columns - 1] : computeAnyRun;
}

/// Computes a row of outputs; `rows`: the rows of the filter inside the image.
void computeRow(const InPlaceSide& side, const uint8_t* base, Taps rows, const float* image,
                float* output) {
    const Window& w = side.window;
    const auto* runs = sideAt<RowRun>(base, side.runs);
    const auto channels = static_cast<ptrdiff_t>(w.outChannels);
    const int32_t top = rows.origin + rows.begin * w.dilationHeight;
    RunTask task{};
    task.rows = rows.end - rows.begin;
    task.bias = sideAt<float>(base, side.bias);
    for (int32_t i = 0; i < side.runCount; ++i) {
        const RowRun& run = runs[i];
        const int32_t left = run.taps.origin + run.taps.begin * w.dilationWidth;
        task.columns = run.taps.end - run.taps.begin;
        task.count = run.count;
        task.pixel = image + (ptrdiff_t{top} * w.inWidth + left) * channels;
        task.weights = sideAt<float>(base, side.weights) +
                       (ptrdiff_t{rows.begin} * w.filterWidth + run.taps.begin) * channels;
        task.output = output + ptrdiff_t{run.column} * channels;
        kernelFor(task.rows, task.columns)(side, task);
    }
}

Status runInPlace(const FastCall& fast) {
    const auto& side = *sideAt<InPlaceSide>(fast.side, 0);
    const Window& w = side.window;
    const float* image = fast.input<float>(0);
    float* output = fast.output<float>();
    for (int32_t batch = 0; batch < w.batches; ++batch) {
        for (int32_t row = 0; row < w.outHeight; ++row) {
            const Taps rows = tapsInside(row, w.strideHeight, w.padTop, w.dilationHeight,
                                         w.filterHeight, w.inHeight);
            computeRow(side, fast.side, rows, image, output);
            output += static_cast<size_t>(w.outWidth) * side.steps.channel;
        }
        image +=
            static_cast<size_t>(w.inHeight) * static_cast<size_t>(w.inWidth) * side.steps.channel;
    }
    return Status::Ok;
}

// ---- Preparation -----------------------------------------------------------------------------

/// Calls visit(RowRun) for every run of a row.
template <typename Visit>
void forEachRun(const Window& w, Visit visit) {
    const auto tapsAt = [&](int32_t column) {
        return tapsInside(column, w.strideWidth, w.padLeft, w.dilationWidth, w.filterWidth,
                          w.inWidth);
    };
    for (int32_t column = 0; column < w.outWidth;) {
        RowRun run{column, 0, tapsAt(column)};
        for (Taps next = run.taps;
             column < w.outWidth && next.begin == run.taps.begin && next.end == run.taps.end;
             next = tapsAt(++column))
            ++run.count;
        visit(run);
    }
}

void pack(const LayerFloat32& layer, const InPlaceSide& side, const SideBlock& block) {
    *block.at<InPlaceSide>(0) = side;
    auto* runs = block.at<RowRun>(side.runs);
    forEachRun(side.window, [&](const RowRun& run) { *runs++ = run; });
    for (int32_t c = 0; c < layer.window.outChannels; ++c) {
        block.at<float>(side.bias)[c] = layer.biasOf(c);
        for (int32_t tap = 0; tap < layer.taps(); ++tap)
            block.at<float>(side.weights)[tap * layer.window.outChannels + c] =
                layer.weight(c, tap, 0);
    }
}

}  // namespace

FastPlan prepareDepthwiseInPlace(const LayerFloat32& layer, uint8_t* memory) {
    if (layer.window.outChannels < kLaneCount || layer.depthMultiplier != 1) return {};
    InPlaceSide side{layer.window, Steps(layer.window), layer.range, 0, 0, 0, 0};
    forEachRun(layer.window, [&](const RowRun&) { ++side.runCount; });
    SideBlock block(memory);
    block.take<InPlaceSide>(1);
    side.runs = block.take<RowRun>(static_cast<size_t>(side.runCount));
    side.weights = block.take<float>(static_cast<size_t>(layer.taps()) * side.steps.channel);
    side.bias = block.take<float>(side.steps.channel);
    if (block.writing()) pack(layer, side, block);
    return {runInPlace, block.bytes(), 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
