// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Arrays as datasets: the first axis of x counts the samples, y holds one row for each. uint8
// samples of shape height x width x channels are pixels, others numbers; numbers of uint8 become
// pixels where an image needs as many (sample_values.h).
//
// y holds labels where it has one whole number >= 0 per sample, of any type, or one-hot rows: a 1
// among zeros. Other integers are an Error, other floats targets of a regression.

#include <optional>

#include "data/dataset.h"
#include "data/npy.h"

namespace data {

/// `where`: name in messages.
types::Result<Dataset> datasetOf(Array x, std::optional<Array> y,
                                 const std::filesystem::path& where, const ReadOptions& options);

/// Returns one sample that holds the whole array.
types::Result<Sample> sampleOf(Array array, const std::string& name);

}  // namespace data
