// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The study accuracy-front: what a model's accuracy costs in multiply-accumulates. It removes
// growing shares of the channels, without and with training, at each precision, and judges every
// model on samples that nothing was learned or chosen from; for each seed another part of the data.
// Beside it stand the original and, with training, the original trained alike.

#include <cstdint>
#include <vector>

#include "engine/evaluate.h"
#include "types/result.h"
#include "types/study.h"
#include "types/work.h"

namespace studies {

struct FrontRequest {
    types::GraphPtr model;          ///< null: none
    scoring::SampleSelection data;  ///< its dataset is needed; each seed splits it anew
    /// The knobs of all variations but for what is removed and the precision. Where it is trained,
    /// every variation is also made without training.
    types::Variation knobs;
    std::vector<double> removed = {0, 0.15, 0.3, 0.4, 0.5};  ///< shares of the channels
    std::vector<types::Precision> precisions = {types::Precision::Int8, types::Precision::Int8W4};
    int32_t seeds = 3;
};

/// Memory: that of one evaluation. Errors: no model, no data, data that do not fit, the first
/// variation that cannot be evaluated.
types::Result<types::Study> accuracyFront(const FrontRequest& request, const types::Work& work);

}  // namespace studies
