// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_op.h"

#include <rapidcheck.h>

#include <cmath>
#include <cstring>

namespace test {
namespace {

using types::Activation;
using types::DataType;
using types::Graph;
using types::Op;
using types::OpKind;
using types::Padding;
using types::Shape;
using types::Tensor;

int32_t number(int32_t lowest, int32_t highest) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(lowest, highest + 1));
}
bool rarely() {
    return number(0, 7) == 0;
}

class SingleOp {
public:
    SingleOp(OpKind kind, DataType type) : m_type(type) {
        m_graph.name = "random";
        m_graph.buffers.emplace_back();
        m_graph.ops.emplace_back();
        op().kind = kind;
    }

    Op& op() { return m_graph.ops[0]; }

    void input(const Shape& shape) {
        m_graph.inputs.push_back(activation(shape));
        op().inputs.push_back(m_graph.inputs.back());
    }

    void integers(const std::vector<int32_t>& values, const Shape& shape = {}) {
        std::vector<uint8_t> bytes(values.size() * 4);
        std::memcpy(bytes.data(), values.data(), bytes.size());
        const Shape flat = {static_cast<int32_t>(values.size())};
        Tensor tensor = named(shape.empty() ? flat : shape, DataType::Int32);
        tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size());
        m_graph.buffers.emplace_back(std::move(bytes));
        m_graph.tensors.push_back(tensor);
        op().inputs.push_back(static_cast<int32_t>(m_graph.tensors.size()) - 1);
    }

    /// Weights, and now and then no bias.
    void weights(const Shape& shape, int32_t channelAxis) {
        const int32_t channels = shape[static_cast<size_t>(channelAxis)];
        matrix(shape, channelAxis, number(0, 1) == 0 ? 1 : channels);
        if (rarely())
            absent(1);
        else
            bias(channels);
    }
    void matrix(const Shape& shape, int32_t channelAxis, int32_t scales,
                DataType type = DataType::Int8) {
        const bool isFloat = m_type == DataType::Float32;
        Tensor tensor = named(shape, isFloat ? DataType::Float32 : type);
        if (!isFloat) {
            tensor.quantization.axis = channelAxis;
            for (int32_t i = 0; i < scales; ++i)
                tensor.quantization.scale.push_back(scale());
            tensor.quantization.zeroPoint.assign(static_cast<size_t>(scales), 0);
        }
        op().inputs.push_back(constant(tensor, 1.0));
    }
    void bias(int32_t channels) {
        const auto type = m_type == DataType::Int8    ? DataType::Int32
                          : m_type == DataType::Int16 ? DataType::Int64
                                                      : DataType::Float32;
        const double reach = type == DataType::Float32 ? 1.0
                             : !rarely()               ? 5000.0
                             : type == DataType::Int64 ? 1e12
                                                       : 2147483647.0;
        op().inputs.push_back(constant(named({channels}, type), reach));
    }
    void absent(int32_t operands) {
        for (int32_t i = 0; i < operands; ++i)
            op().inputs.push_back(-1);
    }
    /// A variable tensor.
    void state(const Shape& shape, DataType type, types::Quantization quantization) {
        Tensor tensor = named(shape, type);
        tensor.quantization = std::move(quantization);
        tensor.isVariable = true;
        m_graph.tensors.push_back(tensor);
        op().inputs.push_back(static_cast<int32_t>(m_graph.tensors.size()) - 1);
    }
    static types::Quantization quantization(DataType type) {
        types::Quantization drawn;
        drawn.scale = {scale()};
        const int32_t zeroPoint = rarely() ? number(0, 1) * 255 - 128 : number(-128, 127);
        drawn.zeroPoint = {type == DataType::Int8 ? zeroPoint : 0};
        return drawn;
    }

    Graph finish(const Shape& output) {
        m_graph.outputs = {activation(output)};
        op().outputs = m_graph.outputs;
        return m_graph;
    }

    void continueAs(DataType type) { m_type = type; }
    void quantizeOutputAs(types::Quantization quantization) { m_fixed = std::move(quantization); }
    void quantizeOutputAsInput() { m_sameQuantization = true; }

