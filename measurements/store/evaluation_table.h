// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Evaluations in a project file: the totals, enough to show the trade-off list without computing
// anything. Layers are not stored; evaluating the variation again computes them.

#include <optional>
#include <string>
#include <vector>

#include "store/project_file.h"
#include "types/evaluation.h"

namespace store {

/// Used and available bytes of one memory of a device.
struct MemoryUse {
    int64_t usedBytes = 0, limitBytes = 0;

    bool operator==(const MemoryUse&) const = default;
};

struct EvaluationEntry {
    int64_t id = 0;
    int64_t variation = 0;    ///< VariationEntry::id
    std::string device;       ///< id of the profile; empty: no device
    std::string evaluatedAt;  ///< ISO 8601, UTC
    types::Totals totals;
    std::optional<MemoryUse> flash, sram;
};

/// Stores the evaluation of a variation for its device, replacing an older one; returns its id.
types::Result<int64_t> storeEvaluation(ProjectFile& file, int64_t variation,
                                       const types::Evaluation& evaluation);
/// Returns all evaluations of a model, in the order of the variations.
types::Result<std::vector<EvaluationEntry>> listEvaluations(const ProjectFile& file, int64_t model);

}  // namespace store
