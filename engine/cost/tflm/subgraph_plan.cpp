// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/subgraph_plan.h"

#include <algorithm>
#include <set>

namespace cost {
namespace {

using types::Graph;
using types::Op;
using types::OpKind;
using types::PlannedBuffer;

constexpr int64_t kAlignment = 16;
constexpr int32_t kNever = -2;  ///< before the model inputs, as in memory/greedy_planner

/// Forged files call in chains and trees without end; models nest two or three calls.
constexpr int32_t kMostSteps = 10'000'000, kMostDepth = 100;

struct Times {
    int32_t first = kNever, last = kNever;

    void createAt(int32_t time) {
        if (first == kNever) first = time;
    }
    void useUntil(int32_t time) { last = std::max(last, time); }
};

/// Walks the subgraphs as they run and notes when each tensor and each scratch buffer is alive.
class Walk {
public:
    explicit Walk(const std::vector<PlannedSubgraph>& subgraphs) : m_subgraphs(subgraphs) {
        for (const PlannedSubgraph& subgraph : subgraphs) {
            m_tensors.emplace_back(subgraph.graph->tensors.size());
            m_ops.emplace_back(subgraph.graph->ops.size());
        }
    }

    void run(size_t subgraph, int32_t depth = 0) {
        if (m_isTooLong = m_isTooLong || depth > kMostDepth || m_now > kMostSteps; m_isTooLong)
            return;
        const Graph& graph = *m_subgraphs[subgraph].graph;
        std::vector<Times>& tensors = m_tensors[subgraph];
        for (int32_t t : graph.inputs)
            touch(tensors, t);
        for (size_t i = 0; i < graph.ops.size() && !m_isTooLong; ++i) {
            ++m_now;
            const Op& op = graph.ops[i];
            for (int32_t t : op.outputs)
                tensors[static_cast<size_t>(t)].createAt(m_now);
            m_ops[subgraph][i].createAt(m_now);
            runCalled(op, depth);
            for (const auto* list : {&op.inputs, &op.outputs})
                for (int32_t t : *list)
                    if (t >= 0) tensors[static_cast<size_t>(t)].useUntil(m_now);
            m_ops[subgraph][i].useUntil(m_now);
        }
        for (int32_t t : graph.outputs)
            touch(tensors, t);
    }

    bool isTooLong() const { return m_isTooLong; }

    /// Tensors of all subgraphs, then scratch.
    std::vector<PlannedBuffer> buffers() const {
        std::vector<PlannedBuffer> result;
        for (size_t s = 0; s < m_subgraphs.size(); ++s)
            addTensors(s, result);
        for (size_t s = 0; s < m_subgraphs.size(); ++s)
            for (size_t i = 0; i < m_subgraphs[s].scratch.size(); ++i)
                for (int64_t bytes : m_subgraphs[s].scratch[i])
                    add(bytes, m_ops[s][i], result);
        return result;
    }

private:
    void touch(std::vector<Times>& tensors, int32_t tensor) const {
        tensors[static_cast<size_t>(tensor)].createAt(m_now);
        tensors[static_cast<size_t>(tensor)].useUntil(m_now);
    }

    void runCalled(const Op& op, int32_t depth) {
        const auto* called = std::get_if<types::SubgraphOptions>(&op.options);
        if (called == nullptr) return;
        for (int32_t index : {called->first, called->second}) {
            if (index < 0 || static_cast<size_t>(index) >= m_subgraphs.size()) continue;
            ++m_now;
            run(static_cast<size_t>(index), depth + 1);
        }
    }

    static void add(int64_t bytes, const Times& times, std::vector<PlannedBuffer>& buffers) {
        const int64_t size = (bytes + kAlignment - 1) / kAlignment * kAlignment;
        const auto index = static_cast<int32_t>(buffers.size());
        buffers.push_back({index, size, bytes, 0, times.first, std::max(times.first, times.last)});
    }

    void addTensors(size_t subgraph, std::vector<PlannedBuffer>& buffers) const {
        const Graph& graph = *m_subgraphs[subgraph].graph;
        std::set<int32_t> handles;  // a handle points into the data of its operator
        for (const Op& op : graph.ops)
            if (op.kind == OpKind::VAR_HANDLE) handles.insert(op.outputs.begin(), op.outputs.end());
        for (size_t t = 0; t < graph.tensors.size(); ++t) {
            const auto index = static_cast<int32_t>(t);
            const types::Tensor& tensor = graph.tensors[t];
            const bool isHandle = tensor.type == types::DataType::Resource;
            const int64_t bytes = isHandle ? 4 * tensor.elements() : tensor.bytes();
            const bool isElsewhere =
                graph.isConstant(index) || tensor.isVariable || handles.contains(index);
            if (bytes > 0 && !isElsewhere) add(bytes, m_tensors[subgraph][t], buffers);
        }
    }

    const std::vector<PlannedSubgraph>& m_subgraphs;
    std::vector<std::vector<Times>> m_tensors, m_ops;
    int32_t m_now = -1;
    bool m_isTooLong = false;
};

}  // namespace

std::optional<int64_t> plannedBytes(const std::vector<PlannedSubgraph>& subgraphs) {
    Walk walk(subgraphs);
    walk.run(0);
    if (walk.isTooLong()) return std::nullopt;
    std::vector<PlannedBuffer> buffers = walk.buffers();
    return memory::placeGreedily(buffers);
}

}  // namespace cost
