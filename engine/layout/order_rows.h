// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Orders the points of each row such that few edges cross: a depth-first walk gives the first
// order, in which the main path lies left of what passes it; sweeps down and up then sort each row
// by the median of the neighbours in the row before; last, neighbours are swapped while that helps.

#include "layout/rank_rows.h"

namespace layout {

/// False where it was stopped.
bool orderRows(RankRows& rows, const RowLinks& links, const types::Work& work);

/// Number of crossings between all adjacent rows.
int64_t countCrossings(const RankRows& rows, const RowLinks& links);

}  // namespace layout
