// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// scanSensitivity(): which layers bear which change. Every layer with weights is changed alone, to
// each precision and by pruning some of its channels, and the model's outputs are compared with the
// original's on the same samples. Only the part behind the first operator that a change touches is
// run for it; the part before is run once for all.

#include "scoring/sample_selection.h"
#include "types/device_profile.h"
#include "types/layer_sensitivity.h"
#include "types/result.h"
#include "types/work.h"

namespace search {

struct SensitivityOptions {
    /// Precisions that are tried where a layer is not in them already.
    std::vector<types::Precision> precisions = {types::Precision::Int8, types::Precision::Int16x8,
                                                types::Precision::Int8W4};
    double pruneShare = 0.25;         ///< of channels; 0: pruning is not tried
    types::QuantizeKnobs quantize;    ///< how, for all changes of precision
    int32_t samples = 500;            ///< at most that many of the dataset, or random inputs
    int32_t calibrationSamples = 32;  ///< of the others, for ranges
    types::DevicePtr device;  ///< for the flash and latency that a change saves; may be null
};

/// `dataset` may be null: random inputs then, and no accuracy. A model that already has quantized
/// layers gives the ranges itself, and all samples are evaluation samples; else some are
/// calibration samples. A change that cannot be made is a row that says why.
types::Result<types::SensitivityScan> scanSensitivity(const types::GraphPtr& graph,
                                                      const data::DatasetPtr& dataset,
                                                      const SensitivityOptions& options,
                                                      const types::Work& work = {});

}  // namespace search
