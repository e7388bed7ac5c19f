// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Copies by a table of source offsets per axis: output[i, j, ...] = input[table0[i] + table1[j] +
// ...]. Serves MIRROR_PAD, RESIZE_NEAREST_NEIGHBOR, BATCH_TO_SPACE_ND and GATHER with constant
// indices. Operands: input; output.

#include "runtime/program.h"

namespace runtime {

constexpr int kGatherCopyRank = 6;

struct GatherCopyParams {
    Part tables[kGatherCopyRank];  ///< int32 per output coordinate, outermost first; not empty
    int32_t elementBytes = 1;      ///< per step of the last table: an element or a run of them
};

}  // namespace runtime
