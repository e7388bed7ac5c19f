// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: a graph with all subgraphs of its file, while its operators are prepared.
// Subgraphs that control flow calls are planned here, once each: in place and as small as possible,
// in a region of the arena that the calling operator holds as scratch.
//
// Ownership: borrows the graph. Thread rules: one thread at a time.

#include <map>
#include <optional>

#include "analysis/resource_variables.h"
#include "lowering/prepare/op_view.h"
#include "types/memory_plan.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

/// A subgraph ready to be laid out.
struct BlockPlan {
    std::vector<OpPlan> ops;
    types::MemoryPlan memory;
};

class Model {
public:
    /// `paddingAbove`: per operator of `graph` that computes rows of an image, the rows of padding
    /// above the first row that it reads; its options give the padding of the whole image.
    Model(const types::Graph& graph, types::Isa isa, std::vector<int32_t> paddingAbove = {})
        : m_graph(graph), m_isa(isa), m_paddingAbove(std::move(paddingAbove)) {}

    types::Isa isa() const { return m_isa; }
    /// Empty where the operator computes its whole output.
    std::optional<int32_t> paddingAbove(size_t subgraph, size_t op) const {
        if (subgraph != 0 || op >= m_paddingAbove.size()) return std::nullopt;
        return m_paddingAbove[op];
    }
    /// Subgraph `index` of the file; 0: the graph itself. It must exist and be sound.
    const types::Graph& graph(size_t index);
    /// Returns why the subgraph cannot be called, or its plan; valid as long as the Model.
    const types::Result<BlockPlan>& block(int32_t index);
    const analysis::ResourceVariables& variables();
    /// Plans all operators of a subgraph; the first Error ends it.
    types::Result<std::vector<OpPlan>> planOps(size_t index);

private:
    types::Result<BlockPlan> planBlock(int32_t index);

    const types::Graph& m_graph;
    types::Isa m_isa;
    int m_depth = 0;  ///< of calls being planned
    std::map<size_t, types::Graph> m_others;
    std::map<int32_t, types::Result<BlockPlan>> m_blocks;
    std::optional<analysis::ResourceVariables> m_variables;
    const std::vector<int32_t> m_paddingAbove;
};

}  // namespace lowering
