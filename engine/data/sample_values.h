// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From a sample to a model's input: its real values, whatever the sample's form and the model's
// precision.
//
// Pixels are resized to the input (image.h), their channels fitted, and scaled as the sample says.
// Raw bytes as long as the tensor are the tensor's own: floats, or codes that its quantization
// turns into real values, but for an int8 input with zero point -128 (images), where they are uint8
// pixels. Numbers of a float type are real values; of the input's own integer type they are codes.
// Source of the raw forms: EEMBC EnergyRunner.

#include <span>
#include <vector>

#include "data/dataset.h"

namespace data {

/// Row-major real values, as many as the tensor has elements. `input` is of the model as it was
/// opened: its quantization tells what codes mean. The error names the sample.
types::Result<std::vector<float>> toReal(const Sample& sample, const types::Tensor& input);

}  // namespace data