private:
    static float scale() {
        const double exponent = rarely() ? number(-200, 30) : number(-60, -20);
        return static_cast<float>(std::exp2(exponent / 10.0));
    }

    Tensor named(const Shape& shape, DataType type) const {
        Tensor tensor;
        tensor.name = "t" + std::to_string(m_graph.tensors.size());
        tensor.type = type;
        tensor.shape = shape;
        tensor.hasRank = true;
        return tensor;
    }

    int32_t activation(const Shape& shape) {
        Tensor tensor = named(shape, m_type);
        if (m_type != DataType::Float32) {
            tensor.quantization = quantization(m_type);
            if (m_sameQuantization && !m_graph.tensors.empty())
                tensor.quantization = m_graph.tensors[0].quantization;
            if (m_fixed.present()) tensor.quantization = m_fixed;
        }
        m_graph.tensors.push_back(tensor);
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    int32_t constant(Tensor tensor, double reach) {
        std::vector<uint8_t> bytes(static_cast<size_t>(tensor.bytes()));
        uint64_t state = static_cast<uint64_t>(number(0, 1 << 30));
        const auto unit = [&state] {
            state = state * 6364136223846793005u + 1442695040888963407u;
            return static_cast<double>(static_cast<int32_t>(state >> 32)) / 2147483648.0;
        };
        for (size_t i = 0; i < static_cast<size_t>(tensor.elements()); ++i) {
            if (tensor.type == DataType::Int8) {
                bytes[i] = static_cast<uint8_t>(static_cast<int8_t>(std::lround(unit() * 127)));
            } else if (tensor.type == DataType::Int16) {
                const auto value = static_cast<int16_t>(unit() * 32767);
                std::memcpy(bytes.data() + 2 * i, &value, 2);
            } else if (tensor.type == DataType::Int32) {
                const auto value = static_cast<int32_t>(unit() * reach);
                std::memcpy(bytes.data() + 4 * i, &value, 4);
            } else if (tensor.type == DataType::Int64) {
                const auto value = static_cast<int64_t>(unit() * reach);
                std::memcpy(bytes.data() + 8 * i, &value, 8);
            } else {
                const auto value = static_cast<float>(unit());
                std::memcpy(bytes.data() + 4 * i, &value, 4);
            }
        }
        tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size());
        m_graph.buffers.emplace_back(std::move(bytes));
        m_graph.tensors.push_back(tensor);
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    DataType m_type;
    Graph m_graph;
    bool m_sameQuantization = false;
    types::Quantization m_fixed;
};

Activation randomActivation() {
    constexpr Activation kAll[] = {Activation::None, Activation::Relu, Activation::Relu6,
                                   Activation::ReluN1To1};
    return kAll[number(0, 3)];
}

/// A window over a random image; the filter may be larger than it.
struct RandomWindow {
    types::WindowOptions options;
    int32_t batch = number(1, 2), height = number(1, 13), width = number(1, 13);
    int32_t filterHeight = number(1, 5), filterWidth = number(1, 5);

    explicit RandomWindow(bool dilated) {
        options.strideHeight = number(1, 3);
        options.strideWidth = number(1, 3);
        options.padding = number(0, 1) == 0 ? Padding::Same : Padding::Valid;
        options.activation = randomActivation();
        if (dilated && rarely()) options.dilationHeight = number(1, 3);
        if (dilated && rarely()) options.dilationWidth = number(1, 3);
    }

    Shape input(int32_t channels) const { return {batch, height, width, channels}; }
    Shape output(int32_t channels) const {
        return {batch, extent(height, filterHeight, options.strideHeight, options.dilationHeight),
                extent(width, filterWidth, options.strideWidth, options.dilationWidth), channels};
    }
    bool fits() const {
        const Shape out = output(1);
        return out[1] > 0 && out[2] > 0;
    }

private:
    int32_t extent(int32_t in, int32_t filter, int32_t stride, int32_t dilation) const {
        if (options.padding == Padding::Same) return (in + stride - 1) / stride;
        const int32_t reach = (filter - 1) * dilation + 1;
        return in < reach ? 0 : (in - reach) / stride + 1;
    }
};

