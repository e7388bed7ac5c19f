// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/validate.h"

#include "analysis/shapes.h"
#include "analysis/validate_tensor.h"

namespace analysis {
namespace {

using namespace types;

bool exists(const Graph& graph, int32_t tensor) {
    return tensor >= 0 && static_cast<size_t>(tensor) < graph.tensors.size();
}

Result<void> checkPorts(const Graph& graph, const std::vector<int32_t>& ports, const char* which) {
    for (int32_t tensor : ports)
        if (!exists(graph, tensor))
            return fail("model " + std::string(which) + " names tensor " + std::to_string(tensor) +
                            ", the model has " + std::to_string(graph.tensors.size()),
                        "subgraph 0", kExportAgain);
    return {};
}

/// Operators that may act on variables alone.
bool mayLackOutputs(OpKind kind) {
    return kind == OpKind::ASSIGN_VARIABLE || kind == OpKind::CALL_ONCE || kind == OpKind::IF ||
           kind == OpKind::WHILE;
}

Result<void> checkOperands(const Graph& graph, size_t index) {
    const Op& op = graph.ops[index];
    const std::string where = opLabel(graph, index);
    for (int32_t tensor : op.inputs)
        if (tensor != -1 && !exists(graph, tensor))
            return fail("input tensor " + std::to_string(tensor) + " does not exist", where,
                        kExportAgain);
    for (int32_t tensor : op.outputs)
        if (!exists(graph, tensor))
            return fail("output tensor " + std::to_string(tensor) + " does not exist", where,
                        kExportAgain);
    for (int32_t tensor : op.intermediates)
        if (tensor != -1 && !exists(graph, tensor))
            return fail("intermediate tensor " + std::to_string(tensor) + " does not exist", where,
                        kExportAgain);
    if (op.outputs.empty() && !mayLackOutputs(op.kind))
        return fail("has no outputs", where, kExportAgain);
    return {};
}

/// Every tensor is written at most once, before it is read, and no constant is written. A tensor
/// that no operator writes is memory that its reader uses as it likes (scratch of operators that
/// Vela compiled); only lowering knows whether the reader takes it.
class DataFlow {
public:
    explicit DataFlow(const Graph& graph) : m_graph(graph), m_ready(graph.tensors.size(), false) {
        for (int32_t t = 0; static_cast<size_t>(t) < graph.tensors.size(); ++t) {
            const Tensor& tensor = graph.tensor(t);
            m_ready[static_cast<size_t>(t)] = graph.isConstant(t) || tensor.isVariable ||
                                              tensor.externalBuffer != 0 || tensor.elements() == 0;
        }
        m_scratch.assign(graph.tensors.size(), true);
        for (const Op& op : graph.ops)
            for (int32_t t : op.outputs)
                m_scratch[static_cast<size_t>(t)] = false;
        for (int32_t t : graph.inputs)
            m_ready[static_cast<size_t>(t)] = true;
    }

    Result<void> step(size_t index) {
        const std::string where = opLabel(m_graph, index);
        const Op& op = m_graph.ops[index];
        for (int32_t t : op.inputs)
            if (t >= 0 && !m_ready[static_cast<size_t>(t)] && !m_scratch[static_cast<size_t>(t)])
                return fail("reads " + tensorLabel(m_graph, t) + " before any operator wrote it",
                            where, kExportAgain);
        for (int32_t t : op.outputs) {
            // Its output is its state, too.
            const bool isState =
                op.kind == OpKind::CIRCULAR_BUFFER && m_graph.tensor(t).isVariable;
            if (m_ready[static_cast<size_t>(t)] && m_graph.tensor(t).elements() != 0 && !isState)
                return fail("writes " + tensorLabel(m_graph, t) +
                                ", which is a constant, an input or already written",
                            where, kExportAgain);
            m_ready[static_cast<size_t>(t)] = true;
        }
        return {};
    }

    Result<void> finish() const {
        for (int32_t t : m_graph.outputs)
            if (!m_ready[static_cast<size_t>(t)])
                return fail("model output is written by no operator", tensorLabel(m_graph, t),
                            kExportAgain);
        return {};
    }

private:
    const Graph& m_graph;
    std::vector<bool> m_ready, m_scratch;
};

Result<void> checkShapes(const Graph& graph, size_t index) {
    const Op& op = graph.ops[index];
    const std::string where = opLabel(graph, index);
    const auto activation = static_cast<int>(activationOf(op.options));
    if (activation < 0 || activation > static_cast<int>(Activation::SignBit))
        return fail("unknown fused activation " + std::to_string(activation), where, kExportAgain);
    if (mayHavePlaceholders(graph, op) && mayDisagree(graph, op)) return {};
    const auto inferred = inferOutputShapes(graph, op);
    if (!inferred) return fail(inferred.error().what, where, kExportAgain);
    if (inferred->size() != op.outputs.size())
        return fail("has " + std::to_string(op.outputs.size()) + " outputs, expected " +
                        std::to_string(inferred->size()),
                    where, kExportAgain);
    for (size_t i = 0; i < inferred->size(); ++i) {
        const Shape& declared = graph.tensor(op.outputs[i]).shape;
        if ((*inferred)[i] != declared)
            return fail("output " + tensorLabel(graph, op.outputs[i]) + " is declared " +
                            shapeText(declared) + ", its inputs make " + shapeText((*inferred)[i]),
                        where, kExportAgain);
    }
    return {};
}

}  // namespace

Result<void> validateIndices(const Graph& graph) {
    for (int32_t t = 0; static_cast<size_t>(t) < graph.tensors.size(); ++t)
        if (auto sound = validateTensor(graph, t); !sound) return sound;
    if (auto sound = checkPorts(graph, graph.inputs, "input"); !sound) return sound;
    if (auto sound = checkPorts(graph, graph.outputs, "output"); !sound) return sound;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (auto sound = checkOperands(graph, i); !sound) return sound;
    return {};
}

Result<void> validate(const Graph& graph) {
    if (auto sound = validateIndices(graph); !sound) return sound;
    DataFlow flow(graph);
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        if (auto sound = flow.step(i); !sound) return sound;
        if (auto sound = checkShapes(graph, i); !sound) return sound;
    }
    return flow.finish();
}

}  // namespace analysis
