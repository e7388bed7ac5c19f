// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Trained models in a project file, by the variation that was trained. Equal files are stored once.

#include <optional>
#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/bytes.h"
#include "types/training.h"

namespace store {

struct StoredTraining {
    types::Bytes model;            ///< .tflite of the varied model
    std::vector<int32_t> origins;  ///< of its operators in the model as opened; -1: inserted
    types::Bytes original;         ///< of the original trained alike; empty: it was not trained
    types::Training log;
    std::vector<std::string> changes;
    std::string samples;            ///< name of what it learned from
    std::vector<uint64_t> learned;  ///< hashes of the samples
};

/// Stores the training of a variation, replacing an older one.
types::Result<void> storeTraining(ProjectFile& file, int64_t variation,
                                  const StoredTraining& training);
/// Number of trained variations in the file.
types::Result<size_t> countTrainings(const ProjectFile& file);
/// Empty where the variation was not trained. An Error where a stored model does not have its hash.
types::Result<std::optional<StoredTraining>> readTraining(const ProjectFile& file,
                                                          int64_t variation);

}  // namespace store
