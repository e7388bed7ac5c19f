// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Samples that two datasets share: what was learned from must not be judged on.

#include <vector>

#include "data/dataset.h"

namespace data {

/// Indices of the samples of `learned`, ascending, that are not among `judged`: samples with equal
/// bytes and shape, whatever their names.
std::vector<int32_t> unseenBy(const Dataset& learned, const Dataset& judged);

}  // namespace data
