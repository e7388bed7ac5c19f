// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// varyOnData(): carries out a Variation with the samples that its knobs need.

#include <string>
#include <vector>

#include "scoring/sample_selection.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace engine {

struct VariedOnData {
    types::GraphPtr graph;             ///< the same Graph where nothing changed
    std::vector<std::string> changes;  ///< display text, one sentence per channel group or layer
    std::string calibrationSource;     ///< empty: no samples were needed or given
    data::DatasetPtr evaluation;       ///< the samples that no knob has seen; null: no dataset
};

/// Chooses the samples, reads those for calibration and applies the knobs. Errors: those of
/// scoring::chooseSamples() and transform::apply().
types::Result<VariedOnData> varyOnData(const types::GraphPtr& graph,
                                       const types::Variation& variation,
                                       const scoring::SampleSelection& data,
                                       const types::Work& work);

}  // namespace engine
