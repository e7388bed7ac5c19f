// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// IDX files, the form of MNIST and its relatives: "train-images-idx3-ubyte" with
// "train-labels-idx1-ubyte" beside it, plain or compressed with gzip. A path is the file of the
// images or a directory with one such pair; without labels the dataset is unlabelled. Source:
// yann.lecun.com/exdb/mnist.

#include "data/dataset.h"
#include "data/npy.h"

namespace data::idx_files {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& path, const ReadOptions& options);

/// Returns the array of a file that is already unpacked.
types::Result<Array> parseIdx(std::span<const uint8_t> bytes, const std::string& name);

}  // namespace data::idx_files
