// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Splitting a dataset into parts that never overlap: what trains, what calibrates, what judges.
// Every class is spread over the parts by the shares, to one unit; so are all units together. A
// unit is a sample, or the group of samples of one file, which is never torn apart. The same seed
// gives the same parts on every machine.

#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace data {

/// Parts of the whole; they sum to 1.
struct Shares {
    double train = 0, calibration = 0.5, test = 0.5;
};

/// Indices into Dataset::samples, ascending.
struct Parts {
    std::vector<int32_t> train, calibration, test;
};

/// An error where the shares do not sum to 1 or a part that has a share stays empty (a dataset of
/// one sample).
types::Result<Parts> split(const Dataset& dataset, const Shares& shares, uint64_t seed = 1);

}  // namespace data
