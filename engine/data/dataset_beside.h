// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The convention by which a model finds its data: beside MODEL.tflite lies a directory MODEL.data
// or a file MODEL.data.npz or MODEL.data.csv.

#include <filesystem>
#include <optional>

namespace data {

/// The dataset beside a model file; nothing where there is none.
std::optional<std::filesystem::path> datasetBeside(const std::filesystem::path& model);

}  // namespace data
