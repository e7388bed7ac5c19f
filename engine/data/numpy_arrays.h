// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumPy arrays: x.npy and y.npy in a directory, a .npz with x and y, or x alone as one .npy. The
// first axis counts the samples. uint8 samples of shape height x width x channels are pixels,
// others numbers. Integer y with one value per sample are labels, floating y regression targets;
// without y the dataset is unlabelled.

#include "data/dataset.h"

namespace data::numpy_arrays {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace data::numpy_arrays
