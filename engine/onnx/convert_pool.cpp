// SPDX-License-Identifier: GPL-3.0-or-later
// MaxPool, AveragePool and their global forms.
#include <algorithm>

#include "onnx/operators.h"
#include "onnx/window_plan.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;
using types::Shape;

struct Pool {
    Shape out;  ///< channels first, as an image
    Reaches reaches;
    WindowPlan plan;
};

Pool poolOf(Conversion& c, const Node& node) {
    const Shape& in = c.input(node, 0).shape;
    Pool pool;
    pool.reaches = reachesOf(node, in, node.integers("kernel_shape"));
    require(pool.reaches[0].dilation == 1 && pool.reaches[1].dilation == 1, node,
            "has a dilated window, for which the runtime has no kernel");
    pool.plan = planWindow(pool.reaches);
    pool.plan.options.filterHeight = pool.reaches[0].kernel;
    pool.plan.options.filterWidth = pool.reaches[1].kernel;
    const Shape image = imageShape(node, in);
    pool.out = {image[0], image[1], pool.reaches[0].out, pool.reaches[1].out};
    return pool;
}

int32_t emitPool(Conversion& c, OpKind kind, const Pool& pool, int32_t in,
                 const std::string& name) {
    const int32_t out = c.addTensorLike(name, in, ordered(pool.out, channelsLast(4)));
    c.emit(kind, {in}, {out}, pool.plan.options);
    return out;
}

void convertMaxPool(Conversion& c, const Node& node) {
    require(node.outputs.size() == 1 || !c.isRead(node.outputs[1]), node,
            "also gives the indices of its maxima");
    const Pool pool = poolOf(c, node);
    const View in = c.activation(node, 0);
    int32_t tensor = c.materialized(asImage(node, in), channelsLast(4));
    if (pool.plan.needsPad) tensor = padded(c, tensor, pool.reaches, true);
    const int32_t out = emitPool(c, OpKind::MAX_POOL_2D, pool, tensor, node.outputs[0]);
    c.give(node, fromImage(out, pool.out, in.shape.size()), c.input(node, 0).type);
}

/// Per output position, the summands that ONNX counts on one axis: those inside the input, or also
/// the stated padding, which ceil_mode may exceed.
std::vector<double> countsOf(const Reach& reach, int64_t padBehind, bool countsPadding) {
    std::vector<double> counts;
    const int64_t first = countsPadding ? -int64_t{reach.before} : 0;
    const int64_t end = countsPadding ? reach.in + padBehind : reach.in;
    for (int64_t i = 0; i < reach.out; ++i) {
        const int64_t start = i * reach.stride - reach.before;
        counts.push_back(
            static_cast<double>(std::min(start + reach.kernel, end) - std::max(start, first)));
    }
    return counts;
}

int64_t padBehind(const Node& node, size_t axisOfImage, size_t rank) {
    const auto pads = node.integers("pads");
    const size_t axes = rank - 2;
    if (axisOfImage + axes < 2) return 0;
    const size_t i = axes + axisOfImage + axes - 2;
    return i < pads.size() ? pads[i] : 0;
}

/// The window's size over the counted summands, for every output position.
ConstantArray correctionOf(const Node& node, const Pool& pool, size_t rank, bool countsPadding) {
    const auto rows = countsOf(pool.reaches[0], padBehind(node, 0, rank), countsPadding);
    const auto columns = countsOf(pool.reaches[1], padBehind(node, 1, rank), countsPadding);
    const double area = static_cast<double>(pool.reaches[0].kernel) * pool.reaches[1].kernel;
    std::vector<double> values;
    for (double row : rows)
        for (double column : columns)
            values.push_back(area / std::max(1.0, row * column));
    return makeArray(DataType::Float32, {1, pool.reaches[0].out, pool.reaches[1].out, 1},
                     std::move(values));
}

int32_t paddingOf(const Pool& pool) {
    const auto& [height, width] = pool.reaches;
    return height.before + height.after + width.before + width.after;
}

