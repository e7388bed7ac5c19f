// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The directories of EEMBC's EnergyRunner: y_labels.csv with rows `file,classes,class` beside the
// files, one a sample: raw input bytes or an image (JPEG, PNG). Anomaly detection has rows
// `file,2,class,window_bytes,stride_bytes`: the file holds float32 features, every window of it is
// a sample, and samples of a file form a group.

#include "data/dataset.h"

namespace data::eembc_directory {

bool matches(const std::filesystem::path& path);

/// A missing or malformed file is an error that names it and its line.
types::Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options);

}  // namespace data::eembc_directory
