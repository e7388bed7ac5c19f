// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DatasetForm: one layout of datasets on disk. A new form is one file with matches() and read(),
// listed in dataset_forms.cpp; the first form that matches a path reads it.

#include <span>

#include "data/dataset.h"

namespace data {

struct DatasetForm {
    const char* name;  ///< display name, "NumPy arrays"
    bool (*matches)(const std::filesystem::path& path);
    /// readDataset() sets `path` and `name` of the result.
    types::Result<Dataset> (*read)(const std::filesystem::path& path, const ReadOptions& options);
};

std::span<const DatasetForm> datasetForms();

}  // namespace data
