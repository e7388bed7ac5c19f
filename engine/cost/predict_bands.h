// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latency and energy of a model that runs in bands of rows (types/band_plan.h). Each call of a
// kernel on rows is costed as the same operator on so many rows, with what a call costs at all.
// What the calls of an operator take, divided by what one call on the whole image takes, is the
// factor by which its latency, its energy and their bands grow. Moved and fed rows are added to the
// operator that reads them.

#include "cost/predict.h"
#include "types/band_plan.h"

namespace cost {

/// Cycles for each byte of rows that are moved or fed: a copy of words takes six instructions for
/// four bytes (measurements/firmware/memory_functions.cpp).
inline constexpr double kCyclesPerMovedByte = 1.5;

/// The operator on rows `rows` of its output. `op` computes rows (analysis/row_bands.h).
Workload workloadOfRows(const types::Graph& graph, const types::Op& op, types::RowSpan rows);

/// One entry per operator of `graph`, and their sum. `plan` has steps. Where an operator has no
/// figure, neither has the sum.
Prediction predictBands(const Predictor& predictor, const types::Graph& graph,
                        const types::BandPlan& plan);

}  // namespace cost
