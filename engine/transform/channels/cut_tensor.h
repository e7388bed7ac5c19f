// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cutting a tensor: keeping some elements of its axes and dropping the others, in its shape, its
// per-channel quantization and its data. Order is kept.

#include <vector>

#include "types/bytes.h"
#include "types/tensor.h"

namespace transform {

/// For each axis the elements that stay, ascending.
using Cut = std::vector<std::vector<int32_t>>;

/// True for constants in a form that only the container understands (compressed, specially
/// quantized, of no fixed size): they can be neither cut nor changed.
bool isOpaque(const types::Tensor& tensor);

bool keepsAll(const Cut& cut, const types::Shape& shape);

/// The tensor with fewer elements; `buffer` still names the uncut data.
types::Tensor cutTensor(const types::Tensor& tensor, const Cut& cut);

/// The data of the cut tensor. `data` belong to the uncut one; 4-bit elements are packed anew.
types::Bytes cutData(const types::Tensor& tensor, const types::Bytes& data, const Cut& cut);

/// The same for real values, row-major.
std::vector<float> cutValues(const std::vector<float>& values, const types::Shape& shape,
                             const Cut& cut);

}  // namespace transform
