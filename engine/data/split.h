// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Splits a dataset into disjoint parts: training, calibration, evaluation. Each class, and the
// dataset as a whole, is spread over the parts by the shares, to within one unit. A unit is a
// sample, or a group that stays together: the samples of one file, of one speaker, subject or
// recording where their names tell it (name_groups.h). Where groups hold several classes, each
// class is spread as near to the shares as the groups allow. Equal seeds give equal parts on every
// machine.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/dataset.h"

namespace data {

/// Fractions of the dataset; they sum to 1.
struct Shares {
    double train = 0, calibration = 0.5, test = 0.5;
};

/// Indices into Dataset::samples, ascending.
struct Parts {
    std::vector<int32_t> train, calibration, test;
};

/// Number of units of a dataset.
size_t unitCount(const Dataset& dataset);

/// Returns an Error where the shares do not sum to 1, or where a part with a share stays empty (a
/// dataset of one sample).
types::Result<Parts> split(const Dataset& dataset, const Shares& shares, uint64_t seed = 1);

}  // namespace data
