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

}  // namespace data
