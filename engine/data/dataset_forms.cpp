// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/class_folders.h"
#include "data/csv_features.h"
#include "data/dataset_form.h"
#include "data/eembc_directory.h"
#include "data/idx_files.h"
#include "data/numpy_arrays.h"

namespace data {

std::span<const DatasetForm> datasetForms() {
    static constexpr DatasetForm kForms[] = {
        {"EEMBC directory", eembc_directory::matches, eembc_directory::read},
        {"NumPy arrays", numpy_arrays::matches, numpy_arrays::read},
        {"features as CSV", csv_features::matches, csv_features::read},
        {"IDX files", idx_files::matches, idx_files::read},
        {"folders of images or sounds", class_folders::matches, class_folders::read},
    };
    return kForms;
}

}  // namespace data
