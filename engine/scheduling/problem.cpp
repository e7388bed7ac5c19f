// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/problem.h"

#include <algorithm>
#include <numeric>

#include "analysis/count.h"
#include "analysis/fold_constants.h"
#include "lowering/requirements.h"
#include "memory/operator_order.h"

namespace scheduling {
namespace {

using types::Graph;

Problem makeProblem(const Graph& graph, const lowering::PlanNeeds& needs,
                    std::vector<int32_t> order) {
    Problem problem;
    problem.graph = memory::withOrder(graph, order);
    const auto scratch = memory::withOrder(needs.scratch, order);
    const auto overwritable = memory::withOrder(needs.overwritable, order);
    problem.order = std::move(order);
    problem.buffers = memory::plannedBuffers(problem.graph, {});
    problem.bufferOf.assign(graph.tensors.size(), -1);
    problem.readers.resize(graph.tensors.size());
    problem.writer.assign(graph.tensors.size(), -1);
    for (size_t i = 0; i < problem.buffers.size(); ++i)
        problem.bufferOf[static_cast<size_t>(problem.buffers[i].tensor)] = static_cast<int32_t>(i);
    const auto counts = analysis::countOps(problem.graph);
    for (size_t i = 0; i < problem.graph.ops.size(); ++i) {
        const types::Op& op = problem.graph.ops[i];
        ProblemOp& entry = problem.ops.emplace_back();
        entry.isFolded = analysis::isFolded(problem.graph, op);
        if (!entry.isFolded) entry.rule = analysis::rowRule(problem.graph, op);
        entry.macs = counts[i].macs;
        entry.scratch = scratch[i];
        entry.overwritable = overwritable[i];
        for (int32_t tensor : op.inputs) {
            if (tensor < 0) continue;
            auto& readers = problem.readers[static_cast<size_t>(tensor)];
            if (readers.empty() || readers.back() != static_cast<int32_t>(i))
                readers.push_back(static_cast<int32_t>(i));
        }
        for (int32_t tensor : op.outputs)
            if (tensor >= 0) problem.writer[static_cast<size_t>(tensor)] = static_cast<int32_t>(i);
    }
    return problem;
}

}  // namespace

bool Problem::isOutput(int32_t tensor) const {
    return std::ranges::find(graph.outputs, tensor) != graph.outputs.end();
}

int64_t Problem::macs() const {
    return std::accumulate(ops.begin(), ops.end(), int64_t{0},
                           [](int64_t sum, const ProblemOp& op) { return sum + op.macs; });
}

types::Result<std::vector<Problem>> makeProblems(const Graph& original, types::Isa isa) {
    if (auto runs = lowering::checkRunnable(original); !runs) return tl::unexpected(runs.error());
    const auto view = lowering::folded(original);
    const Graph& graph = view ? *view : original;
    const auto needs = lowering::planNeeds(original, isa);
    std::vector<int32_t> ofFile(graph.ops.size());
    std::iota(ofFile.begin(), ofFile.end(), 0);
    std::vector<Problem> problems;
    problems.push_back(makeProblem(graph, needs, ofFile));
    const auto found = memory::searchOrder(graph, needs.scratch, needs.overwritable);
    if (found.order != ofFile &&
        found.peakBytes < memory::lowerBound(memory::plannedBuffers(graph, needs.scratch),
                                             static_cast<int32_t>(graph.ops.size())))
        problems.push_back(makeProblem(graph, needs, found.order));
    return problems;
}

}  // namespace scheduling
