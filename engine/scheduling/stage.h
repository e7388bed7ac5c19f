// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Stage: consecutive operators that run together, a few rows at a time. The last one asks for its
// rows in turn; each operator computes rows when another asks for them, and each tensor between
// them keeps a window with the rows that somebody will still read. A tensor of `recomputed` keeps
// nothing: the rows that its reader asks for are computed anew each time, as in patches.

#include <vector>

#include "scheduling/problem.h"
#include "types/band_plan.h"

namespace scheduling {

struct Stage {
    int32_t first = 0, end = 0;  ///< positions
    int32_t rows = 0;            ///< of one call, at most; 0: each operator as a whole
    bool feeds = false;          ///< model inputs come row by row
    std::vector<int32_t> recomputed = {};

    bool isBanded() const { return rows > 0; }
};

/// A tensor's rows, or scratch of an operator, in the stage's part of the arena.
struct StageBuffer {
    int32_t tensor = -1;  ///< -1: scratch
    int32_t op = -1;      ///< position, of scratch
    int32_t rows = 0;
    int64_t bytes = 0;
};

/// A whole tensor that the stage writes may lie over one that it reads: at most `distance` bytes
/// after its start, because earlier rows are read no more when later rows are written. `inPlace`:
/// also exactly over it, whatever the distance.
struct Release {
    int32_t input = -1, output = -1;
    int64_t distance = 0;
    bool inPlace = false;
};

/// What running a stage takes.
struct StageRun {
    std::vector<StageBuffer> buffers;
    std::vector<std::vector<bool>> together;  ///< pairs of `buffers` in use at the same time
    std::vector<Release> releases;
    std::vector<types::BandStep> steps;  ///< with places from the starts of the tensors' buffers
    int64_t macs = 0, movedBytes = 0, calls = 0;
};

/// Empty where these operators cannot run as a stage. `withSteps`: fills in the steps.
std::optional<StageRun> runStage(const Problem& problem, const Stage& stage, bool withSteps);

/// True for a tensor that exists only in a stage's windows.
bool isInside(const Problem& problem, const Stage& stage, int32_t tensor);

}  // namespace scheduling
