// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From a dataset to calibration samples, which knobs learn from, and evaluation samples, which
// models are scored on, and to their real values.

#include <memory>
#include <optional>

#include "calibration/real_inputs.h"
#include "data/dataset.h"
#include "data/split.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace scoring {

/// The first `most` samples as real inputs of `graph`, the model as it was opened. The source says
/// how many of which dataset. Errors: a model with several inputs, a sample that does not fit.
types::Result<calibration::RealInputsPtr> realInputs(const data::Dataset& dataset,
                                                     const types::Graph& graph,
                                                     size_t most = SIZE_MAX);

/// At most `most` samples, drawn over the whole dataset: files often lie class by class.
data::Dataset thinned(const data::Dataset& dataset, size_t most, uint64_t seed);

/// The input tensor that samples are read for: of the model as it was opened, in the size that the
/// varied model has.
types::Tensor inputFor(const types::Graph& original, const types::Graph& varied);

/// True where a knob of the variation learns from calibration data.
bool learnsFromData(const types::Variation& variation);

/// Which samples of the dataset are evaluation samples. Auto: all, but the test part where knobs
/// learn from the same dataset. TestPart: always the test part, so that every variation is scored
/// on the same samples.
enum class EvaluationSamples : int8_t { Auto, TestPart };

struct SampleSelection {
    data::DatasetPtr dataset;      ///< has the evaluation samples, labelled or not; may be null
    data::DatasetPtr calibration;  ///< null: the calibration part of `dataset`
    EvaluationSamples evaluation = EvaluationSamples::Auto;
    data::Shares shares;
    uint64_t splitSeed = 1;
    int32_t calibrationSamples = 256;  ///< at most
};

struct ChosenSamples {
    data::DatasetPtr evaluation;             ///< null: no dataset was given
    calibration::RealInputsPtr calibration;  ///< null: none was given or none is needed
};

/// No sample serves both calibration and evaluation: two datasets of one path count as one and are
/// split.
types::Result<ChosenSamples> chooseSamples(const types::Graph& graph,
                                           const types::Variation& variation,
                                           const SampleSelection& selection);

}  // namespace scoring
