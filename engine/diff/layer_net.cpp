// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/layer_net.h"

#include <algorithm>

namespace diff {
namespace {

using namespace types;

constexpr int32_t kNobody = INT32_MIN;

bool isConstantOnly(const Graph& graph, const std::vector<int32_t>& writer,
                    const std::vector<bool>& isLink, const Op& op) {
    bool hasInput = false;
    for (const int32_t t : op.inputs) {
        if (t < 0) continue;
        hasInput = true;
        const int32_t by = writer[static_cast<size_t>(t)];
        // A link with a constant behind it gives a constant again.
        const bool isDecoded = by >= 0 && isLink[static_cast<size_t>(by)] &&
                               graph.ops[static_cast<size_t>(by)].kind != OpKind::QUANTIZE;
        if (!graph.isConstant(t) && !isDecoded) return false;
        if (isDecoded && !graph.isConstant(graph.ops[static_cast<size_t>(by)].input(0)))
            return false;
    }
    return hasInput;
}

class NetBuilder {
public:
    explicit NetBuilder(const Graph& graph) : m_graph(graph), m_writer(m_net.writer) {
        m_net.graph = &graph;
        m_writer.assign(graph.tensors.size(), -1);
        const size_t ops = graph.ops.size();
        m_net.isLink.assign(ops, false);
        m_net.producers.resize(ops);
        m_net.consumers.resize(ops);
        m_net.outputSlot.assign(ops, -1);
        for (size_t i = 0; i < ops; ++i)
            for (const int32_t t : graph.ops[i].outputs)
                if (t >= 0) m_writer[static_cast<size_t>(t)] = static_cast<int32_t>(i);
        m_inputOf.assign(graph.tensors.size(), kNobody);
        for (size_t i = 0; i < graph.inputs.size(); ++i)
            m_inputOf[static_cast<size_t>(graph.inputs[i])] = asProducer(static_cast<int32_t>(i));
    }

    LayerNet build() {
        for (size_t i = 0; i < m_graph.ops.size(); ++i) {
            const Op& op = m_graph.ops[i];
            const bool converts = op.kind == OpKind::QUANTIZE || op.kind == OpKind::DEQUANTIZE;
            m_net.isLink[i] = converts || isConstantOnly(m_graph, m_writer, m_net.isLink, op);
        }
        connect();
        for (size_t i = 0; i < m_graph.outputs.size(); ++i)
            if (const int32_t by = producerOf(m_graph.outputs[i]); by >= 0)
                m_net.outputSlot[static_cast<size_t>(by)] = static_cast<int32_t>(i);
        order();
        return std::move(m_net);
    }

private:
    /// The layer or model input behind a tensor; kNobody for constants and state.
    int32_t producerOf(int32_t tensor) const {
        // A validated graph has no cycles, so that every step leads to an earlier operator.
        for (size_t step = 0; step <= m_graph.ops.size() && tensor >= 0; ++step) {
            const int32_t by = m_writer[static_cast<size_t>(tensor)];
            if (by < 0) return m_inputOf[static_cast<size_t>(tensor)];
            if (!m_net.isLink[static_cast<size_t>(by)]) return by;
            tensor = m_graph.ops[static_cast<size_t>(by)].input(0);
        }
        return kNobody;
    }

    void connect() {
        for (size_t i = 0; i < m_graph.ops.size(); ++i) {
            for (const int32_t t : m_graph.ops[i].inputs) {
                const int32_t by = t < 0 ? kNobody : producerOf(t);
                if (by == kNobody) continue;
                m_net.producers[i].push_back(by);
                if (by < 0 || m_net.isLink[i]) continue;
                auto& readers = m_net.consumers[static_cast<size_t>(by)];
                const auto self = static_cast<int32_t>(i);
                if (readers.empty() || readers.back() != self) readers.push_back(self);
            }
        }
    }

    void order() {
        std::vector<uint8_t> isSeen(m_graph.ops.size(), 0);
        for (const int32_t output : m_graph.outputs)
            visit(producerOf(output), isSeen);
        for (size_t i = 0; i < m_graph.ops.size(); ++i)
            if (!m_net.isLink[i]) visit(static_cast<int32_t>(i), isSeen);
    }

    /// Depth first without recursion: models may be thousands of layers deep.
    void visit(int32_t root, std::vector<uint8_t>& isSeen) {
        std::vector<std::pair<int32_t, size_t>> stack;
        const auto enter = [&](int32_t layer) {
            if (layer < 0 || isSeen[static_cast<size_t>(layer)]) return;
            isSeen[static_cast<size_t>(layer)] = 1;
            stack.emplace_back(layer, 0);
        };
        enter(root);
        while (!stack.empty()) {
            auto& [layer, next] = stack.back();
            const auto& producers = m_net.producersOf(layer);
            if (next < producers.size()) {
                enter(producers[next++]);
                continue;
            }
            m_net.sequence.push_back(layer);
            stack.pop_back();
        }
    }

    const Graph& m_graph;
    LayerNet m_net;
    std::vector<int32_t>& m_writer;
    std::vector<int32_t> m_inputOf;
};

}  // namespace

LayerNet netOf(const Graph& graph) {
    return NetBuilder(graph).build();
}

int32_t constantBehind(const LayerNet& net, int32_t layer, size_t operand) {
    const Graph& graph = *net.graph;
    int32_t tensor = net.op(layer).input(operand);
    while (tensor >= 0 && !graph.isConstant(tensor)) {
        const int32_t by = net.writer[static_cast<size_t>(tensor)];
        if (by < 0 || !net.isLink[static_cast<size_t>(by)]) return -1;
        tensor = net.op(by).input(0);
    }
    return tensor;
}

}  // namespace diff
