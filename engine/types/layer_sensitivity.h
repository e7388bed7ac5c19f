// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSensitivity: effect of one change of one layer, with all others unchanged, on the model's
// outputs, and what the change saves, which is the price of keeping the layer unchanged. A
// SensitivityScan holds all of them for one model, most sensitive first.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/estimate.h"
#include "types/variation.h"

namespace types {

struct LayerSensitivity {
    int32_t op = 0;                      ///< operator index in the model as opened
    std::string layer;                   ///< "#3 CONV_2D"
    LayerKnobs change;                   ///< the single knob of the layer that was set
    std::string label;                   ///< "int8", "25 % of channels"
    bool differs = false;                ///< any output value differs
    std::optional<double> sqnrDb;        ///< of the outputs compared with the original's
    std::optional<double> agreement;     ///< share of samples with the original's first choice
    std::optional<double> accuracyLoss;  ///< top-1 share of the original minus that of the change
    /// Of the file; of the Program and its kernels for a device with our own runtime.
    int64_t savedFlashBytes = 0;
    int64_t savedMacs = 0;
    std::optional<double> savedLatencyUs;  ///< if a device is given that predicts both
    std::string problem;                   ///< why the change could not be made; empty: it was made
};

struct SensitivityScan {
    std::vector<LayerSensitivity> rows;  ///< lowest SQNR first; unchanged outputs, then problems
    int32_t samples = 0;
    std::string source;                        ///< "500 samples of kws01"
    std::optional<Estimate> originalAccuracy;  ///< on labelled data, 95 % Wilson interval
};

}  // namespace types
