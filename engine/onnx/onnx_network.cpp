// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/onnx_network.h"

#include <algorithm>
#include <set>

namespace onnx {
namespace {

/// Which node gives a name.
std::map<std::string, size_t> writersOf(const OnnxNetwork& network) {
    std::map<std::string, size_t> writers;
    for (size_t n = 0; n < network.nodes.size(); ++n)
        for (const std::string& output : network.nodes[n].outputs) {
            if (output.empty()) continue;
            if (!writers.emplace(output, n).second)
                refuse(network.nodes[n], "writes '" + output + "', which another node writes, too");
        }
    return writers;
}

/// Depth-first with a stack of its own, so that a long model needs no deep recursion.
class NodeOrder {
public:
    explicit NodeOrder(const OnnxNetwork& network)
        : m_network(network),
          m_writers(writersOf(network)),
          m_state(network.nodes.size(), State::New) {
        for (const Port& input : network.inputs)
            m_given.insert(input.name);
    }

    void visit(const std::string& output) {
        push(output, nullptr);
        while (!m_stack.empty())
            step();
    }

    std::vector<size_t> order() const { return m_order; }

private:
    enum class State : int8_t { New, Open, Done };
    struct Frame {
        size_t node, next = 0;
    };

    void push(const std::string& name, const Node* reader) {
        if (name.empty() || m_network.constants.contains(name) || m_given.contains(name)) return;
        const auto writer = m_writers.find(name);
        if (writer == m_writers.end()) {
            const std::string what = "'" + name + "' is given by no node, input or initializer";
            if (reader != nullptr) refuse(*reader, "reads what does not exist: " + what);
            throw Unmappable{{"model output " + what, "", "export the model again"}};
        }
        State& state = m_state[writer->second];
        if (state == State::Open)
            refuse(m_network.nodes[writer->second], "depends on its own output");
        if (state == State::Done) return;
        state = State::Open;
        m_stack.push_back({writer->second});
    }

    void step() {
        Frame& frame = m_stack.back();
        const Node& node = m_network.nodes[frame.node];
        if (frame.next < node.inputs.size()) {
            push(node.inputs[frame.next++], &node);
            return;
        }
        m_state[frame.node] = State::Done;
        m_order.push_back(frame.node);
        m_stack.pop_back();
    }

    const OnnxNetwork& m_network;
    std::map<std::string, size_t> m_writers;
    std::set<std::string> m_given;
    std::vector<State> m_state;
    std::vector<Frame> m_stack;
    std::vector<size_t> m_order;
};

}  // namespace

ConstantArray makeArray(types::DataType type, types::Shape shape, std::vector<double> values) {
    return {type, std::move(shape), std::make_shared<const std::vector<double>>(std::move(values))};
}

ConstantArray scalarArray(types::DataType type, double value) {
    return makeArray(type, {}, {value});
}

const Attribute* Node::find(const std::string& key) const {
    const auto found = attributes.find(key);
    return found == attributes.end() ? nullptr : &found->second;
}

int64_t Node::integer(const std::string& key, int64_t otherwise) const {
    const Attribute* attribute = find(key);
    return attribute != nullptr ? attribute->integer : otherwise;
}

float Node::real(const std::string& key, float otherwise) const {
    const Attribute* attribute = find(key);
    return attribute != nullptr ? attribute->real : otherwise;
}

std::string Node::text(const std::string& key, const std::string& otherwise) const {
    const Attribute* attribute = find(key);
    return attribute != nullptr ? attribute->text : otherwise;
}

std::vector<int64_t> Node::integers(const std::string& key) const {
    const Attribute* attribute = find(key);
    return attribute != nullptr ? attribute->integers : std::vector<int64_t>{};
}

std::string Node::label() const {
    std::string id = name;
    if (id.empty() && !outputs.empty()) id = outputs.front();
    const bool isStandard = domain.empty() || domain == "ai.onnx";
    return "node '" + id + "' (" + (isStandard ? "" : domain + ".") + op + ")";
}

std::string OnnxNetwork::freshName(const std::string& stem) {
    return stem + "/netcaliper_" + std::to_string(m_fresh++);
}

void refuse(const Node& node, const std::string& reason, const std::string& remedy) {
    throw Unmappable{{reason, node.label(), remedy}};
}

void sortNodes(OnnxNetwork& network) {
    NodeOrder order(network);
    for (const std::string& output : network.outputs)
        order.visit(output);
    std::vector<Node> sorted;
    for (size_t node : order.order())
        sorted.push_back(std::move(network.nodes[node]));
    network.nodes = std::move(sorted);
}

}  // namespace onnx
