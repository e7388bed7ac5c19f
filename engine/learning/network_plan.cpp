// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/network_plan.h"

#include <algorithm>
#include <map>
#include <optional>

#include "quantize/scale_rules.h"

namespace learning {

using types::Graph;
using types::Op;
using types::OpKind;
using types::Result;

namespace {

std::optional<size_t> writerOf(const Graph& graph, int32_t tensor) {
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (std::ranges::count(graph.ops[i].outputs, tensor) > 0) return i;
    return std::nullopt;
}

int32_t beforeSoftmax(const Graph& graph, int32_t output) {
    int32_t tensor = output;
    while (const auto writer = writerOf(graph, tensor)) {
        const Op& op = graph.ops[*writer];
        if (op.kind == OpKind::SOFTMAX) return op.input(0);
        if (op.kind != OpKind::QUANTIZE && op.kind != OpKind::DEQUANTIZE) break;
        tensor = op.input(0);
    }
    return output;
}

bool writes(const Op& op, const std::set<int32_t>& tensors) {
    return std::ranges::any_of(op.outputs, [&](int32_t t) { return tensors.contains(t); });
}

/// Adds the operators that compute `tensors`, and what they read, to `ops`.
std::set<size_t> opsBefore(const Graph& graph, std::set<int32_t> tensors, size_t end) {
    std::set<size_t> ops;
    for (size_t i = end; i-- > 0;)
        if (writes(graph.ops[i], tensors)) {
            ops.insert(i);
            tensors.insert(graph.ops[i].inputs.begin(), graph.ops[i].inputs.end());
        }
    return ops;
}

class Planning {
public:
    Planning(const Graph& graph, const NetworkOptions& options)
        : m_graph(graph), m_options(options), m_plan(std::make_unique<NetworkPlan>()) {}

    Result<std::unique_ptr<NetworkPlan>> run() {
        m_plan->outputs = m_options.beforeSoftmax ? scoreTensors(m_graph) : m_graph.outputs;
        for (int32_t output : m_plan->outputs)
            if (m_graph.tensor(output).type != types::DataType::Float32)
                return types::fail("only a float32 output can be trained",
                                   types::tensorLabel(m_graph, output),
                                   "convert the model to float32");
        setSizes();
        fillSlots();
        makeRules();
        if (auto sound = checkConstants(); !sound) return tl::unexpected(sound.error());
        findGradients();
        listParameters();
        planAdds();
        return std::move(m_plan);
    }

private:
    void setSizes() {
        const auto batch = static_cast<size_t>(m_options.batch);
        int64_t constants = 0;
        for (size_t t = 0; t < m_graph.tensors.size(); ++t)
            if (m_graph.isConstant(static_cast<int32_t>(t)))
                constants += m_graph.tensors[t].elements();
        const bool manyParameters = constants > kManyParameters;
        m_plan->groups = std::min(manyParameters ? kFewGroups : kGroups, batch);
        const size_t perGroup = (batch + m_plan->groups - 1) / m_plan->groups;
        m_plan->chunk = std::min(chunkThatFits(), perGroup);
    }

    size_t chunkThatFits() const {
        size_t most = 1;
        for (const Op& op : m_graph.ops) {
            size_t floats = 0;
            for (const auto* tensors : {&op.inputs, &op.outputs})
                for (int32_t t : *tensors)
                    if (t >= 0 && !m_graph.isConstant(t))
                        floats += static_cast<size_t>(m_graph.tensor(t).elements());
            most = std::max(most, floats);
        }
        return std::clamp<size_t>(kChunkFloats / most, 1, kChunkSamples);
    }

    void fillSlots() {
        for (size_t t = 0; t < m_graph.tensors.size(); ++t) {
            const types::Tensor& tensor = m_graph.tensors[t];
            Slot slot;
            slot.shape = tensor.shape;
            slot.size = static_cast<size_t>(tensor.elements());
            slot.constant = m_graph.isConstant(static_cast<int32_t>(t));
            m_plan->slots.push_back(std::move(slot));
        }
    }

    void makeRules() {
        std::set<int32_t> wanted(m_plan->outputs.begin(), m_plan->outputs.end());
        wanted.insert(m_options.watched.begin(), m_options.watched.end());
        const std::set<size_t> needed = opsBefore(m_graph, wanted, m_graph.ops.size());
        std::map<size_t, RulePtr> rules;
        for (size_t op : needed) {
            const auto batch = static_cast<size_t>(m_options.batch);
            rules[op] = makeRule({m_graph, op, m_plan->slots, batch, m_plan->chunk});
            if (rules[op]) continue;
            m_plan->frozen.push_back({op, "has no derivative rule"});
            m_plan->frozenOps.insert(op);
        }
        freezeBefore();
        for (auto& [op, rule] : rules)
            if (!m_plan->frozenOps.contains(op)) m_plan->ops.push_back({op, std::move(rule), {}});
    }

    /// Converters may store the weights of a float layer in 8 bits.
    Result<void> checkConstants() const {
        for (const RuleOp& op : m_plan->ops)
            for (size_t i = 0; i < m_graph.ops[op.op].inputs.size(); ++i) {
                const int32_t tensor = m_graph.ops[op.op].inputs[i];
                if (tensor >= 0 && m_graph.isConstant(tensor) && op.rule->trains(i) &&
                    m_graph.tensor(tensor).type != types::DataType::Float32)
                    return types::fail("only float32 weights can be trained",
                                       types::tensorLabel(m_graph, tensor),
                                       "convert the model to float32");
            }
        return {};
    }

