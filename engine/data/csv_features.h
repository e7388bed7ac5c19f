// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CSV: a row of features a sample, the label last. A first row without numbers is a heading. Labels
// are whole numbers from 0; where any of the last column is none, the last column is what a
// regression should answer.

#include "data/dataset.h"

namespace data::csv_features {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace data::csv_features
