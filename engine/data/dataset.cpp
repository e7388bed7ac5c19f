// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include "data/dataset_form.h"

namespace data {

using namespace types;

Result<Dataset> readDataset(const std::filesystem::path& path, const ReadOptions& options) {
    std::error_code problem;
    // The path may name a set in an archive.
    const auto file = path.parent_path().extension() == ".npz" ? path.parent_path() : path;
    if (!std::filesystem::exists(file, problem))
        return fail("the dataset does not exist", path.string(), "check the path");
    for (const DatasetForm& form : datasetForms()) {
        if (!form.matches(path)) continue;
        auto dataset = form.read(path, options);
        if (!dataset) return dataset;
        dataset->path = std::filesystem::weakly_canonical(path, problem);
        dataset->name = dataset->path.filename().string();
        return dataset;
    }
    return fail("no dataset of a known form", path.string(),
                "give a directory with y_labels.csv, one folder of images or WAV files per class, "
                "x.npy and y.npy, IDX files, a .npz or a .csv");
}

Dataset select(const Dataset& dataset, const std::vector<int32_t>& samples,
               const std::string& part) {
    Dataset selected = dataset;
    selected.samples.clear();
    for (int32_t i : samples)
        selected.samples.push_back(dataset.samples[static_cast<size_t>(i)]);
    if (!part.empty()) selected.name += " (" + part + ")";
    return selected;
}

}  // namespace data
