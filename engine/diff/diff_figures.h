// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The totals of a ModelDiff: each figure of both sides, its difference, and what that means.
//
// Bytes are exact. Predictions differ where their 90 % bands do not overlap. Figures from samples
// differ where the 95 % interval of the difference does not contain zero; it is made of the
// intervals of both sides (Newcombe 1998, method 10; Zou and Donner 2008 for other figures than
// shares): lower = d - sqrt((c - lc)^2 + (ub - b)^2), upper = d + sqrt((uc - c)^2 + (b - lb)^2).
// It takes the samples of both sides for independent; where both saw the same ones, as here, it is
// rather too wide than too narrow.

#include <vector>

#include "types/model_diff.h"

namespace diff {

std::vector<types::DiffFigure> compareFigures(const types::Evaluation& baseline,
                                              const types::Evaluation& candidate);

/// "−61 %", "+0.4 %", "no change"; for shares "−0.4 points". Empty where a side is unknown, or the
/// baseline is 0 and the candidate is not.
std::string changeText(const types::DiffFigure& figure);
/// "46.2 ms", "53,936 bytes", "90.3 %", "unknown".
std::string valueText(types::DiffQuantity quantity, const types::DiffValue& value);
/// "−3.9 to +3.2 points", "−31.0 ms to −12.5 ms"; empty without an interval.
std::string intervalText(const types::DiffFigure& figure);

}  // namespace diff
