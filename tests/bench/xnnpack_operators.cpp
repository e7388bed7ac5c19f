// SPDX-License-Identifier: GPL-3.0-or-later
// XNNPACK operators for the operators of the reference architectures: its quantized operators for
// int8 (per channel for convolutions), its float operators for float32.
#include <xnnpack.h>

#include <limits>

#include "analysis/shapes.h"
#include "xnnpack_model.h"

namespace bench {
namespace {

using types::Activation;
using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Tensor;

struct Quantized {
    int8_t zeroPoint;
    float scale;

    explicit Quantized(const Tensor& tensor)
        : zeroPoint(static_cast<int8_t>(tensor.quantization.firstZeroPoint())),
          scale(tensor.quantization.scale.front()) {}
};

/// What all builders need to know of their operator.
struct Operands {
    const Graph& graph;
    const Op& op;
    const Buffers& buffers;

    const Tensor& input(size_t i) const { return graph.tensor(op.inputs[i]); }
    const Tensor& output() const { return graph.tensor(op.outputs[0]); }
    template <typename T>
    T* data(int32_t tensor) const {
        return reinterpret_cast<T*>(buffers[static_cast<size_t>(tensor)]);
    }
    template <typename T>
    const T* constant(size_t i) const {
        return op.input(i) < 0
                   ? nullptr
                   : reinterpret_cast<const T*>(graph.constantData(op.inputs[i]).data());
    }
    bool isInt8() const { return input(0).type == DataType::Int8; }
};

int8_t lowestCode(Activation activation, const Tensor& output) {
    return activation == Activation::None
               ? int8_t{-128}
               : static_cast<int8_t>(output.quantization.firstZeroPoint());
}
float lowestFloat(Activation activation) {
    return activation == Activation::None ? -std::numeric_limits<float>::infinity() : 0.0f;
}
constexpr float kHighest = std::numeric_limits<float>::infinity();

struct Geometry {
    uint32_t top, right, bottom, left;
    uint32_t height, width, strideY, strideX, dilationY, dilationX;

