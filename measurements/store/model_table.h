// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Models in a project file, and the variations tried with them. The SHA-256 of its file identifies
// a model: one file under two names is one model.

#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/bytes.h"

namespace store {

struct ModelEntry {
    int64_t id = 0;
    std::string name;    ///< file name without directory and extension
    std::string sha256;  ///< of the file, lower-case hex digits
    int64_t bytes = 0;   ///< of the file
};

struct VariationEntry {
    int64_t id = 0;
    std::string label;
    std::string knobs;  ///< the JSON document, as given
};

/// Stores the model's file; returns its id, or the id of the same file stored earlier, whose name
/// stays.
types::Result<int64_t> storeModel(ProjectFile& file, const std::string& name,
                                  const types::Bytes& model);
types::Result<std::vector<ModelEntry>> listModels(const ProjectFile& file);
/// Returns the .tflite, byte for byte.
types::Result<types::Bytes> readModel(const ProjectFile& file, int64_t model);

/// Stores a variation of the model and returns its id; equal texts have one id. Returns an Error
/// for `knobs` that are not JSON.
types::Result<int64_t> storeVariation(ProjectFile& file, int64_t model, const std::string& label,
                                      const std::string& knobs);
/// With its evaluations and its training.
types::Result<void> removeVariation(ProjectFile& file, int64_t variation);
types::Result<std::vector<VariationEntry>> listVariations(const ProjectFile& file, int64_t model);

}  // namespace store
