// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/model_diff.h"

#include <array>

namespace types {
namespace {

struct DiffQuantityNames {
    const char *name, *word;
};

constexpr std::array<DiffQuantityNames, 13> kDiffQuantities = {{
    {"macs", "MACs"},
    {"ops", "ops"},
    {"params", "parameters"},
    {"weight_bytes", "weights"},
    {"flash_bytes", "flash"},
    {"peak_activation_bytes", "peak of activations"},
    {"arena_bytes", "planned arena"},
    {"arena_used_bytes", "arena"},
    {"latency_us", "latency"},
    {"energy_uj", "energy"},
    {"accuracy", "accuracy"},
    {"auc", "AUC"},
    {"mean_squared_error", "mean squared error"},
}};

}  // namespace

const char* matchKindName(MatchKind kind) {
    constexpr std::array<const char*, kMatchKindCount> kNames = {"same",      "weights", "shape",
                                                                 "precision", "fused",   "split"};
    return kNames[static_cast<size_t>(kind)];
}

const char* matchEvidenceName(MatchEvidence evidence) {
    constexpr std::array<const char*, 3> kNames = {"origin", "weights", "structure"};
    return kNames[static_cast<size_t>(evidence)];
}

const char* diffQuantityName(DiffQuantity quantity) {
    return kDiffQuantities[static_cast<size_t>(quantity)].name;
}

const char* diffQuantityWord(DiffQuantity quantity) {
    return kDiffQuantities[static_cast<size_t>(quantity)].word;
}

const char* diffOutcomeName(DiffOutcome outcome) {
    constexpr std::array<const char*, 6> kNames = {"not judged", "candidate", "baseline",
                                                   "equal",      "unclear",   "unknown"};
    return kNames[static_cast<size_t>(outcome)];
}

}  // namespace types
