// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One folder of images or sounds (WAV) per class; classes are numbered in the order of the folder
// names. A directory that contains such files itself is an unlabelled dataset.

#include "data/dataset.h"

namespace data::class_folders {

bool matches(const std::filesystem::path& path);
types::Result<Dataset> read(const std::filesystem::path& directory, const ReadOptions& options);

}  // namespace data::class_folders
