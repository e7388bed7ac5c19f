// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_op.h"

#include "single_op.h"

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

Activation randomActivation() {
    constexpr Activation kAll[] = {Activation::None, Activation::Relu, Activation::Relu6,
                                   Activation::ReluN1To1};
    return kAll[number(0, 3)];
}

/// A window over a random image; the filter may be larger than it.
struct RandomWindow {
    types::WindowOptions options;
    int32_t batch = number(1, 2), height = number(1, 13), width = number(1, 13);
    int32_t filterHeight = filterSize(), filterWidth = filterSize();

    explicit RandomWindow(bool dilated) {
        options.strideHeight = number(1, 3);
        options.strideWidth = number(1, 3);
        options.padding = number(0, 1) == 0 ? Padding::Same : Padding::Valid;
        options.activation = randomActivation();
        if (dilated && rarely()) options.dilationHeight = number(1, 3);
        if (dilated && rarely()) options.dilationWidth = number(1, 3);
        if (rarely()) width = filterWidth = 1;  // a column
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
    static int32_t filterSize() { return rarely() ? number(6, 20) : number(1, 5); }
    int32_t extent(int32_t in, int32_t filter, int32_t stride, int32_t dilation) const {
        if (options.padding == Padding::Same) return (in + stride - 1) / stride;
        const int32_t reach = (filter - 1) * dilation + 1;
        return in < reach ? 0 : (in - reach) / stride + 1;
    }
};

/// Now and then of 4 bits, where codes have 8.
DataType randomWeights(DataType codes) {
    return codes == DataType::Int8 && rarely() ? DataType::Int4 : DataType::Int8;
}

/// Mostly small and odd, sometimes whole vectors of the widest machine.
int32_t randomChannels() {
    constexpr int32_t kWhole[] = {8, 16, 32, 48, 64, 80, 128};
    return number(0, 1) == 0 ? number(1, 37) : kWhole[number(0, 6)];
}

Graph depthwise(RandomWindow& window, int32_t inputs, int32_t multiplier, DataType type,
                DataType weights) {
    RC_PRE(window.fits());
    const int32_t outputs = inputs * multiplier;
    window.options.depthMultiplier = multiplier;
    SingleOp single(OpKind::DEPTHWISE_CONV_2D, type);
    single.op().options = window.options;
    single.input(window.input(inputs));
    single.weights({1, window.filterHeight, window.filterWidth, outputs}, 3, weights);
    return single.finish(window.output(outputs));
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
    single.weights({outputs, window.filterHeight, window.filterWidth, inputs / groups}, 0,
                   randomWeights(type));
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
    const bool fansOut = rarely();
    const int32_t multiplier = fansOut ? number(2, 40) : rarely() ? number(2, 5) : 1;
    return depthwise(window, fansOut ? 1 : randomChannels(), multiplier, type, randomWeights(type));
}

Graph randomDepthwise3x3() {
    RandomWindow window(false);
    window.filterHeight = window.filterWidth = 3;
    window.options.strideHeight = window.options.strideWidth = number(1, 2);
    return depthwise(window, randomChannels(), 1, DataType::Int8, DataType::Int8);
}

Graph randomFullyConnected(DataType type) {
    const int32_t rows = rarely() ? number(2, 20) : 1, depth = number(1, 200);
    const int32_t outputs = rarely() ? number(100, 300) : randomChannels();
    types::FullyConnectedOptions options;
    options.activation = randomActivation();
    SingleOp single(OpKind::FULLY_CONNECTED, type);
    single.op().options = options;
    single.input({rows, depth});
    single.weights({outputs, depth}, 0, randomWeights(type));
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
