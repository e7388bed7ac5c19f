// SPDX-License-Identifier: GPL-3.0-or-later
// Shape rules of convolutions, pools and matrix products.

#include <limits>

#include "analysis/shape_rules.h"
#include "analysis/shapes.h"

namespace analysis {
namespace {

using types::elementCount;
using types::OpKind;
using types::Shape;
using types::shapeText;
using types::WindowOptions;

bool validWindow(const WindowOptions& o) {
    const bool padding = o.padding == types::Padding::Same || o.padding == types::Padding::Valid;
    return padding && o.strideHeight > 0 && o.strideWidth > 0 && o.dilationHeight > 0 &&
           o.dilationWidth > 0;
}

/// Output height and width of a window over the NHWC input 0.
Shapes slide(const OpShapes& view, const WindowOptions& o, int32_t filterHeight,
             int32_t filterWidth, int32_t channels) {
    const Shape& in = view.shape(0);
    const auto declared = view.declared();
    if (hasOpenShape(view.input(0)) && declared.size() == 1 && declared[0].size() == 4 &&
        declared[0][3] == channels)
        return declared;
    constexpr int64_t limit = std::numeric_limits<int32_t>::max();
    const bool reachable = int64_t{filterHeight - 1} * o.dilationHeight < limit &&
                           int64_t{filterWidth - 1} * o.dilationWidth < limit;
    if (!reachable) return broken("dilation and filter reach beyond 2^31");
    const auto height =
        windowExtent(o.padding, in[1], filterHeight, o.strideHeight, o.dilationHeight);
    const auto width = windowExtent(o.padding, in[2], filterWidth, o.strideWidth, o.dilationWidth);
    if (height.output <= 0 || width.output <= 0)
        return broken("the window of " + std::to_string(filterHeight) + "x" +
                      std::to_string(filterWidth) + " does not fit into input " +
                      types::shapeText(in));
    return std::vector<Shape>{{in[0], height.output, width.output, channels}};
}

Shapes convolution(const OpShapes& view) {
    const auto* o = view.options<WindowOptions>();
    if (!o || !validWindow(*o)) return broken("needs padding, strides and dilations in range");
    if (view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs an input and a filter");
    const Shape &in = view.shape(0), &filter = view.shape(1);
    if (in.size() != 4 || filter.size() != 4) return broken("needs a 4-D input and a 4-D filter");
    if (elementCount(filter) == 0 || in[3] % filter[3] != 0)
        return broken("filter " + shapeText(filter) + " does not match input " + shapeText(in));
    const int32_t groups = in[3] / filter[3];
    if (groups == 0 || filter[0] % groups != 0)
        return broken(std::to_string(filter[0]) + " filters do not divide into " +
                      std::to_string(groups) + " groups");
    return slide(view, *o, filter[1], filter[2], filter[0]);
}

Shapes depthwise(const OpShapes& view) {
    const auto* o = view.options<WindowOptions>();
    if (!o || !validWindow(*o)) return broken("needs padding, strides and dilations in range");
    if (view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs an input and a filter");
    const Shape &in = view.shape(0), &filter = view.shape(1);
    if (in.size() != 4 || filter.size() != 4) return broken("needs a 4-D input and a 4-D filter");
    if (elementCount(filter) == 0 || in[3] == 0 || filter[0] != 1 ||
        int64_t{in[3]} * o->depthMultiplier != filter[3])
        return broken("filter " + shapeText(filter) + " with depth multiplier " +
                      std::to_string(o->depthMultiplier) + " does not match input " +
                      shapeText(in));
    return slide(view, *o, filter[1], filter[2], filter[3]);
}

Shapes pool(const OpShapes& view) {
    const auto* o = view.options<WindowOptions>();
    if (!o || !validWindow(*o) || o->filterHeight <= 0 || o->filterWidth <= 0)
        return broken("needs a filter and strides of at least 1");
    if (!view.hasInput(0) || view.shape(0).size() != 4) return broken("needs a 4-D input");
    return slide(view, *o, o->filterHeight, o->filterWidth, view.shape(0)[3]);
}

Shapes transposeConvolution(const OpShapes& view) {
    const auto* o = view.options<WindowOptions>();
    if (!o || !validWindow(*o)) return broken("needs padding and strides in range");
    if (view.inputCount() < 3 || !view.hasInput(1) || !view.hasInput(2))
        return broken("needs an output shape, a filter and an input");
    const Shape &filter = view.shape(1), &in = view.shape(2);
    if (in.size() != 4 || filter.size() != 4 || in[3] != filter[3] || elementCount(filter) == 0)
        return broken("filter " + shapeText(filter) + " does not match input " + shapeText(in));
    const auto wanted = view.ints(0);
    if (!wanted) return view.declared();
    if (wanted->size() != 4 || (*wanted)[3] != filter[0])
        return broken("the output shape operand does not match the filter");
    // The input must equal the forward convolution's output for that shape.
    const Shape out(wanted->begin(), wanted->end());
    for (size_t d : {size_t{1}, size_t{2}}) {
        const int32_t stride = d == 1 ? o->strideHeight : o->strideWidth;
        if (out[d] <= 0 || windowExtent(o->padding, out[d], filter[d], stride, 1).output != in[d])
            return broken("output " + shapeText(out) + " does not belong to input " +
                          shapeText(in));
    }
    return std::vector<Shape>{out};
}

Shapes fullyConnected(const OpShapes& view) {
    const auto* o = view.options<types::FullyConnectedOptions>();
    if (!o || view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs options, an input and weights");
    const Shape &in = view.shape(0), &weights = view.shape(1);
    if (weights.size() != 2 || weights[1] == 0) return broken("needs 2-D weights");
    const int64_t count = elementCount(in);
    if (count % weights[1] != 0 || (o->keepNumDims && (in.empty() || in.back() != weights[1])))
        return broken("weights " + shapeText(weights) + " do not match input " + shapeText(in));
    if (o->keepNumDims) {
        Shape out = in;
        out.back() = weights[0];
        return std::vector<Shape>{out};
    }
    const auto batch = static_cast<int32_t>(count / weights[1]);
    // Converters also declare [1, batch, units] or [units]: any shape with the same elements and
    // the units last gives the same result.
    const Shape declared = view.declared().front();
    if (!declared.empty() && declared.back() == weights[0] &&
        elementCount(declared) == int64_t{batch} * weights[0])
        return std::vector<Shape>{declared};
    return std::vector<Shape>{{batch, weights[0]}};
}

Shapes batchMatMul(const OpShapes& view) {
    const auto* o = view.options<types::BatchMatMulOptions>();
    if (!o || view.inputCount() < 2 || !view.hasInput(0) || !view.hasInput(1))
        return broken("needs two inputs");
    const Shape &a = view.shape(0), &b = view.shape(1);
    if (a.size() < 2 || b.size() < 2) return broken("needs inputs of at least 2-D");
    const size_t ra = a.size(), rb = b.size();
    const int32_t rows = o->transposeLeft ? a[ra - 1] : a[ra - 2];
    const int32_t depthA = o->transposeLeft ? a[ra - 2] : a[ra - 1];
    const int32_t depthB = o->transposeRight ? b[rb - 1] : b[rb - 2];
    const int32_t columns = o->transposeRight ? b[rb - 2] : b[rb - 1];
    auto out = broadcast(Shape(a.begin(), a.end() - 2), Shape(b.begin(), b.end() - 2));
    if (depthA != depthB || !out)
        return broken("inputs " + shapeText(a) + " and " + shapeText(b) + " do not match");
    out->push_back(rows);
    out->push_back(columns);
    return std::vector<Shape>{*out};
}

Shapes svdf(const OpShapes& view) {
    const auto* o = view.options<types::SvdfOptions>();
    if (!o || o->rank <= 0 || view.inputCount() != 5 || !view.hasInput(0) || !view.hasInput(1) ||
        !view.hasInput(2) || !view.hasInput(4))
        return broken(
            "needs a rank of at least 1 and input, feature and time weights, bias, state");
    const Shape &in = view.shape(0), &feature = view.shape(1), &time = view.shape(2);
    const Shape& state = view.shape(4);
    if (in.size() != 2 || feature.size() != 2 || time.size() != 2 || state.size() != 2)
        return broken("needs 2-D input, weights and state");
    const bool consistent = feature[0] % o->rank == 0 && feature[0] > 0 && in[1] == feature[1] &&
                            time[0] == feature[0] && time[1] > 0 && state[0] == in[0] &&
                            int64_t{state[1]} == int64_t{time[1]} * feature[0];
    if (!consistent) return broken("weights and state do not match the input");
    return std::vector<Shape>{{in[0], feature[0] / o->rank}};
}

}  // namespace

ShapeRule windowRule(OpKind kind) {
    switch (kind) {
        case OpKind::CONV_2D:
            return convolution;
        case OpKind::DEPTHWISE_CONV_2D:
            return depthwise;
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::L2_POOL_2D:
            return pool;
        case OpKind::TRANSPOSE_CONV:
            return transposeConvolution;
        case OpKind::FULLY_CONNECTED:
            return fullyConnected;
        case OpKind::BATCH_MATMUL:
            return batchMatMul;
        case OpKind::SVDF:
            return svdf;
        default:
            return nullptr;
    }
}

}  // namespace analysis
