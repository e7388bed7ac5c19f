// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CSV: one row of features per sample and its label (number_table.h). The label is in the column
// that the header names so (label, class, target, y, ...), else in the last one, or in the first
// where the last never changes; or it is one-hot in the last columns. A column that counts the
// rows, which the header names index or not at all, is left out.
//
// Labels are whole numbers >= 0, or words, which are classes in alphabetical order; if any value is
// another number, the column holds regression targets. Features that all are whole numbers of
// [0, 255] are kept as uint8, so that an image takes them as pixels.

#include "data/dataset.h"

namespace data::csv_features {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace data::csv_features
