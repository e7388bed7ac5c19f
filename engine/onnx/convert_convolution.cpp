// SPDX-License-Identifier: GPL-3.0-or-later
// Conv and ConvTranspose, 1-D and 2-D.
#include <algorithm>

#include "analysis/shapes.h"
#include "onnx/operators.h"
#include "onnx/tensor_data.h"
#include "onnx/weighted_layer.h"
#include "onnx/window_plan.h"

namespace onnx {
namespace {

using types::OpKind;
using types::Shape;

/// The filter's spatial axes; 1-D filters get a height of 1.
std::vector<int64_t> kernelOf(const Shape& weights) {
    return {weights.begin() + 2, weights.end()};
}

ConstantArray filterImage(const ConstantArray& weights) {
    const Shape& s = weights.shape;
    return s.size() == 4 ? weights : reshaped(weights, {s[0], s[1], 1, s[2]});
}

/// ConvOperands that all convolutions share, checked.
struct ConvOperands {
    Shape in;       ///< channels first, as an image
    Shape weights;  ///< as stored
    int32_t groups = 1;
};

ConvOperands operandsOf(Conversion& c, const Node& node) {
    ConvOperands result;
    result.in = c.input(node, 0).shape;
    result.weights = c.input(node, 1).shape;
    result.groups = static_cast<int32_t>(std::clamp<int64_t>(node.integer("group", 1), 0, 1 << 24));
    require(result.weights.size() == result.in.size(), node,
            "has weights of another rank than its input");
    result.in = imageShape(node, result.in);
    require(isSane(result.weights) && result.groups > 0, node, "has no weights");
    const auto kernel = node.integers("kernel_shape");
    require(kernel.empty() || kernel == kernelOf(result.weights), node,
            "has weights that differ from its kernel_shape");
    return result;
}

void convertConv(Conversion& c, const Node& node) {
    const ConvOperands o = operandsOf(c, node);
    const size_t rank = o.weights.size();
    const int32_t channels = o.in[1], filters = o.weights[0];
    require(o.weights[1] * int64_t{o.groups} == channels && filters % o.groups == 0, node,
            "has weights " + types::shapeText(o.weights) + " in " + std::to_string(o.groups) +
                " groups for " + std::to_string(channels) + " channels");
    const Reaches reaches = reachesOf(node, c.input(node, 0).shape, kernelOf(o.weights));
    WindowPlan plan = planWindow(reaches);
    const LayerType type = layerType(c, node, 0);
    const bool isDepthwise = o.groups == channels && channels > 1;
    View in = c.activation(node, 0);
    if (!type.input) in = c.real(in);
    int32_t tensor = c.materialized(asImage(node, in), channelsLast(4));
    if (plan.needsPad) tensor = padded(c, tensor, reaches, false);
    const AxisOrder layout = isDepthwise ? AxisOrder{1, 2, 3, 0} : AxisOrder{0, 2, 3, 1};
    const int32_t filter =
        addWeights(c, node, type, isDepthwise ? 3 : 0,
                   [&](const ConstantArray& w) { return transposed(filterImage(w), layout); });
    const int32_t bias = addBias(c, node, type, 2, filters);
    plan.options.activation = type.tail.activation;
    plan.options.depthMultiplier = isDepthwise ? filters / channels : 0;
    const Shape out{o.in[0], filters, reaches[0].out, reaches[1].out};
    const int32_t result =
        c.addScaled(type.tail.name, ordered(out, channelsLast(4)), type.tail.scale);
    c.emit(isDepthwise ? OpKind::DEPTHWISE_CONV_2D : OpKind::CONV_2D, {tensor, filter, bias},
           {result}, plan.options);
    c.finish(type.tail, fromImage(result, out, rank));
}

/// ConvTranspose: one axis. The full output is cut by the padding on both sides.
struct Spread {
    int32_t in = 0, out = 0, kernel = 1, stride = 1, dilation = 1, before = 0;

