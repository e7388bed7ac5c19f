// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts a sample to a model's input: its real values, whatever the sample's form and the model's
// precision.
//
// Pixels are resized to the input (image.h), converted to its channels, and scaled as the sample
// states. Where their number equals that of the input's elements, its shape does not matter: a
// 28x28x1 image fits 1x28x28 and 1x784. Raw bytes as long as the tensor are the tensor's own:
// floats, or codes that its quantization maps to real values; exception: for an int8 input with
// zero point -128 (images) they are uint8 pixels. Numbers of a float type are real values; of the
// input's own integer type they are codes; uint8 for an image of another type are pixels. Sound is
// in [-1, 1) and must be as long as the input; int16 inputs, of models that hold their own front
// end, take its samples as codes. Source of the raw forms: EEMBC EnergyRunner.

#include <span>
#include <vector>

#include "data/dataset.h"

namespace data {

/// Returns row-major real values, one per element of the tensor. `input` belongs to the model as it
/// was opened: its quantization defines the codes. An Error names the sample.
types::Result<std::vector<float>> toReal(const Sample& sample, const types::Tensor& input);

}  // namespace data
