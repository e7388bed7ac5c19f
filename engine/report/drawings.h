// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plots of reports: the arena over the operators, and costs of layers as bars. Each is as wide as a
// page; tables beside them hold the same figures.

#include <span>
#include <string>
#include <vector>

#include "document/document.h"
#include "types/evaluation.h"

namespace report {

/// The plan that the budgets rest on. Tensors alive at the peak are in the ink of what matters, the
/// others in that of the rest; a line shows what the board leaves for it.
document::Drawing arenaDrawing(const types::Evaluation& evaluation);

/// Both plans side by side, on one scale of addresses.
document::Drawing arenasDrawing(const types::Evaluation& baseline,
                                const types::Evaluation& candidate);

/// "TFLM's greedy planner", "our own planner, in place"
std::string plannerName(const types::Evaluation& evaluation);

struct Bars {
    std::string title;                         ///< what they show, with its unit
    std::vector<std::vector<double>> columns;  ///< one or two values each
    std::string caption = {};
};

/// Nothing (no width) where no value is above 0.
document::Drawing barsDrawing(const Bars& bars);

}  // namespace report
