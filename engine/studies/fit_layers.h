// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// fitLayers(): fits a device profile to measured layers and reports its errors
// (types/fit_report.h). Command line and window call this function, so both show the same numbers.

#include "cost/fit/model_band_fit.h"
#include "cost/fit/observation.h"
#include "studies/run_study.h"
#include "types/fit_report.h"

namespace studies {

struct FitRequest {
    std::vector<cost::Observation> layers;
    /// Measured networks: not fitted, they calibrate the bands of layers and models. May be empty.
    std::vector<cost::NetworkLayers> networks;
    std::string layersFrom;     ///< source of the layers, shown in the report
    types::DevicePtr base;      ///< the board: all but the kernel coefficients; never null
    types::DevicePtr prior;     ///< a similar board or an emulator; may be null
    std::string id;             ///< id of the new profile; empty: that of the base
    std::string source;         ///< origin of the layers, recorded in each row of the profile
    size_t adviceCount = 10;    ///< number of layers to advise
    types::GraphPtr nextModel;  ///< whose layers are candidates to measure; null: the zoo
};

/// Repeated layers are joined.
types::Result<types::FitReport> fitLayers(const FitRequest& request, const types::Work& work = {});

}  // namespace studies
