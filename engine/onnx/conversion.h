// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: the state of a conversion. Nodes are visited in the order of their data
// flow; each reads Values by name and gives Values.
//
// A quantized model (QDQ) states codes and scales around float operators. Here a value that a
// DequantizeLinear gives still refers to the tensor of codes. An operator whose operands all have
// codes and whose result is quantized at once becomes an integer operator with that result's scale
// (Tail); any other reads its operands through a DEQUANTIZE and computes in float.
//
// uint8 codes become int8 codes: code and zero point less 128, which changes no real value.

#include <map>
#include <set>

#include "onnx/array_math.h"
#include "onnx/node_arguments.h"
#include "onnx/view.h"
#include "types/graph.h"

namespace onnx {

/// Quantization of an activation, in our codes.
struct ActivationScale {
    float scale = 1;
    int32_t zeroPoint = 0;
    types::DataType type = types::DataType::Int8;  ///< or Int16

    bool operator==(const ActivationScale&) const = default;
};

/// A constant's codes in our range, and what they mean.
struct ConstantCodes {
    ConstantArray array;  ///< Int8, Int4, Int16 or Int32
    types::Quantization quantization;
};

struct OnnxValue {
    types::DataType type = types::DataType::Float32;  ///< in the ONNX model; Float32: real numbers
    types::Shape shape;
    std::optional<ConstantArray> constant;  ///< real or integer values
    std::optional<ConstantCodes> codes;     ///< of a constant that a DequantizeLinear gives
    View view;                              ///< of all others
};

/// What follows an operator and becomes part of it.
struct Tail {
    types::Activation activation = types::Activation::None;
    std::optional<ActivationScale> scale;             ///< of the QuantizeLinear that follows
    std::string name;                                 ///< of the last value
    types::DataType type = types::DataType::Float32;  ///< of that value in the ONNX model
    std::vector<size_t> nodes;                        ///< that need no operator of their own
};

class Conversion {
public:
    explicit Conversion(OnnxNetwork& network);
    types::Graph run();

    const OnnxValue& input(const Node& node, size_t i) const;
    NodeArguments arguments(const Node& node) const;
    int64_t opset() const { return m_network.opset; }
    void note(const std::string& text);

    // Operators and tensors.
    int32_t addTensor(std::string name, types::DataType type, types::Shape shape,
                      types::Quantization quantization = {});
    /// An activation with the type and scale of another one.
    int32_t addTensorLike(const std::string& name, int32_t tensor, types::Shape shape);
    int32_t addScaled(const std::string& name, types::Shape shape,
                      const std::optional<ActivationScale>& scale);
    int32_t addConstant(const std::string& name, const ConstantArray& array, types::DataType type,
                        types::Quantization quantization = {});
    int32_t addIntegers(const std::string& name, const std::vector<int32_t>& values);
    void emit(types::OpKind kind, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
              types::OpOptions options = {});

    // Views.
    /// A tensor that holds the value in `order`, with the value's dimensions in that order.
    int32_t materialized(const View& view, const AxisOrder& order);
    int32_t materialized(const View& view) {
        return materialized(view, identityOrder(view.shape.size()));
    }
    /// The same values as floats.
    View real(const View& view);
    /// The value of a node's input as an activation; a constant becomes a constant tensor.
    View activation(const Node& node, size_t i);
    /// The same for operators that compute: refuses codes that would be read as plain numbers.
    View numbers(const Node& node, size_t i);
    std::optional<ActivationScale> scaleOf(const View& view) const;
    const types::Tensor& tensor(int32_t index) const { return m_graph.tensor(index); }
    /// Gives codes that nothing has described yet their scale.
    void bindScale(const Node& node, const View& view, const ActivationScale& scale);
    /// Emits a QUANTIZE to the scale, unless the view has it.
    View quantized(const View& view, const ActivationScale& scale, const std::string& name);

    // Results.
    Tail tailOf(const Node& node, bool fusesActivation, bool quantizes) const;
    void give(const std::string& name, OnnxValue value);
    void give(const Node& node, const View& view, types::DataType type);
    void finish(const Tail& tail, const View& view);
    /// The one node that reads a value which is no model output; null for none or several.
    const Node* onlyReader(const std::string& name) const;
    bool isRead(const std::string& name) const;
    std::optional<ActivationScale> scaleOfQuantize(const Node& node) const;
    const ConstantArray* constantOf(const std::string& name) const;

private:
    void addInputs();
    void readConstants();
    bool fold(const Node& node);
    void convert(const Node& node);
    void addOutputs();
    int32_t copied(types::OpKind kind, int32_t from, types::Shape shape,
                   std::vector<int32_t> order);
    int32_t rearranged(const View& view, const AxisOrder& order, const Factors& factors);

    OnnxNetwork& m_network;
    types::Graph m_graph;
    std::map<std::string, OnnxValue> m_values;
    std::map<std::string, std::vector<size_t>> m_readers;
    std::set<std::string> m_outputs;
    std::set<size_t> m_done;
    std::map<std::string, int32_t> m_cache;
};

}  // namespace onnx
