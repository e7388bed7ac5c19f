// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file as one input of a model: whatever a dataset may hold, with one sample.

#include <filesystem>
#include <vector>

#include "types/result.h"
#include "types/tensor.h"

namespace data {

/// Returns the bytes of the tensor `input`. An array of the input's own type is taken as it is;
/// other arrays, images, sounds and raw files are converted as evaluation does (sample_values.h).
types::Result<std::vector<uint8_t>> readInput(const std::filesystem::path& file,
                                              const types::Tensor& input);

/// The same for one invoke after the other: a sound that is longer than an int16 input, of a model
/// that holds its own front end, is cut into consecutive inputs; what is left of it is dropped. All
/// else gives one.
types::Result<std::vector<std::vector<uint8_t>>> readInputs(const std::filesystem::path& file,
                                                            const types::Tensor& input);

}  // namespace data
