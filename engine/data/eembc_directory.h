// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The directories of EEMBC's EnergyRunner: y_labels.csv holds rows `file,classes,class`, and each
// file beside it is one sample: raw input bytes, an image (JPEG, PNG) or a sound (WAV). For anomaly
// detection the rows are `file,2,class,window_bytes,stride_bytes`: the file holds float32 features,
// each window of it is a sample, and the samples of a file form a group.

#include "data/dataset.h"

namespace data::eembc_directory {

bool matches(const std::filesystem::path& path);

/// A missing or malformed file is an Error that names the file and line.
types::Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options);

}  // namespace data::eembc_directory
