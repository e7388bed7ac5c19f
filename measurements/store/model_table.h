// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Models in a project file, and the variations that were tried with them. A model is known by the
// SHA-256 of its file: the same file under two names is one model.

#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/bytes.h"

namespace store {

struct ModelEntry {
    int64_t id = 0;
    std::string name;    ///< file name without directory and ending
    std::string sha256;  ///< of the file, lower-case hex
    int64_t bytes = 0;   ///< of the file
};

struct VariationEntry {
    int64_t id = 0;
    std::string label;
    std::string knobs;  ///< the JSON document, as it was given
};

/// Stores the model's file and tells its id; where the file is known already, its id and old name.
types::Result<int64_t> storeModel(ProjectFile& file, const std::string& name,
                                  const types::Bytes& model);
types::Result<std::vector<ModelEntry>> listModels(const ProjectFile& file);
/// The .tflite, byte for byte.
types::Result<types::Bytes> readModel(const ProjectFile& file, int64_t model);

/// Stores a variation of the model and tells its id; the same knobs text has one id. `knobs` that
/// are no JSON are refused.
types::Result<int64_t> storeVariation(ProjectFile& file, int64_t model, const std::string& label,
                                      const std::string& knobs);
types::Result<std::vector<VariationEntry>> listVariations(const ProjectFile& file, int64_t model);

}  // namespace store