/// Mostly small and odd, sometimes whole vectors of the widest machine.
int32_t randomChannels() {
    constexpr int32_t kWhole[] = {8, 16, 32, 48, 64, 80, 128};
    return number(0, 1) == 0 ? number(1, 37) : kWhole[number(0, 6)];
}

}  // namespace

Graph randomConvolution(DataType type) {
    const RandomWindow window(true);
    RC_PRE(window.fits());
    const int32_t groups = rarely() ? number(2, 4) : 1;
    const int32_t inputs = groups * number(1, 24);
    const int32_t outputs = groups > 1 ? groups * number(1, 20) : randomChannels();
    SingleOp single(OpKind::CONV_2D, type);
    single.op().options = window.options;
    single.input(window.input(inputs));
    single.weights({outputs, window.filterHeight, window.filterWidth, inputs / groups}, 0);
    return single.finish(window.output(outputs));
}

// The window is that of the convolution which leads from the output back to the input.
Graph randomTransposed(DataType type) {
    const RandomWindow window(false);
    RC_PRE(window.fits());
    const int32_t inputs = number(1, 40), outputs = randomChannels();
    SingleOp single(OpKind::TRANSPOSE_CONV, type);
    single.op().options = window.options;
    const Shape output = window.input(outputs);
    single.integers(output);
    single.weights({outputs, window.filterHeight, window.filterWidth, inputs}, 0);
    single.input(window.output(inputs));
    // The container's order: shape, weights, input, bias.
    std::swap(single.op().inputs[2], single.op().inputs[3]);
    return single.finish(output);
}

Graph randomDepthwise(DataType type) {
    RandomWindow window(true);
    RC_PRE(window.fits());
    const int32_t multiplier = rarely() ? number(2, 5) : 1;
    const int32_t inputs = randomChannels(), outputs = inputs * multiplier;
    window.options.depthMultiplier = multiplier;
    SingleOp single(OpKind::DEPTHWISE_CONV_2D, type);
    single.op().options = window.options;
    single.input(window.input(inputs));
    single.weights({1, window.filterHeight, window.filterWidth, outputs}, 3);
    return single.finish(window.output(outputs));
}

Graph randomFullyConnected(DataType type) {
    const int32_t rows = rarely() ? number(2, 20) : 1, depth = number(1, 200);
    const int32_t outputs = rarely() ? number(100, 300) : randomChannels();
    types::FullyConnectedOptions options;
    options.activation = randomActivation();
    SingleOp single(OpKind::FULLY_CONNECTED, type);
    single.op().options = options;
    single.input({rows, depth});
    single.weights({outputs, depth}, 0);
    return single.finish({rows, outputs});
}

Graph randomBinary(OpKind kind, DataType type) {
    const Shape full = {number(1, 3), number(1, 5), number(1, 5), randomChannels()};
    Shape other = full;
    for (int32_t& dim : other)
        if (rarely()) dim = 1;
    types::ArithmeticOptions options;
    options.activation = randomActivation();
    SingleOp single(kind, type);
    single.op().options = options;
    const bool swapped = rarely();
    single.input(swapped ? other : full);
    single.input(swapped ? full : other);
    return single.finish(full);
}

Graph randomPool(OpKind kind, DataType type) {
    RandomWindow window(false);
    RC_PRE(window.fits());
    window.options.filterHeight = window.filterHeight;
    window.options.filterWidth = window.filterWidth;
    const int32_t channels = randomChannels();
    SingleOp single(kind, type);
    single.op().options = window.options;
    single.quantizeOutputAsInput();
    single.input(window.input(channels));
    return single.finish(window.output(channels));
}

