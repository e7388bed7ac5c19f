// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ConvShape: a convolution as the tiles see it. The sum of an output value consists of `runs` runs
// of `runLength` contiguous values of the padded image: a whole filter row where its taps are
// contiguous, else one tap. Channels are computed in blocks of a few vectors, per channel group.

#include "runtime/host/padded_image.h"

namespace runtime {

struct ConvShape {
    Window window;
    int32_t groups = 1, groupInputs = 0, groupOutputs = 0;  ///< of channels
    int32_t runs = 0, runTaps = 1, runLength = 0;

    ConvShape() = default;
    ConvShape(const Window& w, int32_t filterChannels)
        : window(w),
          groups(w.inChannels / filterChannels),
          groupInputs(filterChannels),
          groupOutputs(w.outChannels / groups) {
        const bool joined = w.dilationWidth == 1 && groups == 1;
        runTaps = joined ? w.filterWidth : 1;
        runs = w.filterHeight * w.filterWidth / runTaps;
        runLength = runTaps * filterChannels;
    }

    int32_t positions() const { return window.outHeight * window.outWidth; }
    /// True for a single position whose window is the whole input: a dense layer on one row.
    bool isRow() const {
        return window.batches == 1 && positions() == 1 && groups == 1 && runs == 1 &&
               window.padTop == 0 && window.padLeft == 0 &&
               static_cast<size_t>(runLength) == inputElements();
    }
    /// Distance, in values, between the windows of neighbouring positions.
    size_t columnStep() const {
        return static_cast<size_t>(window.strideWidth) * static_cast<size_t>(window.inChannels);
    }
    /// Number of positions with evenly spaced windows: one row, or all where rows are contiguous.
    int32_t rowLength() const {
        const size_t row = static_cast<size_t>(window.outWidth) * columnStep();
        const bool joined =
            static_cast<size_t>(window.strideHeight) * PaddedImage(window).rowElements() == row;
        return joined ? positions() : window.outWidth;
    }
    size_t inputElements() const {
        return static_cast<size_t>(window.inHeight) * static_cast<size_t>(window.inWidth) *
               static_cast<size_t>(window.inChannels);
    }
    size_t outputElements() const {
        return static_cast<size_t>(positions()) * static_cast<size_t>(window.outChannels);
    }

    /// Distance of run `run` from the first value of the window.
    int32_t runOffset(int32_t run) const {
        const int32_t tap = run * runTaps;
        const auto rowElements = static_cast<int32_t>(PaddedImage(window).rowElements());
        return tap / window.filterWidth * window.dilationHeight * rowElements +
               tap % window.filterWidth * window.dilationWidth * window.inChannels;
    }

    /// Calls visit(first vector, vectors) for the blocks of one group; returns the number of
    /// blocks. A single position leaves registers for more vectors: `mostAlone`.
    template <typename Visit>
    int32_t forEachBlock(int32_t lanes, int32_t most, int32_t mostAlone, Visit visit) const {
        const int32_t all = vectors(lanes);
        int32_t count = 0;
        for (int32_t first = 0; first < all; ++count) {
            const int32_t left = all - first;
            int32_t taken = left < most ? left : most;
            if (positions() == 1 && left >= mostAlone) taken = mostAlone;
            visit(first, taken);
            first += taken;
        }
        return count;
    }
    int32_t vectors(int32_t lanes) const { return (groupOutputs + lanes - 1) / lanes; }
};

/// Calls `block.tile(task)` for all positions of an image, block.positions at a time, along rows;
/// the last tile of a row may compute some positions again.
template <typename Value, typename Block, typename Task, typename Element>
void tilePositions(const ConvShape& shape, const Block& block, const Value* image, Task& task,
                   Element* output) {
    const int32_t length = shape.rowLength(), tile = block.positions;
    const size_t rowStep =
        static_cast<size_t>(shape.window.strideHeight) * PaddedImage(shape.window).rowElements();
    task.step = shape.columnStep();
    task.channels = static_cast<size_t>(block.channels);
    const Element* end = output + static_cast<size_t>(shape.positions()) * task.outputStep;
    for (; output < end; output += static_cast<size_t>(length) * task.outputStep) {
        for (int32_t column = 0; column < length; column += tile) {
            if (column + tile > length) column = length - tile;
            task.first = image + static_cast<size_t>(column) * task.step;
            task.output = output + static_cast<size_t>(column) * task.outputStep;
            block.tile(task);
        }
        image += rowStep;
    }
}

/// The first values of kCount windows that are `step` apart; few registers address many windows.
template <typename Value, int kCount>
class Positions {
public:
    Positions(const Value* first, size_t step) : m_step(step), m_three(3 * step) {
#pragma GCC unroll 8
        for (int i = 0; i < kFours; ++i)
            m_fours[i] = first + static_cast<size_t>(4 * i) * step;
    }
    const Value* at(int m) const {
        const Value* four = m_fours[m / 4];
        switch (m % 4) {
            case 0:
                return four;
            case 1:
                return four + m_step;
            case 2:
                return four + 2 * m_step;
            default:
                return four + m_three;
        }
    }
    void advance(int by) {
#pragma GCC unroll 8
        for (int i = 0; i < kFours; ++i)
            m_fours[i] += by;
    }

private:
    static constexpr int kFours = (kCount + 3) / 4;
    const Value* m_fours[kFours];
    size_t m_step, m_three;
};

}  // namespace runtime
