// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/link_subgraphs.h"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/validate.h"

namespace analysis {
namespace {

using namespace types;

class Linker {
public:
    explicit Linker(std::vector<std::shared_ptr<Graph>> graphs) : m_graphs(std::move(graphs)) {}

    void run() {
        dropDamaged();
        nameHandles();
        for (const size_t caller : callersFirst())
            bindArguments(caller);
        for (const OpKind kind : {OpKind::ASSIGN_VARIABLE, OpKind::READ_VARIABLE})
            describeVariables(kind);
        join();
    }

private:
    bool exists(int32_t graph) const {
        const auto i = static_cast<size_t>(graph);
        return graph >= 0 && i < m_graphs.size() && m_graphs[i] != nullptr;
    }

    void dropDamaged() {
        for (size_t i = 1; i < m_graphs.size(); ++i)
            if (m_graphs[i] != nullptr && !validate(*m_graphs[i])) m_graphs[i] = nullptr;
    }

    template <typename Visit>
    void forEachOp(Visit visit) {
        for (const auto& graph : m_graphs)
            for (size_t op = 0; graph != nullptr && op < graph->ops.size(); ++op)
                visit(*graph, graph->ops[op]);
    }

    void nameHandles() {
        std::map<std::string, int32_t> known;
        forEachOp([&](Graph& graph, const Op& op) {
            const auto* o = std::get_if<VariableOptions>(&op.options);
            if (op.kind != OpKind::VAR_HANDLE || o == nullptr || op.outputs.empty()) return;
            const std::string name =
                (o->container.empty() ? "" : o->container + "/") + o->sharedName;
            const auto next = static_cast<int32_t>(m_variables.size());
            const auto [row, isNew] = known.try_emplace(name, next);
            if (isNew) m_variables.push_back({name, DataType::Float32, {0}, 0});
            tensorOf(graph, op.outputs[0]).resource = row->second;
        });
    }

    static Tensor& tensorOf(Graph& graph, int32_t index) {
        return graph.tensors[static_cast<size_t>(index)];
    }

    /// All graphs, each after those that call it.
    std::vector<size_t> callersFirst() {
        std::vector<int> callers(m_graphs.size(), 0);
        forEachOp([&](Graph&, const Op& op) {
            for (int32_t called : calledSubgraphs(op))
                if (exists(called)) ++callers[static_cast<size_t>(called)];
        });
        std::vector<size_t> order;
        for (size_t i = 0; i < m_graphs.size(); ++i)
            if (callers[i] == 0 && m_graphs[i] != nullptr) order.push_back(i);
        for (size_t next = 0; next < order.size(); ++next)
            for (const Op& op : m_graphs[order[next]]->ops)
                for (int32_t called : calledSubgraphs(op))
                    if (exists(called) && --callers[static_cast<size_t>(called)] == 0)
                        order.push_back(static_cast<size_t>(called));
        m_order = order;
        return order;
    }

    void bindArguments(size_t caller) {
        Graph& graph = *m_graphs[caller];
        for (const Op& op : graph.ops) {
            const size_t first = op.kind == OpKind::IF ? 1 : 0;  // the condition is no argument
            for (int32_t called : calledSubgraphs(op))
                for (size_t i = first; exists(called) && i < op.inputs.size(); ++i)
                    bind(graph, op.inputs[i], called, i - first);
            if (op.kind == OpKind::WHILE) keepHandles(graph, op);
        }
    }

    void bind(const Graph& graph, int32_t given, int32_t called, size_t port) {
        Graph& callee = *m_graphs[static_cast<size_t>(called)];
        if (given < 0 || graph.tensor(given).resource < 0 || port >= callee.inputs.size()) return;
        const int32_t variable = graph.tensor(given).resource;
        Tensor& parameter = tensorOf(callee, callee.inputs[port]);
        const std::pair key{called, callee.inputs[port]};
        if (parameter.resource >= 0 && parameter.resource != variable) m_ambiguous.insert(key);
        parameter.resource = m_ambiguous.contains(key) ? -1 : variable;
    }

    /// A loop's body hands a handle on unchanged.
    void keepHandles(Graph& graph, const Op& op) {
        for (size_t i = 0; i < std::min(op.inputs.size(), op.outputs.size()); ++i)
            if (op.inputs[i] >= 0)
                tensorOf(graph, op.outputs[i]).resource = graph.tensor(op.inputs[i]).resource;
    }

    void describeVariables(OpKind kind) {
        forEachOp([&](Graph& graph, const Op& op) {
            const int32_t value =
                kind == OpKind::ASSIGN_VARIABLE ? op.input(1) : op.output(0);
            if (op.kind != kind || op.input(0) < 0 || value < 0) return;
            const int32_t index = graph.tensor(op.input(0)).resource;
            if (index < 0 || !m_described.insert(index).second) return;
            ResourceVariable& variable = m_variables[static_cast<size_t>(index)];
            variable.type = graph.tensor(value).type;
            variable.shape = graph.tensor(value).shape;
            variable.reset = static_cast<uint8_t>(graph.tensor(value).quantization.firstZeroPoint());
        });
    }

    void join() {
        for (auto graph = m_order.rbegin(); graph != m_order.rend(); ++graph) {
            Graph& caller = *m_graphs[*graph];
            caller.variables = m_variables;
            for (const Op& op : caller.ops)
                for (int32_t called : calledSubgraphs(op))
                    if (exists(called)) give(caller, static_cast<size_t>(called));
        }
        for (size_t i = 1; i < m_graphs.size(); ++i)
            give(*m_graphs[0], i);
    }

    void give(Graph& graph, size_t index) {
        if (graph.subgraphs.size() <= index) graph.subgraphs.resize(index + 1);
        graph.subgraphs[index] = m_graphs[index];
    }

    std::vector<std::shared_ptr<Graph>> m_graphs;
    std::vector<ResourceVariable> m_variables;
    std::set<int32_t> m_described;
    std::set<std::pair<int32_t, int32_t>> m_ambiguous;  ///< parameters that hold several handles
    std::vector<size_t> m_order;
};

}  // namespace

std::vector<int32_t> calledSubgraphs(const Op& op) {
    const auto* o = std::get_if<SubgraphOptions>(&op.options);
    if (o == nullptr) return {};
    if (op.kind == OpKind::CALL_ONCE) return {o->first};
    if (op.kind == OpKind::IF || op.kind == OpKind::WHILE) return {o->first, o->second};
    return {};
}

void linkSubgraphs(std::vector<std::shared_ptr<Graph>> graphs) {
    Linker(std::move(graphs)).run();
}

}  // namespace analysis
