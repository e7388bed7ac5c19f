// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Naming convention that links a model to its data: beside MODEL.tflite lies a directory MODEL.data
// or a file MODEL.data.npz or MODEL.data.csv.

#include <filesystem>
#include <optional>

namespace data {

/// Returns the path of the dataset beside a model file; empty where there is none.
std::optional<std::filesystem::path> datasetBeside(const std::filesystem::path& model);

}  // namespace data
