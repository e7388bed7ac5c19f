// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphBuilder: builds valid graphs layer by layer, with seeded random weights.
//
//     GraphBuilder build("tiny", Precision::Int8);
//     auto x = build.input({1, 32, 32, 3}, 0, 1);
//     x = build.conv(x, 16, 3, 2, Padding::Same, Activation::Relu);
//     x = build.softmax(build.fullyConnected(build.flatten(x), 10));
//     auto graph = build.finish({x});
//
// Weights are normal, scaled by their fan-in (value_spread.h). Int8 graphs follow the TFLite 8-bit
// specification: symmetric weights, per channel in convolutions and per tensor in fully connected
// layers; int32 biases with the scale input * weight; each activation has its own scale and zero
// point for the values that its layer is expected to produce; softmax and logistic have 1/256 and
// -128, tanh 1/128.
//
// Errors: finish() returns the error of the first impossible layer; layers built on top of it are
// ignored. Owns the graph until finish(), which leaves the builder empty. Not thread-safe.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "zoo/random_weights.h"
#include "zoo/value_spread.h"

namespace zoo {

using types::Activation;
using types::Padding;

using types::Precision;  ///< Float32 or Int8

/// Height and width; a single number sets both.
struct Size {
    int32_t height, width;
    Size(int32_t both) : height(both), width(both) {}
    Size(int32_t rows, int32_t columns) : height(rows), width(columns) {}
};

/// A tensor of the graph under construction.
struct Value {
    int32_t tensor = -1;
};

/// Weights of one layer as real numbers, before quantization.
struct LayerWeights {
    types::Shape shape;   ///< of the filter, in TFLite's layout
    int32_t channelAxis;  ///< the axis with one slice per output channel
    std::vector<float> filter, bias;
};

class GraphBuilder {
public:
    explicit GraphBuilder(std::string name, Precision precision = Precision::Float32,
                          uint64_t seed = 1);

    /// A model input whose values lie in [low, high].
    Value input(types::Shape shape, double low = -1, double high = 1);
    /// A constant operand for add() and mul(), row-major.
    Value constant(types::Shape shape, const std::vector<float>& values);

    Value conv(Value x, int32_t channels, Size kernel, Size stride = 1,
               Padding padding = Padding::Same, Activation activation = Activation::None);
    /// The filter has channels(x) / groups input channels.
    Value groupedConv(Value x, int32_t channels, int32_t groups, Size kernel, Size stride = 1,
                      Padding padding = Padding::Same, Activation activation = Activation::None);
    Value depthwise(Value x, Size kernel, Size stride = 1, Padding padding = Padding::Same,
                    Activation activation = Activation::None, int32_t multiplier = 1);
    /// Takes [batch, features], or an image, which the operator flattens as in TFLite.
    Value fullyConnected(Value x, int32_t units, Activation activation = Activation::None);

    Value averagePool(Value x, Size kernel, Size stride = 1, Padding padding = Padding::Valid);
    Value maxPool(Value x, Size kernel, Size stride = 1, Padding padding = Padding::Valid);
    Value mean(Value x, const std::vector<int32_t>& axes, bool keepDims = false);
    /// Pads with zeros: {{before, after}, ...}, one pair per dimension.
    Value pad(Value x, const std::vector<std::vector<int32_t>>& paddings);

    Value add(Value a, Value b, Activation activation = Activation::None);
    Value mul(Value a, Value b, Activation activation = Activation::None);
    /// In an int8 graph, inputs are first requantized to the common scale that the kernels require.
    Value concat(const std::vector<Value>& parts, int32_t axis = 3);
    /// RELU, RELU6, LEAKY_RELU, HARD_SWISH, LOGISTIC, TANH.
    Value unary(types::OpKind kind, Value x);
    Value softmax(Value x);

    Value reshape(Value x, const types::Shape& shape);
    /// Reshapes to [batch, all other elements].
    Value flatten(Value x);
    Value squeeze(Value x, const std::vector<int32_t>& dims = {});
    Value transpose(Value x, const std::vector<int32_t>& permutation);
    Value resizeNearest(Value x, Size size);
    /// Converts to int8 with the range of x; an int8 x only gets a new scale.
    Value quantize(Value x);
    Value dequantize(Value x);

    /// Any other operator with one output of the type and range of its first input.
    Value op(types::OpKind kind, const std::vector<Value>& inputs, types::OpOptions options = {});
    Value intConstant(const std::vector<int32_t>& values, types::Shape shape = {});

    /// Calls `edit` on the weights of the next layer that has weights.
    using WeightEdit = std::function<void(LayerWeights&)>;
    GraphBuilder& editNext(WeightEdit edit);
    GraphBuilder& describe(std::string description);

    const types::Shape& shape(Value x) const;
    types::Result<types::GraphPtr> finish(const std::vector<Value>& outputs);

private:
    struct FanIn {
        int32_t weights;     ///< number of weights that an output element sums over
        double insideShare;  ///< share of these that do not fall on padding, on average
    };

    types::Tensor& tensorOf(Value x) { return m_graph.tensors[static_cast<size_t>(x.tensor)]; }
    Spread& spreadOf(Value x) { return m_spreads[static_cast<size_t>(x.tensor)]; }
    bool failed(std::initializer_list<Value> inputs) const;
    Value newTensor(std::string name, types::DataType type, types::Shape shape, Spread spread);
    Value newConstant(std::string name, types::DataType type, types::Shape shape,
                      std::vector<uint8_t> bytes);
    Value newLayer(types::OpKind kind, const std::vector<Value>& inputs, types::OpOptions options,
                   Spread spread, std::optional<types::Quantization> quantization = {});
    Value passThrough(types::OpKind kind, const std::vector<Value>& inputs,
                      types::OpOptions options);
    Value weightedLayer(types::OpKind kind, Value x, types::Shape filterShape, int32_t channelAxis,
                        FanIn fanIn, Activation activation, types::OpOptions options);
    LayerWeights drawWeights(types::Shape shape, int32_t channelAxis, double deviation);
    std::vector<Value> storeWeights(const std::string& name, const LayerWeights& weights,
                                    Value input, bool perChannel);
    Value requantized(Value x, const Spread& spread);
    types::DataType activationType() const;
    std::string layerName(types::OpKind kind);

    types::Graph m_graph;
    std::vector<Spread> m_spreads;  ///< one per tensor
    Precision m_precision;
    RandomWeights m_random;
    WeightEdit m_edit;
    std::optional<types::Error> m_error;
};

}  // namespace zoo
