// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CSV: one row of features per sample, the label in the last column; also with semicolons and
// decimal commas. A first row without numbers is
// a header. Labels are whole numbers >= 0; if any value of the last column is not, the column holds
// regression targets.

#include "data/dataset.h"

namespace data::csv_features {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace data::csv_features
