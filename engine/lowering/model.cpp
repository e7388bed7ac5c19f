// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/model.h"

#include "analysis/fold_constants.h"
#include "lowering/check_plan.h"
#include "lowering/prepare/prepare.h"
#include "lowering/requirements.h"
#include "memory/best_planner.h"

namespace lowering {
namespace {

/// Every nested call needs stack on a board; models nest two or three.
constexpr int kMaxDepth = 16;
/// Each called subgraph is a Graph with the file's list of buffers; forged files call thousands.
constexpr size_t kMaxBlocks = 100;

}  // namespace

using types::Result;

const types::Graph& Model::graph(size_t index) {
    if (index == 0) return m_graph;
    const auto found = m_others.find(index);
    if (found != m_others.end()) return found->second;
    types::Graph other = types::subgraphOf(m_graph, index);
    analysis::foldConstants(other, analysis::foldableAsTflm(other));
    return m_others.emplace(index, std::move(other)).first->second;
}

const Result<BlockPlan>& Model::block(int32_t index) {
    const auto found = m_blocks.find(index);
    if (found != m_blocks.end()) return found->second;
    ++m_depth;
    auto plan = planBlock(index);
    --m_depth;
    return m_blocks.emplace(index, std::move(plan)).first->second;
}

const analysis::ResourceVariables& Model::variables() {
    if (!m_variables) m_variables.emplace(m_graph);
    return *m_variables;
}

Result<std::vector<OpPlan>> Model::planOps(size_t index) {
    std::vector<OpPlan> plans;
    for (size_t op = 0; op < graph(index).ops.size(); ++op) {
        auto plan = planOp(*this, index, op);
        if (!plan) return tl::unexpected(plan.error());
        plans.push_back(std::move(*plan));
    }
    if (auto written = checkWritten(graph(index)); !written) return tl::unexpected(written.error());
    return plans;
}

Result<BlockPlan> Model::planBlock(int32_t index) {
    const auto other = static_cast<size_t>(index) - 1;
    if (index < 1 || other >= m_graph.others.size())
        return types::fail("does not exist", "subgraph " + std::to_string(index));
    if (const std::string& problem = m_graph.others[other].problem; !problem.empty())
        return types::fail("is damaged (" + problem + ")", "subgraph " + std::to_string(index));
    if (m_blocks.size() >= kMaxBlocks)
        return types::fail("is one of more than 100 that are called",
                           "subgraph " + std::to_string(index));
    if (m_depth > kMaxDepth)
        return types::fail("is called through more than 16 others",
                           "subgraph " + std::to_string(index));
    auto ops = planOps(static_cast<size_t>(index));
    if (!ops)
        return types::fail("cannot run (" + ops.error().where + ": " + ops.error().what + ")",
                           "subgraph " + std::to_string(index));
    const types::Graph& called = graph(static_cast<size_t>(index));
    BlockPlan plan{std::move(*ops), {}};
    memory::ScratchNeeds scratch;
    memory::Overwritable overwritable;
    for (size_t op = 0; op < plan.ops.size(); ++op) {
        scratch.push_back(plan.ops[op].scratch);
        overwritable.push_back(overwritableBy(called, called.ops[op], plan.ops[op]));
    }
    plan.memory = memory::planBest(called, scratch, overwritable);
    return plan;
}

}  // namespace lowering
