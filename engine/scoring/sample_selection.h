// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Selects samples of a dataset for calibration and for evaluation, and converts them to real
// values.

#include <memory>
#include <optional>

#include "calibration/real_inputs.h"
#include "data/dataset.h"
#include "data/split.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace scoring {

/// Returns the first `most` samples as real inputs of `graph`, the model as opened. The source
/// states how many of which dataset. Errors: a model with several inputs, a sample that does not
/// fit.
types::Result<calibration::RealInputsPtr> realInputs(const data::Dataset& dataset,
                                                     const types::Graph& graph,
                                                     size_t most = SIZE_MAX);

/// Returns at most `most` samples, drawn over the whole dataset, since files are often sorted by
/// class.
data::Dataset thinned(const data::Dataset& dataset, size_t most, uint64_t seed);

/// Returns the input tensor that samples are read for: that of the model as opened, in the varied
/// model's size.
types::Tensor inputFor(const types::Graph& original, const types::Graph& varied);

/// True where a knob of the variation uses calibration data.
bool learnsFromData(const types::Variation& variation);

/// Which samples are evaluated. Auto: all, or the test part where knobs calibrate on the same
/// dataset. TestPart: always the test part, so that every variation is scored on the same samples.
enum class EvaluationSamples : int8_t { Auto, TestPart };

struct SampleSelection {
    data::DatasetPtr dataset;      ///< the evaluation samples, labelled or not; may be null
    data::DatasetPtr calibration;  ///< null: the calibration part of `dataset`
    EvaluationSamples evaluation = EvaluationSamples::Auto;
    data::Shares shares;
    uint64_t splitSeed = 1;
    int32_t calibrationSamples = 256;  ///< maximum number
};

struct ChosenSamples {
    data::DatasetPtr evaluation;             ///< null: no dataset was given
    calibration::RealInputsPtr calibration;  ///< null: none given or none needed
    data::DatasetPtr learning;               ///< all that calibration samples are drawn from
    int32_t leftOut = 0;                     ///< samples of it that `evaluation` holds, too
};

/// No sample serves both calibration and evaluation: two datasets with one path count as one and
/// are split, and before training samples of one are searched in the other.
types::Result<ChosenSamples> chooseSamples(const types::Graph& graph,
                                           const types::Variation& variation,
                                           const SampleSelection& selection);

}  // namespace scoring
