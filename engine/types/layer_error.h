// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerError: difference between a layer of a varied model and its layer of the original, on the
// same samples. Cumulative: in the varied model, with the errors of the layers before it. Isolated:
// the layer alone on the original's inputs, which shows its own error. SQNR = 10 log10(sum of the
// original's squares / sum of squared differences). LSB: one step of the varied tensor's codes.

#include <optional>

namespace types {

struct ErrorSize {
    bool differs = false;          ///< any value differs
    std::optional<double> sqnrDb;  ///< unknown where nothing differs or the original is all zeros
    double meanDifference = 0;     ///< of absolute real values
    double greatestDifference = 0;
    std::optional<double> meanLsb, greatestLsb;  ///< unknown for float tensors
};

struct LayerError {
    ErrorSize cumulative;
    std::optional<ErrorSize> isolated;  ///< unknown where the layer's inputs changed their shape
};

}  // namespace types
