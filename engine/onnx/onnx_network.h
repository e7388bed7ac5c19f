// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: an ONNX model as plain values, independent of protobuf. Names connect
// nodes. Rewrites (quantized_operators.h, fuse_nodes.h) change the list of nodes before it is
// converted.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "types/data_type.h"
#include "types/result.h"
#include "types/tensor.h"

namespace onnx {

/// A constant. Values are doubles: exact for every type but 64-bit integers beyond 2^53, of which
/// only the largest ("to the end") occur.
struct ConstantArray {
    types::DataType type = types::DataType::Float32;
    types::Shape shape;
    std::shared_ptr<const std::vector<double>> values;

    int64_t elements() const { return types::elementCount(shape); }
    double at(size_t index) const { return (*values)[index]; }
};

ConstantArray makeArray(types::DataType type, types::Shape shape, std::vector<double> values);
ConstantArray scalarArray(types::DataType type, double value);

struct Attribute {
    float real = 0;
    int64_t integer = 0;
    std::string text;
    std::vector<float> reals;
    std::vector<int64_t> integers;
    std::optional<ConstantArray> tensor;
    bool isGraph = false;
};

struct Node {
    std::string name, op, domain;
    std::vector<std::string> inputs, outputs;  ///< an empty input is absent
    std::map<std::string, Attribute> attributes;

    bool hasInput(size_t i) const { return i < inputs.size() && !inputs[i].empty(); }
    const Attribute* find(const std::string& key) const;
    int64_t integer(const std::string& key, int64_t otherwise) const;
    float real(const std::string& key, float otherwise) const;
    std::string text(const std::string& key, const std::string& otherwise) const;
    std::vector<int64_t> integers(const std::string& key) const;
    /// "node 'conv1' (Conv)".
    std::string label() const;
};

/// A model's input: open dimensions are -1.
struct Port {
    std::string name;
    types::DataType type = types::DataType::Float32;
    types::Shape shape;
};

struct OnnxNetwork {
    std::string producer;
    int64_t opset = 0;
    std::vector<Node> nodes;  ///< in an order in which they can run, without unused ones
    std::map<std::string, ConstantArray> constants;
    std::vector<Port> inputs;
    std::vector<std::string> outputs;
    std::vector<std::string> notes;  ///< what the conversion changed on the way

    /// A name that no node uses.
    std::string freshName(const std::string& stem);

private:
    int m_fresh = 0;
};

/// Thrown inside the room where a model cannot be mapped; readOnnx() returns it as an Error.
struct Unmappable {
    types::Error error;
};
[[noreturn]] void refuse(const Node& node, const std::string& reason,
                         const std::string& remedy = "");
inline void require(bool holds, const Node& node, const std::string& reason) {
    if (!holds) refuse(node, reason);
}

/// Sorts the nodes by their data flow and drops those that no output needs. Throws for cycles and
/// names that nothing gives.
void sortNodes(OnnxNetwork& network);

}  // namespace onnx
