// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to Network: which operators run where, which tensors have gradients, and the rules.

#include <memory>
#include <set>

#include "learning/network.h"
#include "learning/rules/rule.h"

namespace learning {

/// A batch is cut into chunks of at most kChunkSamples samples, which share the memory of
/// gradients; what an operator of a chunk reads and writes should stay in the second cache
/// (kChunkFloats). Chunk c belongs to group c * groups / chunks. All depend on the batch size and
/// the model only: to add the gradients of many parameters takes long, so there are fewer groups of
/// them.
constexpr size_t kGroups = 4, kFewGroups = 2, kChunkSamples = 8, kChunkFloats = 1 << 17;
constexpr int64_t kManyParameters = 1 << 17;

struct RuleOp {
    size_t op = 0;
    RulePtr rule;
    std::vector<int32_t> zeroed;  ///< tensors whose gradient is filled with zeros before backward()
};

struct NetworkPlan {
    std::vector<int32_t> outputs;  ///< tensors that the Network returns
    std::vector<Slot> slots;       ///< by tensor
    std::vector<RuleOp> ops;       ///< those with rules that the outputs need, in order
    std::set<size_t> frozenOps;    ///< run by the runtime: those without a rule, and before them
    std::vector<FrozenOp> frozen;
    std::vector<bool> gradients;        ///< by tensor: an activation with a gradient
    std::vector<int32_t> trained;       ///< constants with a gradient, in order of use
    std::vector<Parameter> parameters;  ///< without memory
    size_t chunk = 1, groups = 1;
};

types::Result<std::unique_ptr<NetworkPlan>> planNetwork(const types::Graph& graph,
                                                        const NetworkOptions& options);

}  // namespace learning
