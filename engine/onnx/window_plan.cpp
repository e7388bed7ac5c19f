// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/window_plan.h"

#include <algorithm>
#include <limits>

#include "analysis/shapes.h"
#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Padding;
using types::Shape;

int64_t numberAt(const std::vector<int64_t>& numbers, size_t i, int64_t otherwise) {
    return i < numbers.size() ? numbers[i] : otherwise;
}

int32_t checked(const Node& node, int64_t number, int64_t lowest, const char* what) {
    require(number >= lowest && number <= kMaxDimension, node,
            "has the " + std::string(what) + " " + std::to_string(number));
    return static_cast<int32_t>(number);
}

void setSame(Reach& reach, bool upper) {
    reach.out = (reach.in + reach.stride - 1) / reach.stride;
    const int64_t total =
        std::max<int64_t>(0, int64_t{reach.out - 1} * reach.stride + reach.extent() - reach.in);
    reach.before = static_cast<int32_t>(upper ? total / 2 : total - total / 2);
}

void setExplicit(const Node& node, Reach& reach, int64_t after) {
    const int64_t free = int64_t{reach.in} + reach.before + after - reach.extent();
    require(free >= 0, node, "has a window larger than its padded input");
    const bool ceil = node.integer("ceil_mode", 0) != 0;
    int64_t out = (free + (ceil ? reach.stride - 1 : 0)) / reach.stride + 1;
    // A window that would start in the padding behind is left out.
    if (ceil && (out - 1) * reach.stride >= int64_t{reach.in} + reach.before) --out;
    reach.out = static_cast<int32_t>(out);
}

Reach reachOf(const Node& node, size_t axis, size_t axes, int32_t in, int64_t kernel) {
    const auto pads = node.integers("pads");
    const std::string mode = node.text("auto_pad", "NOTSET");
    Reach reach;
    reach.in = in;
    reach.kernel = checked(node, kernel, 1, "kernel size");
    reach.stride = checked(node, numberAt(node.integers("strides"), axis, 1), 1, "stride");
    reach.dilation = checked(node, numberAt(node.integers("dilations"), axis, 1), 1, "dilation");
    require(int64_t{reach.kernel} * reach.dilation <= kMaxDimension, node, "reaches too far");
    if (mode == "SAME_UPPER" || mode == "SAME_LOWER") {
        setSame(reach, mode == "SAME_UPPER");
    } else {
        require(mode == "NOTSET" || mode == "VALID" || mode.empty(), node,
                "has the padding " + mode);
        const bool isValid = mode == "VALID";
        reach.before = isValid ? 0 : checked(node, numberAt(pads, axis, 0), 0, "padding");
        setExplicit(node, reach,
                    isValid ? 0 : checked(node, numberAt(pads, axes + axis, 0), 0, "padding"));
    }
    const int64_t last = int64_t{reach.out - 1} * reach.stride + reach.extent();
    reach.after = static_cast<int32_t>(std::max<int64_t>(0, last - reach.in - reach.before));
    return reach;
}

bool says(Padding padding, const Reach& reach) {
    const auto extent =
        analysis::windowExtent(padding, reach.in, reach.kernel, reach.stride, reach.dilation);
    return extent.output == reach.out && extent.paddingBefore == reach.before;
}

}  // namespace

Reaches reachesOf(const Node& node, const Shape& in, const std::vector<int64_t>& kernel) {
    const Shape image = imageShape(node, in);
    const size_t axes = in.size() - 2;
    require(kernel.size() == axes, node, "has a kernel of another rank than its input");
    Reaches reaches;
    reaches[0].in = reaches[0].out = 1;
    for (size_t axis = 0; axis < axes; ++axis)
        reaches[2 - axes + axis] =
            reachOf(node, axis, axes, image[2 + 2 - axes + axis], kernel[axis]);
    return reaches;
}

WindowPlan planWindow(const Reaches& reaches) {
    const auto& [height, width] = reaches;
    WindowPlan plan;
    plan.options.strideHeight = height.stride;
    plan.options.strideWidth = width.stride;
    plan.options.dilationHeight = height.dilation;
    plan.options.dilationWidth = width.dilation;
    for (Padding padding : {Padding::Valid, Padding::Same}) {
        plan.options.padding = padding;
        if (says(padding, height) && says(padding, width)) return plan;
    }
    plan.options.padding = Padding::Valid;
    plan.needsPad = true;
    return plan;
}

Shape imageShape(const Node& node, const Shape& shape) {
    if (shape.size() == 4) return shape;
    require(shape.size() == 3, node,
            "has " + std::to_string(shape.size()) + " dimensions; 1-D and 2-D windows are read");
    return {shape[0], shape[1], 1, shape[2]};
}

View asImage(const Node& node, const View& view) {
    return reshapedView(view, imageShape(node, view.shape));
}

View fromImage(int32_t tensor, const Shape& nchw, size_t rank) {
    const View view = viewOf(tensor, nchw, channelsLast(4));
    return rank == 4 ? view : reshapedView(view, {nchw[0], nchw[1], nchw[3]});
}

int32_t padded(Conversion& c, int32_t tensor, const Reaches& reaches, bool withLeast) {
    const types::Tensor source = c.tensor(tensor);
    Shape shape = source.shape;
    std::vector<double> paddings{0, 0};
    for (size_t axis = 0; axis < 2; ++axis) {
        shape[1 + axis] += reaches[axis].before + reaches[axis].after;
        paddings.push_back(reaches[axis].before);
        paddings.push_back(reaches[axis].after);
    }
    paddings.resize(8, 0);
    const int32_t operand = c.addConstant(
        source.name + "/paddings", makeArray(DataType::Int32, {4, 2}, paddings), DataType::Int32);
    const int32_t out = c.addTensorLike(source.name + "/padded", tensor, shape);
    if (!withLeast) {
        c.emit(OpKind::PAD, {tensor, operand}, {out});
        return out;
    }
    const bool isFloat = source.type == DataType::Float32;
    const double least = isFloat ? static_cast<double>(std::numeric_limits<float>::lowest())
                                 : static_cast<double>(types::codeRange(source.type).lowest);
    const int32_t value =
        c.addConstant(source.name + "/least", makeArray(source.type, {1}, {least}), source.type,
                      source.quantization);
    c.emit(OpKind::PADV2, {tensor, operand, value}, {out});
    return out;
}

}  // namespace onnx