Graph randomMean(OpKind kind, DataType type) {
    const Shape shape = {number(1, 3), number(1, 6), number(1, 6), randomChannels()};
    std::vector<int32_t> axes;
    Shape output;
    for (int32_t axis = 0; axis < 4; ++axis) {
        const bool reduced = number(0, 1) == 0;
        if (reduced) axes.push_back(axis);
        output.push_back(reduced ? 1 : shape[static_cast<size_t>(axis)]);
    }
    RC_PRE(!axes.empty());
    types::ReduceOptions options;
    options.keepDims = true;
    SingleOp single(kind, type);
    single.op().options = options;
    single.input(shape);
    single.integers(axes);
    return single.finish(output);
}

Graph randomPad(DataType type) {
    Shape shape, output;
    std::vector<int32_t> paddings;
    for (int axis = 0; axis < 4; ++axis) {
        shape.push_back(axis == 3 ? randomChannels() : number(1, 6));
        paddings.push_back(number(0, 3));
        paddings.push_back(number(0, 3));
        output.push_back(shape.back() + paddings[paddings.size() - 2] + paddings.back());
    }
    SingleOp single(OpKind::PAD, type);
    single.quantizeOutputAsInput();
    single.input(shape);
    single.integers(paddings, {4, 2});
    return single.finish(output);
}

Graph randomSoftmax(DataType type) {
    const Shape shape = {number(1, 5), rarely() ? number(100, 400) : number(1, 40)};
    types::SoftmaxOptions options;
    SingleOp single(OpKind::SOFTMAX, type);
    single.op().options = options;
    single.input(shape);
    // TFLM fixes the output's scale.
    if (type == DataType::Int16)
        single.quantizeOutputAs({{1.0f / 32768.0f}, {0}, 0, {}, {}});
    else
        single.quantizeOutputAs({{1.0f / 256.0f}, {-128}, 0, {}, {}});
    return single.finish(shape);
}

Graph randomConversion(OpKind kind, DataType from, DataType to) {
    const Shape shape = {number(1, 4), number(1, 200)};
    SingleOp single(kind, from);
    single.input(shape);
    single.continueAs(to);
    return single.finish(shape);
}

Graph randomLstm() {
    const int32_t batches = number(1, 3), steps = number(1, 4);
    const int32_t inputs = number(1, 40), cells = number(1, 37);
    types::LstmOptions options;
    options.timeMajor = rarely();
    options.cellClip = rarely() ? 0.5f : 0.0f;
    SingleOp single(OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, DataType::Int8);
    single.op().options = options;
    const auto sequence = [&](int32_t depth) -> Shape {
        return options.timeMajor ? Shape{steps, batches, depth} : Shape{batches, steps, depth};
    };
    single.input(sequence(inputs));
    for (int gate = 0; gate < 4; ++gate)
        single.matrix({cells, inputs}, 0, 1);
    for (int gate = 0; gate < 4; ++gate)
        single.matrix({cells, cells}, 0, 1);
    single.absent(3);
    for (int gate = 0; gate < 4; ++gate)
        single.bias(cells);
    single.absent(2);
    const auto hidden = SingleOp::quantization(DataType::Int8);
    const float cellScale = std::exp2(static_cast<float>(number(-14, -8)));
    single.state({batches, cells}, DataType::Int8, hidden);
    single.state({batches, cells}, DataType::Int16, {{cellScale}, {0}, 0, {}, {}});
    single.absent(4);
    single.quantizeOutputAs(hidden);
    return single.finish(sequence(cells));
}

Graph randomSvdf(DataType state) {
    const int32_t batches = number(1, 2), inputs = number(1, 70), memory = number(1, 35);
    const int32_t units = number(1, 20);
    types::SvdfOptions options;
    options.rank = number(1, 3);
    const int32_t filters = units * options.rank;
    SingleOp single(OpKind::SVDF, DataType::Int8);
    single.op().options = options;
    single.input({batches, inputs});
    single.matrix({filters, inputs}, 0, 1);
    single.matrix({filters, memory}, 0, 1, state);
    if (rarely())
        single.absent(1);
    else
        single.bias(units);
    single.state({batches, filters * memory}, state, SingleOp::quantization(state));
    return single.finish({batches, units});
}

}  // namespace test
