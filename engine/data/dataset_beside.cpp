// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset_beside.h"

namespace data {

std::optional<std::filesystem::path> datasetBeside(const std::filesystem::path& model) {
    for (const char* ending : {".data", ".data.npz", ".data.csv"}) {
        std::filesystem::path candidate = model;
        candidate.replace_extension(ending);
        std::error_code problem;
        if (std::filesystem::exists(candidate, problem)) return candidate;
    }
    return std::nullopt;
}

}  // namespace data
