// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "analysis/composites.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::Graph;
using types::Op;
using types::Result;
using types::Subgraph;
using types::Tensor;

namespace {

/// Decompositions may hold composites again, and a forged file could let them double many times.
constexpr size_t kMaxOps = 100'000;

/// Puts the operators of one decomposition in place of a composite.
class Inlining {
public:
    Inlining(Graph& graph, const Subgraph& body, const Op& composite)
        : m_graph(graph), m_body(body), m_composite(composite) {}

    Result<std::vector<Op>> run() {
        if (m_body.inputs.size() != m_composite.inputs.size() ||
            m_body.outputs.size() != m_composite.outputs.size())
            return types::fail("has other inputs and outputs than its decomposition",
                               m_composite.name(), "export the model again");
        for (size_t i = 0; i < m_body.inputs.size(); ++i)
            m_places[m_body.inputs[i]] = m_composite.inputs[i];
        for (size_t i = 0; i < m_body.outputs.size(); ++i)
            if (!isConstant(m_body.outputs[i]))
                m_places.try_emplace(m_body.outputs[i], m_composite.outputs[i]);
        std::vector<Op> ops = m_body.ops;
        for (Op& op : ops) {
            op.origin = -1;
            for (auto* list : {&op.inputs, &op.outputs, &op.intermediates})
                for (int32_t& t : *list)
                    t = place(t);
        }
        renameHandedOn();
        return ops;
    }

private:
    bool isConstant(int32_t t) const {
        return !m_graph.buffers[m_body.tensors[static_cast<size_t>(t)].buffer].empty();
    }

    /// Tensor of the graph for one of the decomposition.
    int32_t place(int32_t t) {
        if (t < 0) return t;
        const auto known = m_places.find(t);
        if (known != m_places.end()) return known->second;
        Tensor tensor = m_body.tensors[static_cast<size_t>(t)];
        if (tensor.blockScales) {
            tensor.blockScales->scales = place(tensor.blockScales->scales);
            tensor.blockScales->zeroPoints = place(tensor.blockScales->zeroPoints);
        }
        return m_places[t] = addTensor(std::move(tensor));
    }

    int32_t addTensor(Tensor tensor) {
        m_graph.tensors.push_back(std::move(tensor));
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    /// An output that is an input or a constant of the decomposition, or an output twice, has no
    /// writer: its readers read what it stands for.
    void renameHandedOn() {
        for (size_t i = 0; i < m_body.outputs.size(); ++i) {
            const int32_t made = place(m_body.outputs[i]), wanted = m_composite.outputs[i];
            if (made == wanted) continue;
            for (Op& op : m_graph.ops)
                std::ranges::replace(op.inputs, wanted, made);
            std::ranges::replace(m_graph.outputs, wanted, made);
        }
    }

    Graph& m_graph;
    const Subgraph& m_body;
    const Op m_composite;
    std::map<int32_t, int32_t> m_places;
};

}  // namespace

Result<int> inlineComposites(Graph& graph) {
    int count = 0;
    for (size_t i = 0; i < graph.ops.size();) {
        const Subgraph* body = analysis::decompositionOf(graph, graph.ops[i]);
        if (body == nullptr) {
            ++i;
            continue;
        }
        if (graph.ops.size() + body->ops.size() > kMaxOps)
            return types::fail("composites hold more than 100,000 operators", graph.name,
                               "leave them as they are");
        auto ops = Inlining(graph, *body, graph.ops[i]).run();
        if (!ops) return tl::unexpected(ops.error());
        const auto at = graph.ops.erase(graph.ops.begin() + static_cast<std::ptrdiff_t>(i));
        graph.ops.insert(at, std::make_move_iterator(ops->begin()),
                         std::make_move_iterator(ops->end()));
        ++count;
    }
    return count;
}

}  // namespace transform