    int32_t extent() const { return (kernel - 1) * dilation + 1; }
    /// What VALID gives, at least as far as the wanted part reaches.
    int32_t whole() const { return std::max((in - 1) * stride + extent(), before + out); }
};

int64_t listed(const Node& node, const std::string& key, size_t i, int64_t otherwise) {
    const auto numbers = node.integers(key);
    const int64_t number = i < numbers.size() ? numbers[i] : otherwise;
    require(number >= 0 && number <= (1 << 20), node, "has " + key + " out of range");
    return number;
}

Spread spreadOf(const Node& node, size_t axis, size_t axes, int32_t in, int32_t kernel) {
    Spread s;
    s.in = in;
    s.kernel = kernel;
    s.stride = static_cast<int32_t>(listed(node, "strides", axis, 1));
    s.dilation = static_cast<int32_t>(listed(node, "dilations", axis, 1));
    require(s.stride > 0 && s.dilation > 0, node, "has a stride or dilation of 0");
    require((int64_t{in} - 1) * s.stride + int64_t{kernel} * s.dilation < kMaxDimension, node,
            "has an output that is too large");
    const int64_t extra = listed(node, "output_padding", axis, 0);
    require(extra < s.stride || extra == 0, node, "has output_padding beyond its stride");
    const int64_t full = int64_t{in - 1} * s.stride + s.extent() + extra;
    const std::string mode = node.text("auto_pad", "NOTSET");
    const auto wanted = node.integers("output_shape");
    if (mode == "NOTSET" && wanted.empty()) {
        s.before = static_cast<int32_t>(listed(node, "pads", axis, 0));
        s.out = static_cast<int32_t>(full - s.before - listed(node, "pads", axes + axis, 0));
    } else {
        const int64_t out = !wanted.empty()   ? listed(node, "output_shape", axis, 1)
                            : mode == "VALID" ? full
                                              : int64_t{in} * s.stride;
        const int64_t total = std::max<int64_t>(0, full - out);
        s.before = static_cast<int32_t>(mode == "SAME_UPPER" ? total / 2 : total - total / 2);
        s.out = static_cast<int32_t>(out);
    }
    require(s.out > 0 && s.before + s.out <= full + s.stride - 1 &&
                s.whole() < in * s.stride + s.extent(),
            node, "has an output of " + std::to_string(s.out) + " that its input does not make");
    return s;
}

/// The filter of all groups in one: zeros where a group does not reach. A dilated filter is written
/// with its gaps. Layout: output channels, height, width, input channels.
ConstantArray spreadFilter(const ConstantArray& weights, int32_t groups,
                           const std::array<Spread, 2>& axes) {
    const ConstantArray w = filterImage(weights);
    const int32_t inputs = w.shape[0], perGroup = w.shape[1];
    const Shape shape{perGroup * groups, axes[0].extent(), axes[1].extent(), inputs};
    std::vector<double> values(static_cast<size_t>(types::elementCount(shape)), 0.0);
    size_t from = 0;
    for (int32_t i = 0; i < inputs; ++i)
        for (int32_t k = 0; k < perGroup; ++k)
            for (int32_t y = 0; y < w.shape[2]; ++y)
                for (int32_t x = 0; x < w.shape[3]; ++x) {
                    const int64_t output = int64_t{i / (inputs / groups)} * perGroup + k;
                    const int64_t row = output * shape[1] + int64_t{y} * axes[0].dilation;
                    const int64_t column = row * shape[2] + int64_t{x} * axes[1].dilation;
                    values[static_cast<size_t>(column * inputs + i)] = w.at(from++);
                }
    return makeArray(w.type, shape, std::move(values));
}

bool saysSpread(types::Padding padding, const Spread& s) {
    const auto extent = analysis::windowExtent(padding, s.out, s.extent(), s.stride, 1);
    return extent.output == s.in && extent.paddingBefore == s.before;
}

/// The part of the whole that the padding leaves.
int32_t cutToWanted(Conversion& c, int32_t whole, const std::array<Spread, 2>& axes,
                    const Shape& nhwc, const std::string& name) {
    const int32_t begin = c.addIntegers("begin", {0, axes[0].before, axes[1].before, 0});
    const int32_t size = c.addIntegers("size", nhwc);
    const int32_t out = c.addTensorLike(name, whole, nhwc);
    c.emit(OpKind::SLICE, {whole, begin, size}, {out});
    return out;
}

void convertConvTranspose(Conversion& c, const Node& node) {
    const ConvOperands o = operandsOf(c, node);
    const int32_t inputs = o.weights[0];
    require(inputs == o.in[1] && inputs % o.groups == 0, node,
            "has weights " + types::shapeText(o.weights) + " for " + std::to_string(o.in[1]) +
                " channels");
    const size_t rank = o.weights.size(), axes = rank - 2;
    std::array<Spread, 2> spreads;
    spreads[0].in = spreads[0].out = 1;
    for (size_t axis = 0; axis < axes; ++axis)
        spreads[2 - axes + axis] =
            spreadOf(node, axis, axes, o.in[4 - axes + axis], o.weights[2 + axis]);
    const int32_t filters = o.weights[1] * o.groups;
    require(int64_t{filters} * inputs * spreads[0].extent() * spreads[1].extent() <= kMaxElements,
            node, "has a filter that is too large");
    LayerType type = layerType(c, node, 1);
    const bool sharesScale =
        type.weights && type.weights->quantization.perChannel() && o.groups > 1;
    require(!sharesScale, node, "has groups with a scale per channel");
    types::WindowOptions options;
    options.strideHeight = spreads[0].stride;
    options.strideWidth = spreads[1].stride;
    const bool isSame = saysSpread(types::Padding::Same, spreads[0]) &&
                        saysSpread(types::Padding::Same, spreads[1]);
    options.padding = isSame ? types::Padding::Same : types::Padding::Valid;
    options.activation = type.tail.activation;
    const Shape out{o.in[0], filters, spreads[0].out, spreads[1].out};
    const Shape nhwc = ordered(out, channelsLast(4));
    const Shape whole =
        isSame ? nhwc : Shape{o.in[0], spreads[0].whole(), spreads[1].whole(), filters};
    View in = c.activation(node, 0);
    if (!type.input) in = c.real(in);
    const int32_t tensor = c.materialized(asImage(node, in), channelsLast(4));
    const int32_t filter = addWeights(c, node, type, 0, [&](const ConstantArray& w) {
        return spreadFilter(w, o.groups, spreads);
    });
    const int32_t bias = addBias(c, node, type, 2, filters);
    const int32_t shape = c.addIntegers("output shape", whole);
    const bool needsCut = whole != nhwc;
    int32_t result =
        c.addScaled(needsCut ? type.tail.name + "/whole" : type.tail.name, whole, type.tail.scale);
    c.emit(OpKind::TRANSPOSE_CONV, {shape, filter, tensor, bias}, {result}, options);
    if (needsCut) result = cutToWanted(c, result, spreads, nhwc, type.tail.name);
    c.finish(type.tail, fromImage(result, out, rank));
}

}  // namespace

Converter convolutionConverter(const std::string& op) {
    if (op == "Conv") return convertConv;
    return op == "ConvTranspose" ? convertConvTranspose : nullptr;
}

}  // namespace onnx
