// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// scanSensitivity(): finds the layers that tolerate changes. Changes every layer with weights
// alone, to each precision and by pruning some of its channels, and compares the model's outputs
// with the original's on the same samples. For each change, only the part from the first changed
// operator on is run; the part before is run once for all.

#include "scoring/sample_selection.h"
#include "types/device_profile.h"
#include "types/layer_sensitivity.h"
#include "types/result.h"
#include "types/work.h"

namespace search {

struct SensitivityOptions {
    /// Precisions to try where a layer does not have them already.
    std::vector<types::Precision> precisions = {types::Precision::Int8, types::Precision::Int16x8,
                                                types::Precision::Int8W4};
    double pruneShare = 0.25;         ///< share of channels; 0: pruning is not tried
    types::QuantizeKnobs quantize;    ///< settings for all changes of precision
    int32_t samples = 500;            ///< maximum number of the dataset, or number of random inputs
    int32_t calibrationSamples = 32;  ///< number of other samples, for ranges
    types::DevicePtr device;          ///< for the saved flash and latency; may be null
};

/// `dataset` may be null: uses random inputs, without an accuracy. A model with quantized layers
/// supplies the ranges itself, and all samples are evaluated; else some are calibration samples. A
/// change that cannot be made is a row with the reason.
types::Result<types::SensitivityScan> scanSensitivity(const types::GraphPtr& graph,
                                                      const data::DatasetPtr& dataset,
                                                      const SensitivityOptions& options,
                                                      const types::Work& work = {});

}  // namespace search
