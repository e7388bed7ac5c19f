// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Samples that two datasets share: what was learned from must not be judged on.

#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace data {

/// Indices of the samples of `learned`, ascending, that are not among `judged`: samples with equal
/// bytes and shape, whatever their names.
std::vector<int32_t> unseenBy(const Dataset& learned, const Dataset& judged);

/// FNV-1a of a sample's bytes.
uint64_t contentHash(const Sample& sample);
/// Indices of the samples, ascending, whose hashes are not among `hashes`.
std::vector<int32_t> unseenBy(const Dataset& dataset, const std::vector<uint64_t>& hashes);

}  // namespace data
