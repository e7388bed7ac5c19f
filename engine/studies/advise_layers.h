// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Advice on which layers to measure: candidates from models, the choice among them
// (cost/fit/measure_next.h), and the first layers of a board without any.

#include <vector>

#include "cost/fit/fit.h"
#include "types/fit_report.h"
#include "types/graph.h"

namespace studies {

/// The different layers of the model, or of the reference models where it is null, that take at
/// least half a percent of their model as predicted by `profile`, or that it has no figure for.
std::vector<cost::Workload> layersToMeasure(const types::GraphPtr& model,
                                            const types::DevicePtr& profile);

/// `count` of the workloads, best first, with the expected error of all of them after each.
std::vector<types::LayerAdvice> adviceFor(const std::vector<cost::Workload>& workloads,
                                          const std::vector<cost::Workload>& known,
                                          const cost::FitOptions& options, size_t count);

/// The first layers to measure on a board, of the model or of the reference models: what is known
/// beforehand is `prior`, which must not be null.
std::vector<types::LayerAdvice> firstLayers(const types::DeviceProfile& board,
                                            const types::DevicePtr& prior,
                                            const types::GraphPtr& model, size_t count);

}  // namespace studies
