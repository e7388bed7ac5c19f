// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/quantized_operators.h"

#include "onnx/array_math.h"
#include "onnx/evaluate_node.h"

namespace onnx {
namespace {

using types::DataType;

/// Replaces one node by several.
class Expansion {
public:
    Expansion(OnnxNetwork& network, const Node& node, std::vector<Node>& out)
        : m_network(network), m_node(node), m_out(out) {}

    const Node& node() const { return m_node; }
    OnnxNetwork& network() { return m_network; }

    /// The real values of a tensor of codes; `first` is its place among the inputs, followed by its
    /// scale and zero point.
    std::string real(size_t codes, size_t scale, size_t zero, int64_t axis = 1) {
        require(m_node.hasInput(codes) && m_node.hasInput(scale), m_node, "lacks inputs");
        return dequantized(m_node.inputs[codes], m_node.inputs[scale],
                           m_node.hasInput(zero) ? m_node.inputs[zero] : "", axis);
    }
    std::string real(size_t first, int64_t axis = 1) {
        return real(first, first + 1, first + 2, axis);
    }
    std::string dequantized(const std::string& codes, const std::string& scale,
                            const std::string& zero, int64_t axis) {
        Node dequantize{m_node.name, "DequantizeLinear", "", {codes, scale}, {}, {}};
        if (!zero.empty()) dequantize.inputs.push_back(zero);
        dequantize.outputs = {m_network.freshName(codes + "/real")};
        Attribute attribute;
        attribute.integer = axis;
        dequantize.attributes["axis"] = attribute;
        m_out.push_back(dequantize);
        return m_out.back().outputs[0];
    }
    /// The plain operator with the node's attributes; its result gets the scale at `scale`.
    void plain(const std::string& op, std::vector<std::string> inputs, size_t scale) {
        Node result = m_node;
        result.op = op;
        result.domain.clear();
        result.inputs = std::move(inputs);
        result.outputs = {m_network.freshName(m_node.outputs[0] + "/real")};
        m_out.push_back(result);
        require(m_node.hasInput(scale), m_node, "lacks the scale of its result");
        Node quantize{m_node.name, "QuantizeLinear", "", {}, {m_node.outputs[0]}, {}};
        quantize.inputs = {result.outputs[0], m_node.inputs[scale]};
        if (m_node.hasInput(scale + 1)) quantize.inputs.push_back(m_node.inputs[scale + 1]);
        m_out.push_back(quantize);
    }
    /// The plain operator without codes of its result.
    void plainReal(const std::string& op, std::vector<std::string> inputs) {
        Node result = m_node;
        result.op = op;
        result.domain.clear();
        result.inputs = std::move(inputs);
        result.outputs.resize(1);
        m_out.push_back(result);
    }
    const ConstantArray* constant(size_t input) const {
        if (!m_node.hasInput(input)) return nullptr;
        const auto found = m_network.constants.find(m_node.inputs[input]);
        return found == m_network.constants.end() ? nullptr : &found->second;
    }
    std::string addConstant(const std::string& stem, ConstantArray array) {
        const std::string name = m_network.freshName(stem);
        m_network.constants[name] = std::move(array);
        return name;
    }
    /// Integer biases have the scale input * weights.
    std::string bias(size_t input, size_t inputScale, size_t weightScale) {
        const ConstantArray *a = constant(inputScale), *b = constant(weightScale);
        require(a != nullptr && b != nullptr && a->elements() == 1, m_node,
                "computes its scales at run time");
        const double factor = a->at(0);
        const ConstantArray product =
            mapped(*b, DataType::Float32, [factor](double scale) { return scale * factor; });
        const std::string scale = addConstant(m_node.inputs[input] + "/scale", product);
        return dequantized(m_node.inputs[input], scale, "", 0);
    }

private:
    OnnxNetwork& m_network;
    const Node& m_node;
    std::vector<Node>& m_out;
};

void expandConv(Expansion& e) {
    std::vector<std::string> inputs{e.real(0), e.real(3, 0)};
    if (e.node().hasInput(8)) inputs.push_back(e.bias(8, 1, 4));
    e.plain("Conv", std::move(inputs), 6);
}

void expandMatMul(Expansion& e) {
    e.plain("MatMul", {e.real(0), e.real(3)}, 6);
}

void expandGemm(Expansion& e) {
    const bool isTransposed = e.node().integer("transB", 0) != 0;
    std::vector<std::string> inputs{e.real(0), e.real(3, isTransposed ? 0 : 1)};
    if (e.node().hasInput(6)) inputs.push_back(e.bias(6, 1, 4));
    if (e.node().hasInput(7))
        e.plain("Gemm", std::move(inputs), 7);
    else
        e.plainReal("Gemm", std::move(inputs));
}

template <const char* const& kOp>
void expandUnary(Expansion& e) {
    const std::string op = kOp;
    require(e.node().integer("channels_last", 0) == 0, e.node(), "has its channels last");
    e.plain(op, {e.real(0)}, 3);
}

void expandConcat(Expansion& e) {
    std::vector<std::string> inputs;
    for (size_t i = 2; i + 1 < e.node().inputs.size(); i += 3)
        inputs.push_back(e.real(i));
    require(!inputs.empty(), e.node(), "joins nothing");
    e.plain("Concat", std::move(inputs), 0);
}

/// The scale with which the codes of an input were written.
std::string writtenScale(Expansion& e, const std::string& codes) {
    for (const Node& node : e.network().nodes)
        if (node.op == "QuantizeLinear" && node.outputs[0] == codes && node.hasInput(1))
            return node.inputs[1];
    return "";
}

/// Sums of products of codes less their zero points: real products, with the scale of the input
/// divided out of the weights again.
void expandInteger(Expansion& e) {
    const Node& node = e.node();
    e.network().notes.push_back("integer operators without a scale are computed in float");
    require(node.inputs.size() >= 2, node, "lacks inputs");
    const auto zeroAt = [&](size_t i) { return node.hasInput(i) ? node.inputs[i] : std::string(); };
    const std::string one = e.addConstant("one", scalarArray(DataType::Float32, 1));
    const bool isDynamic = e.network().constants.contains("dynamic:" + node.inputs[0]);
    const std::string scale = writtenScale(e, node.inputs[0]);
    std::string input = node.inputs[0], weightScale = one;
    if (!isDynamic) input = e.dequantized(input, scale.empty() ? one : scale, zeroAt(2), 1);
    if (!scale.empty()) {
        const auto number = e.network().constants.find(scale);
        require(number != e.network().constants.end() && number->second.elements() == 1, node,
                "reads codes whose scale is computed at run time");
        weightScale =
            e.addConstant("scale", scalarArray(DataType::Float32, 1.0 / number->second.at(0)));
    }
    const std::string weights = e.dequantized(node.inputs[1], weightScale, zeroAt(3), 0);
    e.plainReal(node.op == "ConvInteger" ? "Conv" : "MatMul", {input, weights});
}

/// Codes of a scale that is found at run time: the real numbers take their place, with scale 1.
void expandDynamic(Expansion& e) {
    const Node& node = e.node();
    e.network().notes.push_back("dynamically quantized activations are computed in float");
    const char* const unused = "";
    for (size_t i = 1; i < node.outputs.size(); ++i)
        if (node.outputs[i] != unused)
            e.network().constants[node.outputs[i]] = scalarArray(DataType::Float32, i == 1 ? 1 : 0);
    e.network().constants["dynamic:" + node.outputs[0]] = scalarArray(DataType::Float32, 1);
    e.plainReal("Identity", {node.inputs.at(0)});
}

constexpr const char* kAveragePool = "AveragePool";
constexpr const char* kGlobalAveragePool = "GlobalAveragePool";
constexpr const char* kSigmoid = "Sigmoid";
constexpr const char* kLeakyRelu = "LeakyRelu";
constexpr const char* kSoftmax = "Softmax";
constexpr const char* kReduceMean = "ReduceMean";

void expandAdd(Expansion& e) {
    e.plain("Add", {e.real(0), e.real(3)}, 6);
}

void expandMul(Expansion& e) {
    e.plain("Mul", {e.real(0), e.real(3)}, 6);
}

struct ExpansionRule {
    const char* op;
    const char* domain;
    void (*expand)(Expansion&);
};

constexpr const char* kMicrosoft = "com.microsoft";
constexpr ExpansionRule kExpansionRules[] = {
    {"QLinearConv", "", expandConv},
    {"QLinearMatMul", "", expandMatMul},
    {"ConvInteger", "", expandInteger},
    {"MatMulInteger", "", expandInteger},
    {"DynamicQuantizeLinear", "", expandDynamic},
    {"QLinearAdd", kMicrosoft, expandAdd},
    {"QLinearMul", kMicrosoft, expandMul},
    {"QGemm", kMicrosoft, expandGemm},
    {"QLinearConcat", kMicrosoft, expandConcat},
    {"QLinearAveragePool", kMicrosoft, expandUnary<kAveragePool>},
    {"QLinearGlobalAveragePool", kMicrosoft, expandUnary<kGlobalAveragePool>},
    {"QLinearSigmoid", kMicrosoft, expandUnary<kSigmoid>},
    {"QLinearLeakyRelu", kMicrosoft, expandUnary<kLeakyRelu>},
    {"QLinearSoftmax", kMicrosoft, expandUnary<kSoftmax>},
    {"QLinearReduceMean", kMicrosoft, expandUnary<kReduceMean>},
};

const ExpansionRule* expansionRuleOf(const Node& node) {
    for (const ExpansionRule& rule : kExpansionRules)
        if (node.op == rule.op && node.domain == rule.domain) return &rule;
    return nullptr;
}

}  // namespace

void foldConstantNodes(OnnxNetwork& network) {
    std::vector<Node> left;
    for (Node& node : network.nodes) {
        NodeArguments arguments{node, network.opset, {}};
        bool isConstant = node.domain.empty() && node.outputs.size() == 1;
        for (const std::string& name : node.inputs) {
            const auto found = network.constants.find(name);
            const bool isHere = found != network.constants.end();
            arguments.constants.push_back(isHere ? &found->second : nullptr);
            isConstant = isConstant && (isHere || name.empty());
        }
        auto array = isConstant ? evaluateNode(arguments) : std::nullopt;
        if (array)
            network.constants[node.outputs[0]] = std::move(*array);
        else
            left.push_back(std::move(node));
    }
    network.nodes = std::move(left);
}

void expandQuantizedOperators(OnnxNetwork& network) {
    std::vector<Node> out;
    for (const Node& node : network.nodes) {
        const ExpansionRule* rule = expansionRuleOf(node);
        if (rule == nullptr) {
            out.push_back(node);
            continue;
        }
        Expansion expansion(network, node, out);
        rule->expand(expansion);
    }
    network.nodes = std::move(out);
}

}  // namespace onnx