    explicit Geometry(const Operands& o) {
        const auto& w = std::get<types::WindowOptions>(o.op.options);
        const bool hasFilter = o.op.kind != OpKind::AVERAGE_POOL_2D;
        const types::Shape &in = o.input(0).shape, &out = o.output().shape;
        height = static_cast<uint32_t>(hasFilter ? o.input(1).shape[1] : w.filterHeight);
        width = static_cast<uint32_t>(hasFilter ? o.input(1).shape[2] : w.filterWidth);
        strideY = static_cast<uint32_t>(w.strideHeight);
        strideX = static_cast<uint32_t>(w.strideWidth);
        dilationY = static_cast<uint32_t>(w.dilationHeight);
        dilationX = static_cast<uint32_t>(w.dilationWidth);
        pad(w.padding, in[1], out[1], height, strideY, dilationY, top, bottom);
        pad(w.padding, in[2], out[2], width, strideX, dilationX, left, right);
    }

private:
    static void pad(types::Padding padding, int32_t in, int32_t out, uint32_t filter,
                    uint32_t stride, uint32_t dilation, uint32_t& before, uint32_t& after) {
        const auto f = static_cast<int32_t>(filter), s = static_cast<int32_t>(stride),
                   d = static_cast<int32_t>(dilation);
        before = static_cast<uint32_t>(analysis::windowExtent(padding, in, f, s, d).paddingBefore);
        const int32_t reach = (out - 1) * s + (f - 1) * d + 1;
        const int32_t beyond = reach - in - static_cast<int32_t>(before);
        after = static_cast<uint32_t>(beyond > 0 ? beyond : 0);
    }
};

xnn_operator_t makeConvolution(const Operands& o) {
    const Geometry g(o);
    const bool depthwise = o.op.kind == OpKind::DEPTHWISE_CONV_2D;
    const auto& in = o.input(0).shape;
    const auto inputs = static_cast<size_t>(in[3]),
               outputs = static_cast<size_t>(o.output().shape[3]);
    const size_t groupInputs = depthwise ? 1 : static_cast<size_t>(o.input(1).shape[3]);
    const size_t groups = inputs / groupInputs;
    const uint32_t flags = depthwise ? XNN_FLAG_DEPTHWISE_CONVOLUTION : 0;
    const Activation activation = std::get<types::WindowOptions>(o.op.options).activation;
    const auto height = static_cast<size_t>(in[1]), width = static_cast<size_t>(in[2]);
    xnn_operator_t op = nullptr;
    if (!o.isInt8()) {
        xnn_create_convolution2d_nhwc_f32(
            g.top, g.right, g.bottom, g.left, g.height, g.width, g.strideY, g.strideX, g.dilationY,
            g.dilationX, static_cast<uint32_t>(groups), groupInputs, outputs / groups, inputs,
            outputs, o.constant<float>(1), o.constant<float>(2), lowestFloat(activation), kHighest,
            flags, &op);
        xnn_setup_convolution2d_nhwc_f32(op, 1, height, width, o.data<float>(o.op.inputs[0]),
                                         o.data<float>(o.op.outputs[0]), nullptr);
        return op;
    }
    const Quantized input(o.input(0)), output(o.output());
    std::vector<float> scales = o.input(1).quantization.scale;
    scales.resize(outputs, scales.front());
    xnn_create_convolution2d_nhwc_qc8(
        g.top, g.right, g.bottom, g.left, g.height, g.width, g.strideY, g.strideX, g.dilationY,
        g.dilationX, static_cast<uint32_t>(groups), groupInputs, outputs / groups, inputs, outputs,
        input.zeroPoint, input.scale, scales.data(), o.constant<int8_t>(1), o.constant<int32_t>(2),
        output.zeroPoint, output.scale, lowestCode(activation, o.output()), 127, flags, &op);
    xnn_setup_convolution2d_nhwc_qc8(op, 1, height, width, o.data<int8_t>(o.op.inputs[0]),
                                     o.data<int8_t>(o.op.outputs[0]), nullptr);
    return op;
}

xnn_operator_t makeFullyConnected(const Operands& o) {
    const auto outputs = static_cast<size_t>(o.input(1).shape[0]),
               inputs = static_cast<size_t>(o.input(1).shape[1]);
    const Activation activation = std::get<types::FullyConnectedOptions>(o.op.options).activation;
    xnn_operator_t op = nullptr;
    if (!o.isInt8()) {
        xnn_create_fully_connected_nc_f32(inputs, outputs, inputs, outputs, o.constant<float>(1),
                                          o.constant<float>(2), lowestFloat(activation), kHighest,
                                          0, &op);
        xnn_setup_fully_connected_nc_f32(op, 1, o.data<float>(o.op.inputs[0]),
                                         o.data<float>(o.op.outputs[0]), nullptr);
        return op;
    }
    const Quantized input(o.input(0)), weights(o.input(1)), output(o.output());
    xnn_create_fully_connected_nc_qs8(inputs, outputs, inputs, outputs, input.zeroPoint,
                                      input.scale, weights.scale, o.constant<int8_t>(1),
                                      o.constant<int32_t>(2), output.zeroPoint, output.scale,
                                      lowestCode(activation, o.output()), 127, 0, &op);
    xnn_setup_fully_connected_nc_qs8(op, 1, o.data<int8_t>(o.op.inputs[0]),
                                     o.data<int8_t>(o.op.outputs[0]), nullptr);
    return op;
}

xnn_operator_t makeAdd(const Operands& o) {
    const Activation activation = std::get<types::ArithmeticOptions>(o.op.options).activation;
    const size_t shape[] = {static_cast<size_t>(o.output().elements())};
    xnn_operator_t op = nullptr;
    if (!o.isInt8()) {
        xnn_create_add_nd_f32(lowestFloat(activation), kHighest, 0, &op);
        xnn_setup_add_nd_f32(op, 1, shape, 1, shape, o.data<float>(o.op.inputs[0]),
                             o.data<float>(o.op.inputs[1]), o.data<float>(o.op.outputs[0]),
                             nullptr);
        return op;
    }
    const Quantized a(o.input(0)), b(o.input(1)), output(o.output());
    xnn_create_add_nd_qs8(a.zeroPoint, a.scale, b.zeroPoint, b.scale, output.zeroPoint,
                          output.scale, lowestCode(activation, o.output()), 127, 0, &op);
    xnn_setup_add_nd_qs8(op, 1, shape, 1, shape, o.data<int8_t>(o.op.inputs[0]),
                         o.data<int8_t>(o.op.inputs[1]), o.data<int8_t>(o.op.outputs[0]), nullptr);
    return op;
}

/// The reference architectures pool over the whole image.
xnn_operator_t makeAveragePool(const Operands& o) {
    const auto& in = o.input(0).shape;
    const auto channels = static_cast<size_t>(in[3]), pixels = static_cast<size_t>(in[1] * in[2]);
    if (o.output().elements() != in[3]) return nullptr;
    xnn_operator_t op = nullptr;
    if (!o.isInt8()) {
        xnn_create_global_average_pooling_nwc_f32(channels, channels, channels, -kHighest, kHighest,
                                                  0, &op);
        xnn_setup_global_average_pooling_nwc_f32(op, 1, pixels, o.data<float>(o.op.inputs[0]),
                                                 o.data<float>(o.op.outputs[0]), nullptr);
        return op;
    }
    const Quantized input(o.input(0)), output(o.output());
    xnn_create_global_average_pooling_nwc_qs8(channels, channels, channels, input.zeroPoint,
                                              input.scale, output.zeroPoint, output.scale, -128,
                                              127, 0, &op);
    xnn_setup_global_average_pooling_nwc_qs8(op, 1, pixels, o.data<int8_t>(o.op.inputs[0]),
                                             o.data<int8_t>(o.op.outputs[0]), nullptr);
    return op;
}

xnn_operator_t makeSoftmax(const Operands& o) {
    if (o.isInt8()) return nullptr;
    const auto channels = static_cast<size_t>(o.input(0).shape.back());
    xnn_operator_t op = nullptr;
    xnn_create_softmax_nc_f32(channels, channels, channels, 0, &op);
    xnn_setup_softmax_nc_f32(op, static_cast<size_t>(o.input(0).elements()) / channels,
                             o.data<float>(o.op.inputs[0]), o.data<float>(o.op.outputs[0]),
                             nullptr);
    return op;
}

}  // namespace

XnnpackOp makeOperator(const Graph& graph, const Op& op, const Buffers& buffers) {
    const Operands operands{graph, op, buffers};
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
            return XnnpackOp(makeConvolution(operands));
        case OpKind::FULLY_CONNECTED:
            return XnnpackOp(makeFullyConnected(operands));
        case OpKind::ADD:
            return XnnpackOp(makeAdd(operands));
        case OpKind::AVERAGE_POOL_2D:
            return XnnpackOp(makeAveragePool(operands));
        case OpKind::SOFTMAX:
            return XnnpackOp(makeSoftmax(operands));
        default:
            return nullptr;
    }
}

}  // namespace bench
