// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/parse_network.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::DataType;
using types::Shape;

constexpr int kMaxNodes = 20000;
constexpr int64_t kOldestOpset = 7;  ///< older ones broadcast in another way
constexpr int64_t kNewestOpset = 21;
constexpr const char* kDamaged = "export or download the file again";

[[noreturn]] void refuseFile(const std::string& what, const std::string& remedy) {
    throw Unmappable{{what, "", remedy}};
}

Attribute readAttribute(const schema::AttributeProto& stored, const std::string& node,
                        const std::filesystem::path& directory) {
    Attribute result;
    result.real = stored.f();
    result.integer = stored.i();
    result.text = stored.s();
    result.reals.assign(stored.floats().begin(), stored.floats().end());
    result.integers.assign(stored.ints().begin(), stored.ints().end());
    if (stored.has_t())
        result.tensor =
            readTensor(stored.t(), "attribute '" + stored.name() + "' of " + node, directory);
    result.isGraph = stored.has_g();
    return result;
}

Node readNode(const schema::NodeProto& stored, const std::filesystem::path& directory) {
    Node node;
    node.name = stored.name();
    node.op = stored.op_type();
    node.domain = stored.domain() == "ai.onnx" ? "" : stored.domain();
    node.inputs.assign(stored.input().begin(), stored.input().end());
    node.outputs.assign(stored.output().begin(), stored.output().end());
    if (node.outputs.empty()) refuse(node, "has no outputs", kDamaged);
    for (const auto& attribute : stored.attribute())
        node.attributes[attribute.name()] = readAttribute(attribute, node.label(), directory);
    return node;
}

/// An open batch is 1; any other open dimension is an error, since a microcontroller's memory plan
/// needs all shapes.
int32_t dimensionOf(const schema::Dimension& stored, int index, const std::string& input) {
    if (stored.has_dim_value() && stored.dim_value() > 0) {
        if (stored.dim_value() <= kMaxDimension) return static_cast<int32_t>(stored.dim_value());
        refuseFile("input '" + input + "' has the dimension " + std::to_string(stored.dim_value()),
                   "models for microcontrollers are smaller");
    }
    std::string name = stored.dim_param();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (index == 0 || name == "n" || name.find("batch") != std::string::npos) return 1;
    refuseFile("input '" + input + "' leaves dimension " + std::to_string(index) +
                   (name.empty() ? "" : " ('" + stored.dim_param() + "')") + " open",
               "export the model with a fixed input shape");
}

Port readPort(const schema::ValueInfoProto& stored) {
    Port port;
    port.name = stored.name();
    if (!stored.type().has_tensor_type())
        refuseFile("input '" + port.name + "' is no tensor", "export a model of tensors only");
    const auto& tensor = stored.type().tensor_type();
    port.type = dataTypeOf(tensor.elem_type(), "input '" + port.name + "'");
    if (!tensor.has_shape())
        refuseFile("input '" + port.name + "' has no shape",
                   "export the model with a fixed input shape");
    if (tensor.shape().dim_size() > kMaxRank)
        refuseFile("input '" + port.name + "' has " + std::to_string(tensor.shape().dim_size()) +
                       " dimensions",
                   "at most 6 are supported");
    for (int d = 0; d < tensor.shape().dim_size(); ++d)
        port.shape.push_back(dimensionOf(tensor.shape().dim(d), d, port.name));
    if (!isSane(port.shape))
        refuseFile("input '" + port.name + "' has the shape " + types::shapeText(port.shape),
                   "models for microcontrollers are smaller");
    return port;
}

int64_t opsetOf(const schema::ModelProto& model) {
    for (const auto& opset : model.opset_import())
        if (opset.domain().empty() || opset.domain() == "ai.onnx") return opset.version();
    // A model of foreign operators alone names no standard opset.
    return model.opset_import_size() > 0 ? kNewestOpset : 0;
}

void readGraph(const schema::GraphProto& graph, const std::filesystem::path& directory,
               OnnxNetwork& network) {
    for (const auto& tensor : graph.initializer())
        network.constants[tensor.name()] =
            readTensor(tensor, "initializer '" + tensor.name() + "'", directory);
    std::set<std::string> names;
    for (const auto& input : graph.input()) {
        // Old files list initializers as inputs, too.
        if (network.constants.contains(input.name())) continue;
        if (!names.insert(input.name()).second)
            refuseFile("two inputs are named '" + input.name() + "'", kDamaged);
        network.inputs.push_back(readPort(input));
    }
    for (const auto& output : graph.output())
        network.outputs.push_back(output.name());
    for (const auto& node : graph.node())
        network.nodes.push_back(readNode(node, directory));
}

}  // namespace

OnnxNetwork parseNetwork(std::span<const uint8_t> bytes, const std::filesystem::path& directory) {
    schema::ModelProto model;
    if (!model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        refuseFile("the file is no ONNX model, or is truncated or damaged", kDamaged);
    if (!model.has_graph() || model.graph().output_size() == 0)
        refuseFile("the file is no ONNX model: it has no graph with outputs", kDamaged);
    if (model.graph().node_size() > kMaxNodes)
        refuseFile("the model has " + std::to_string(model.graph().node_size()) +
                       " nodes, more than " + std::to_string(kMaxNodes),
                   "models for microcontrollers are smaller");
    OnnxNetwork network;
    network.opset = opsetOf(model);
    if (network.opset < kOldestOpset)
        refuseFile("the model has opset " + std::to_string(network.opset) + ", 7 or newer is read",
                   "export it with opset 9 to 21");
    network.producer = model.producer_name();
    if (!model.producer_version().empty()) network.producer += " " + model.producer_version();
    readGraph(model.graph(), directory, network);
    return network;
}

}  // namespace onnx