/// With another scale than its input's, on codes: the pool's kernel keeps the scale, and rounding
/// twice would lose what a finer scale can tell. A mean over all pixels has a kernel that rescales;
/// a part of them is a convolution with codes of 1. Returns whether it was done.
bool convertRescaledMean(Conversion& c, const Node& node, const View& in, const Pool& pool) {
    const auto scale = c.scaleOf(in);
    const Tail tail = c.tailOf(node, false, scale.has_value());
    const bool isOther = tail.scale && tail.scale->type == scale->type && *tail.scale != *scale;
    if (!isOther || paddingOf(pool) != 0) return false;
    const int32_t tensor = c.materialized(asImage(node, in), channelsLast(4));
    const int32_t out = c.addScaled(tail.name, ordered(pool.out, channelsLast(4)), tail.scale);
    const auto& [height, width] = pool.reaches;
    const int32_t channels = pool.out[1];
    if (height.kernel == height.in && width.kernel == width.in) {
        c.emit(OpKind::MEAN, {tensor, c.addIntegers("axes", {1, 2})}, {out},
               types::ReduceOptions{true});
    } else {
        const Shape shape{1, height.kernel, width.kernel, channels};
        const std::vector<double> ones(static_cast<size_t>(types::elementCount(shape)), 1.0);
        const float share = 1.0f / static_cast<float>(height.kernel * width.kernel);
        const types::Quantization shares{{share}, {0}, 3};
        const int32_t filter =
            c.addConstant(node.outputs[0] + "/ones", makeArray(DataType::Int8, shape, ones),
                          DataType::Int8, shares);
        const DataType sums = scale->type == DataType::Int16 ? DataType::Int64 : DataType::Int32;
        const std::vector<double> zeros(static_cast<size_t>(channels), 0.0);
        const int32_t bias =
            c.addConstant(node.outputs[0] + "/bias", makeArray(sums, {channels}, zeros), sums,
                          {{scale->scale * share}, {0}});
        types::WindowOptions options = pool.plan.options;
        options.filterHeight = options.filterWidth = 0;
        options.depthMultiplier = 1;
        c.emit(OpKind::DEPTHWISE_CONV_2D, {tensor, filter, bias}, {out}, options);
    }
    c.finish(tail, fromImage(out, pool.out, in.shape.size()));
    return true;
}

void convertAveragePool(Conversion& c, const Node& node) {
    Pool pool = poolOf(c, node);
    const View in = c.activation(node, 0);
    const size_t rank = in.shape.size();
    if (convertRescaledMean(c, node, in, pool)) return;
    const bool countsPadding = node.integer("count_include_pad", 0) != 0;
    // TFLite's SAME leaves the padding out of its count.
    const bool isDirect = paddingOf(pool) == 0 || (!countsPadding && !pool.plan.needsPad);
    const ConstantArray correction = isDirect ? scalarArray(DataType::Float32, 1)
                                              : correctionOf(node, pool, rank, countsPadding);
    const bool isEven = isUniform(correction) && correction.at(0) == 1.0;
    if (!isDirect) pool.plan.options.padding = types::Padding::Valid;
    // The correction is a product of real numbers, and padded codes have no kernel that rescales.
    const Tail tail = c.tailOf(node, false, c.scaleOf(in).has_value());
    const bool rescales = tail.scale && tail.scale != c.scaleOf(in);
    const View source = isEven && !rescales ? in : c.real(in);
    int32_t tensor = c.materialized(asImage(node, source), channelsLast(4));
    if (!isDirect) tensor = padded(c, tensor, pool.reaches, false);
    int32_t out = emitPool(c, OpKind::AVERAGE_POOL_2D, pool, tensor, node.outputs[0]);
    if (!isEven) {
        const int32_t factor =
            c.addConstant(node.outputs[0] + "/counted", correction, DataType::Float32);
        const int32_t sums = out;
        out = c.addTensorLike(node.outputs[0] + "/corrected", sums, c.tensor(sums).shape);
        c.emit(OpKind::MUL, {sums, factor}, {out}, types::ArithmeticOptions{});
    }
    c.give(node, fromImage(out, pool.out, rank), c.input(node, 0).type);
}

/// Over all spatial axes, which lie together in memory.
void convertGlobalPool(Conversion& c, const Node& node) {
    const View in = c.activation(node, 0);
    const size_t rank = in.shape.size();
    require(rank >= 3, node, "has no spatial axes");
    const bool isMean = node.op == "GlobalAveragePool";
    const Tail tail = c.tailOf(node, false, isMean && c.scaleOf(in).has_value());
    const auto scale = c.scaleOf(in);
    const bool rescales = tail.scale && scale && tail.scale->type == scale->type;
    const AxisOrder order = channelsLast(rank);
    const int32_t tensor = c.materialized(in, order);
    Shape out = in.shape;
    std::vector<int32_t> axes;
    for (size_t d = 2; d < rank; ++d) {
        out[d] = 1;
        axes.push_back(static_cast<int32_t>(d) - 1);
    }
    const std::string& name = rescales ? tail.name : node.outputs[0];
    const int32_t result = rescales ? c.addScaled(name, ordered(out, order), tail.scale)
                                    : c.addTensorLike(name, tensor, ordered(out, order));
    c.emit(isMean ? OpKind::MEAN : OpKind::REDUCE_MAX, {tensor, c.addIntegers("axes", axes)},
           {result}, types::ReduceOptions{true});
    const View view = viewOf(result, out, order);
    if (rescales)
        c.finish(tail, view);
    else
        c.give(node, view, c.input(node, 0).type);
}

}  // namespace

Converter poolConverter(const std::string& op) {
    if (op == "MaxPool") return convertMaxPool;
    if (op == "AveragePool") return convertAveragePool;
    return op == "GlobalAveragePool" || op == "GlobalMaxPool" ? convertGlobalPool : nullptr;
}

}  // namespace onnx
