// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DatasetForm: one way in which datasets lie on disk. A new form is a file with matches() and
// read(), named in dataset_forms.cpp; the first form that matches a path reads it.

#include <span>

#include "data/dataset.h"

namespace data {

struct DatasetForm {
    const char* name;  ///< "NumPy arrays", for people
    bool (*matches)(const std::filesystem::path& path);
    /// `path` and `name` of the result are set by readDataset().
    types::Result<Dataset> (*read)(const std::filesystem::path& path, const ReadOptions& options);
};

std::span<const DatasetForm> datasetForms();

}  // namespace data