    void freezeBefore() {
        for (const FrozenOp& frozen : m_plan->frozen) {
            const auto& inputs = m_graph.ops[frozen.op].inputs;
            m_plan->frozenOps.merge(opsBefore(m_graph, {inputs.begin(), inputs.end()}, frozen.op));
        }
    }

    bool isTrained(const RuleOp& op, size_t operand) const {
        const int32_t tensor = m_graph.ops[op.op].inputs[operand];
        return tensor >= 0 && m_plan->slots[static_cast<size_t>(tensor)].constant &&
               op.rule->trains(operand);
    }

    void findGradients() {
        auto& gradients = m_plan->gradients;
        gradients.assign(m_graph.tensors.size(), false);
        for (int32_t tensor : m_options.watched)
            gradients[static_cast<size_t>(tensor)] = true;
        if (m_options.inputGradients)
            for (int32_t input : m_graph.inputs)
                gradients[static_cast<size_t>(input)] = true;
        for (const RuleOp& op : m_plan->ops) {
            const auto& inputs = m_graph.ops[op.op].inputs;
            bool has = false;
            for (size_t i = 0; i < inputs.size(); ++i) {
                if (inputs[i] < 0) continue;
                has = has || gradients[static_cast<size_t>(inputs[i])];
                if (!isTrained(op, i)) continue;
                has = true;
                if (std::ranges::count(m_plan->trained, inputs[i]) == 0)
                    m_plan->trained.push_back(inputs[i]);
            }
            for (int32_t output : m_graph.ops[op.op].outputs)
                if (has) gradients[static_cast<size_t>(output)] = true;
        }
    }

    void listParameters() {
        for (int32_t tensor : m_plan->trained)
            m_plan->parameters.push_back(
                {tensor, m_graph.tensor(tensor).name, roleOf(tensor), {}, {}, {}});
        for (size_t op : m_plan->frozenOps)
            for (int32_t tensor : m_graph.ops[op].inputs)
                if (tensor >= 0 && isFrozenParameter(tensor))
                    m_plan->parameters.push_back({tensor,
                                                  m_graph.tensor(tensor).name,
                                                  roleOf(tensor),
                                                  {},
                                                  {},
                                                  "lies before " +
                                                      types::opLabel(m_graph, barrier(op)) +
                                                      ", which has no derivative rule"});
    }

    bool isFrozenParameter(int32_t tensor) const {
        const types::Tensor& t = m_graph.tensor(tensor);
        return m_graph.isConstant(tensor) && t.type == types::DataType::Float32 &&
               t.elements() > 1 &&
               std::ranges::none_of(m_plan->parameters,
                                    [&](const Parameter& p) { return p.tensor == tensor; });
    }
    /// The first operator without a rule from `op` on.
    size_t barrier(size_t op) const {
        for (const FrozenOp& frozen : m_plan->frozen)
            if (frozen.op >= op) return frozen.op;
        return op;
    }

    ParameterRole roleOf(int32_t tensor) const {
        for (const Op& op : m_graph.ops)
            if (const auto roles =
                    quantize::weightRoles(m_graph, static_cast<size_t>(&op - m_graph.ops.data()))) {
                if (op.input(roles->weights) == tensor) return ParameterRole::Weights;
                if (op.input(roles->bias) == tensor) return ParameterRole::Bias;
            }
        return ParameterRole::Other;
    }

    /// The first writer of a gradient in backward order overwrites it or finds it zero; gradients
    /// that the caller writes are added to.
    void planAdds() {
        std::set<int32_t> written(m_plan->outputs.begin(), m_plan->outputs.end());
        written.insert(m_options.watched.begin(), m_options.watched.end());
        for (auto row = m_plan->ops.rbegin(); row != m_plan->ops.rend(); ++row) {
            RuleOp& op = *row;
            const Op& operation = m_graph.ops[op.op];
            for (int32_t output : operation.outputs)
                if (m_plan->gradients[static_cast<size_t>(output)] && written.insert(output).second)
                    op.zeroed.push_back(output);
            for (size_t i = 0; i < operation.inputs.size(); ++i) {
                const int32_t input = operation.inputs[i];
                if (input < 0 || !m_plan->gradients[static_cast<size_t>(input)]) continue;
                const bool first = written.insert(input).second;
                op.rule->setAdds(i, !first || !op.rule->overwrites(i));
                if (first && !op.rule->overwrites(i)) op.zeroed.push_back(input);
            }
        }
    }

    const Graph& m_graph;
    const NetworkOptions& m_options;
    std::unique_ptr<NetworkPlan> m_plan;
};

}  // namespace

std::vector<int32_t> scoreTensors(const Graph& graph) {
    std::vector<int32_t> scores;
    for (int32_t output : graph.outputs)
        scores.push_back(beforeSoftmax(graph, output));
    return scores;
}

Result<std::unique_ptr<NetworkPlan>> planNetwork(const Graph& graph,
                                                 const NetworkOptions& options) {
    return Planning(graph, options).run();
}

}  // namespace learning
