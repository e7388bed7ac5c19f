// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Weights and biases as integer codes with zero point 0.
// Weights: code = round(w / scale) in [-127, 127], scale = largest |w| / 127, one per tensor or
// one per output channel. Biases: code = round(b / (input scale * weight scale)) in int32.
// Source: TFLite 8-bit quantization specification.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "types/tensor.h"

namespace zoo {

struct SymmetricCodes {
    std::vector<int8_t> codes;
    std::vector<float> scale;

    types::Quantization quantization(int32_t axis) const;
};

SymmetricCodes codesPerTensor(const std::vector<float>& weights);
SymmetricCodes codesPerChannel(const std::vector<float>& weights, const types::Shape& shape,
                               size_t axis);

struct BiasCodes {
    std::vector<int32_t> codes;
    std::vector<float> scale;

    types::Quantization quantization() const;
};

BiasCodes codesOfBias(const std::vector<float>& bias, float inputScale,
                      const std::vector<float>& weightScale);

}  // namespace zoo
