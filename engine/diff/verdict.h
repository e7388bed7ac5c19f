// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The verdict of a ModelDiff: which side is better, on what evidence, and what cannot be said.
//
// A side that alone fits the board, or runs there, is the better one. Else a side is better if it
// is better in something that is judged (quality, latency, energy, flash, arena) and worse in
// nothing. Without a figure for the quality of both, nothing says that a cheaper model is a better
// one.

#include "types/model_diff.h"

namespace diff {

/// `diff` has its sides and totals.
types::DiffVerdict verdictOf(const types::ModelDiff& diff);

}  // namespace diff
