// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingState: everything that a training needs to go on where it was, kept in a file. The file
// is replaced as a whole, so that a power cut leaves the old or the new one; a damaged file and one
// of another training are told apart by a checksum and a fingerprint.

#include <filesystem>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/training.h"

namespace learning {

struct TrainingState {
    std::string fingerprint;  ///< of model, data and options
    int64_t step = 0;         ///< steps done
    double seconds = 0;       ///< spent so far
    double lossSum = 0;       ///< of the batches of the present epoch
    double bestLoss = 0;
    bool isDone = false;
    types::Training log;  ///< without notes
    /// Parameters now, averaged and best, and the state of the optimizer.
    std::vector<std::vector<float>> values;
};

types::Result<void> writeState(const TrainingState& state, const std::filesystem::path& file);

/// An empty state (no fingerprint) where there is no file. Errors: the file cannot be read, is
/// damaged, or belongs to a training with another fingerprint.
types::Result<TrainingState> readState(const std::filesystem::path& file,
                                       const std::string& fingerprint);

}  // namespace learning
