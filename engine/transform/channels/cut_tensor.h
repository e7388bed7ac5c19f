// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cuts a tensor: keeps some indices of its axes, in order, in its shape, its per-channel
// quantization and its data.

#include <vector>

#include "types/bytes.h"
#include "types/tensor.h"

namespace transform {

/// Per axis: the kept indices, ascending.
using Cut = std::vector<std::vector<int32_t>>;

/// True for constants that only the container interprets (compressed, with special quantization, of
/// variable size): they can be neither cut nor changed.
bool isOpaque(const types::Tensor& tensor);

bool keepsAll(const Cut& cut, const types::Shape& shape);

/// Returns the tensor with fewer elements; `buffer` still refers to the uncut data.
types::Tensor cutTensor(const types::Tensor& tensor, const Cut& cut);

/// Returns the data of the cut tensor. `data` belong to the uncut one; 4-bit elements are repacked.
types::Bytes cutData(const types::Tensor& tensor, const types::Bytes& data, const Cut& cut);

/// The same for real values, row-major.
std::vector<float> cutValues(const std::vector<float>& values, const types::Shape& shape,
                             const Cut& cut);

}  // namespace transform
