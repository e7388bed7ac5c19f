// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BandPlan: an execution in bands of rows. Operators of a stage run in turn on a few rows each, so
// that a tensor between them needs a window of rows instead of the whole image. A step runs one
// operator on rows, or moves the rows that later steps still read to the start of their window.
//
// Byte offsets count from the start of the arena. Rows are those of an NHWC image, batch 1.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace types {

/// Rows [first, end) of an image.
struct RowSpan {
    int32_t first = 0, end = 0;
    int32_t count() const { return end - first; }
    bool empty() const { return end <= first; }
    bool operator==(const RowSpan&) const = default;
};

/// Bytes of the arena that hold a tensor, a window of its rows, or scratch of an operator.
struct BandBuffer {
    int32_t tensor = -1;  ///< -1: scratch
    int32_t op = -1;      ///< of scratch
    int32_t rows = 0;     ///< of the window; 0: the whole tensor
    int64_t bytes = 0;    ///< requested, not rounded
    int64_t offset = 0;   ///< a multiple of 16
    /// Positions in BandPlan::order between which it is in use, both included; -1: before the
    /// first.
    int32_t first = 0, last = 0;
};

struct BandStep {
    enum class Kind : int8_t {
        Operator,  ///< a whole operator on whole tensors
        Rows,      ///< `rows` of the output of `op`
        Move,      ///< `rows` of `tensor`, from one place to another
        Feed,      ///< the next rows of the model input `tensor`, from the caller
    };
    Kind kind = Kind::Operator;
    int32_t op = -1;  ///< Move and Feed: the operator that they count to
    int32_t tensor = -1;
    RowSpan rows;
    /// Rows: of the first row of each input, then of each output; -1 where the operand is not read
    /// by rows. Move: from, to. Feed: to.
    std::vector<int64_t> places;
};

struct BandPlan {
    std::vector<int32_t> order;  ///< operators of the graph
    std::vector<BandBuffer> buffers;
    std::vector<BandStep> steps;
    int64_t arenaBytes = 0;
    /// With those of rows that are computed again, without those of rows that nobody reads.
    int64_t macs = 0;
    int64_t movedBytes = 0;  ///< by steps that move rows
    int64_t calls = 0;       ///< of kernels
};

}  // namespace types
