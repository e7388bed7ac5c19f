// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The directories of EEMBC's EnergyRunner: y_labels.csv beside raw input files, one a sample.

#include "data/dataset.h"

namespace data {

bool isEembcDirectory(const std::filesystem::path& path);

/// A missing or malformed file is an error that names it and its line.
types::Result<Dataset> readEembcDirectory(const std::filesystem::path& directory);

}  // namespace data
