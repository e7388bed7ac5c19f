// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerError: how far a layer of a varied model is from the layer of the original that it comes
// from, on the same samples. Cumulative: as it runs in the varied model, on what the layers before
// it have left. Isolated: run alone on the original's inputs, which shows what the layer itself
// loses. SQNR = 10 log10(sum of the original's squares / sum of squared differences). LSB: one step
// of the varied tensor's codes.

#include <optional>

namespace types {

struct ErrorSize {
    bool differs = false;          ///< any value does
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
