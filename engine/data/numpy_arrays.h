// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy arrays: x.npy and y.npy in a directory, or a .npz with x and y; the first axis counts the
// samples. uint8 samples of shape height x width x channels are pixels, others numbers. Integer y
// of one value a sample are labels; floating y are what a regression should answer; without y the
// data are unlabelled. A .npy alone is x.

#include "data/dataset.h"

namespace data::numpy_arrays {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace data::numpy_arrays
