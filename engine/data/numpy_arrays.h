// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy arrays: x.npy and y.npy in a directory, a .npz with x and y, or one .npy, with the labels
// beside it or unlabelled. Other names of arrays: array_names.h; FILE.npz/train names one of
// several sets. What arrays may hold: array_samples.h.

#include "data/dataset.h"

namespace data::numpy_arrays {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace data::numpy_arrays
