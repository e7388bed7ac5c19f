// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixedPrecision: what engine::mixPrecisions() chose for the layers of a model, and what it is
// worth beside the same model with all these layers in int8.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/variation.h"

namespace types {

/// What a model needs, and how near its outputs are to those of the model before quantization on
/// samples that nothing was learned from.
struct PrecisionWorth {
    int64_t flashBytes = 0;           ///< of the model file
    std::optional<double> latencyUs;  ///< predicted; unknown without a board that predicts it
    double distance = 0;              ///< calibration/output_distance.h; 0: equal
    std::optional<double> agreement;  ///< share of samples with the same first choice
    std::optional<double> sqnrDb;     ///< unknown where the outputs are equal
};

/// The model with one layer in this precision and all others in int8.
struct TriedPrecision {
    Precision precision = Precision::Int8;
    PrecisionWorth worth;
};

/// One layer whose precision was chosen.
struct PrecisionChoice {
    int32_t op = 0;     ///< operator index in the model as opened
    std::string layer;  ///< "#3 CONV_2D"
    Precision precision = Precision::Int8;
    std::vector<TriedPrecision> tried;  ///< those that the runtime has, but for int8
};

struct MixedPrecision {
    Variation variation;  ///< as asked for, with the precision of every layer instead of Auto
    std::vector<PrecisionChoice> layers;
    PrecisionWorth int8, mixed;  ///< of the whole model, in int8 and as chosen, before repairs
    int32_t samples = 0;         ///< held-back samples of the comparison
    std::string budget;          ///< "flash at most 30,000 bytes"
    bool isWithinBudget = true;
};

}  // namespace types
