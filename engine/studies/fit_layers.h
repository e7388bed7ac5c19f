// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// fitLayers(): a device profile from measured layers, and what it is worth (types/fit_report.h).
// The command line and the window call it; nothing else computes these numbers.

#include "cost/fit/observation.h"
#include "studies/run_study.h"
#include "types/fit_report.h"

namespace studies {

struct FitRequest {
    std::vector<cost::Observation> layers;
    std::string layersFrom;     ///< stands in the report
    types::DevicePtr base;      ///< the board: gives all but the kernels; never null
    types::DevicePtr prior;     ///< a similar board or an emulator; may be null
    std::string id;             ///< of the new profile; empty: that of the base
    std::string source;         ///< where the layers come from; stands in each row of the profile
    size_t adviceCount = 10;    ///< layers to advise
    types::GraphPtr nextModel;  ///< whose layers are candidates to measure; null: those of the zoo
};

/// Repeated layers are joined.
types::Result<types::FitReport> fitLayers(const FitRequest& request, const types::Work& work = {});

}  // namespace studies
