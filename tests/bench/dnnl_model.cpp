// SPDX-License-Identifier: GPL-3.0-or-later
#include "dnnl_model.h"

#include <cstring>
#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "analysis/shapes.h"

namespace bench {
namespace {

using dnnl::algorithm;
using dnnl::memory;
using types::OpKind;
using Dims = memory::dims;
using Args = std::unordered_map<int, memory>;
using Tag = memory::format_tag;

memory::desc described(const Dims& dims, Tag tag) {
    return {dims, memory::data_type::f32, tag};
}

algorithm clampOf(types::Activation activation) {
    return activation == types::Activation::Relu6 ? algorithm::eltwise_clip_v2_use_dst_for_bwd
                                                  : algorithm::eltwise_relu_use_dst_for_bwd;
}

float upperOf(types::Activation activation) {
    return activation == types::Activation::Relu6 ? 6.0f : 0.0f;
}

/// Strides, dilations and paddings of a window operator, as oneDNN takes them.
struct Slide {
    Dims strides, dilations, before, after;
};

Slide slideOf(const types::WindowOptions& o, const types::Shape& in, const types::Shape& out,
              int64_t height, int64_t width) {
    const auto before = [&](size_t axis, int64_t window, int32_t stride, int32_t dilation) {
        return int64_t{analysis::windowExtent(o.padding, in[axis], static_cast<int32_t>(window),
                                              stride, dilation)
                           .paddingBefore};
    };
    Slide s;
    s.strides = {o.strideHeight, o.strideWidth};
    s.dilations = {o.dilationHeight - 1, o.dilationWidth - 1};
    s.before = {before(1, height, o.strideHeight, o.dilationHeight),
                before(2, width, o.strideWidth, o.dilationWidth)};
    const int64_t windows[] = {(height - 1) * o.dilationHeight + 1,
                               (width - 1) * o.dilationWidth + 1};
    for (size_t axis = 0; axis < 2; ++axis)
        s.after.push_back((out[axis + 1] - 1) * s.strides[axis] + windows[axis] - in[axis + 1] -
                          s.before[axis]);
    return s;
}

}  // namespace

struct DnnlModel::State {
    struct Step {
        dnnl::primitive primitive;
        std::unordered_map<int, memory> args;
    };

    State(const types::Graph& model, int samples) : graph(model), batch(samples) {}

    const types::Graph& graph;
    int64_t batch;
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
    std::vector<Step> forward;
    std::vector<std::vector<Step>> backward;  ///< per operator, in order of the graph
    std::map<int32_t, memory> values, gradients;
    std::set<int32_t> constants;  ///< tensors without a gradient: the inputs

    Dims dimsOf(int32_t tensor) const {
        const auto& shape = graph.tensor(tensor).shape;
        if (shape.size() == 4) return {batch * shape[0], shape[3], shape[1], shape[2]};
        return {batch * shape[0], shape[1]};
    }
    memory make(const memory::desc& desc) const {
        memory result(desc, engine);
        auto* data = static_cast<float*>(result.get_data_handle());
        for (size_t i = 0; i < desc.get_size() / sizeof(float); ++i)
            data[i] = 0.01f * static_cast<float>(i % 17) - 0.08f;
        return result;
    }
    /// The memory in another layout: itself, or a copy that `steps` makes.
    memory as(const memory& source, const memory::desc& desc, std::vector<Step>& steps) const {
        if (source.get_desc() == desc) return source;
        memory copy = make(desc);
        steps.push_back(
            {dnnl::reorder(source, copy), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, copy}}});
        return copy;
    }
    /// Gives a tensor its gradient, which a second reader adds to.
    void addGradient(int32_t tensor, memory computed, std::vector<Step>& steps) {
        const auto found = gradients.find(tensor);
        if (found == gradients.end()) {
            gradients[tensor] = computed;
            return;
        }
        const memory other = as(computed, found->second.get_desc(), steps);
        const memory::desc desc = other.get_desc();
        const dnnl::binary::primitive_desc sum({algorithm::binary_add, desc, desc, desc}, engine);
        steps.push_back({dnnl::binary(sum),
                         {{DNNL_ARG_SRC_0, found->second},
                          {DNNL_ARG_SRC_1, other},
                          {DNNL_ARG_DST, found->second}}});
    }
    dnnl::primitive_attr fused(types::Activation activation) const {
        dnnl::primitive_attr attributes;
        if (activation == types::Activation::None) return attributes;
        dnnl::post_ops after;
        const bool clips = activation == types::Activation::Relu6;
        after.append_eltwise(1, clips ? algorithm::eltwise_clip_v2 : algorithm::eltwise_relu, 0,
                             upperOf(activation));
        attributes.set_post_ops(after);
        return attributes;
    }
    /// Gradient of an output before its activation.
    memory before(types::Activation activation, int32_t tensor, std::vector<Step>& steps) {
        const memory& value = values.at(tensor);
        const memory gradient = as(gradients.at(tensor), value.get_desc(), steps);
        if (activation == types::Activation::None) return gradient;
        const memory::desc desc = value.get_desc();
        using Forward = dnnl::eltwise_forward;
        using Backward = dnnl::eltwise_backward;
        const Forward::primitive_desc hint(
            {dnnl::prop_kind::forward_training, clampOf(activation), desc, 0, upperOf(activation)},
            engine);
        const Backward::primitive_desc slope(
            {clampOf(activation), desc, desc, 0, upperOf(activation)}, engine, hint);
        const memory result = make(desc);
        steps.push_back(
            {Backward(slope),
             {{DNNL_ARG_DST, value}, {DNNL_ARG_DIFF_DST, gradient}, {DNNL_ARG_DIFF_SRC, result}}});
        return result;
    }

    void convolution(const types::Op& op, std::vector<Step>& back, bool isForward);
    void dense(const types::Op& op, std::vector<Step>& back, bool isForward);
    void pool(const types::Op& op, std::vector<Step>& back, bool isForward);
    void sum(const types::Op& op, std::vector<Step>& back, bool isForward);
    void add(const types::Op& op, std::vector<Step>& back, bool isForward);
    void reshape(const types::Op& op, std::vector<Step>& back, bool isForward);

    /// Hints for the backward primitives, by output.
    std::map<int32_t, dnnl::convolution_forward::primitive_desc> convolutions;
    std::map<int32_t, dnnl::inner_product_forward::primitive_desc> products;
    std::map<int32_t, dnnl::pooling_forward::primitive_desc> pools;
    std::map<int32_t, memory> weights;
};

void DnnlModel::State::convolution(const types::Op& op, std::vector<Step>& back, bool isForward) {
    const bool depthwise = op.kind == OpKind::DEPTHWISE_CONV_2D;
    const auto& options = std::get<types::WindowOptions>(op.options);
    const auto& filter = graph.tensor(op.inputs[1]).shape;
    const Dims in = dimsOf(op.inputs[0]), out = dimsOf(op.outputs[0]);
    const int64_t height = filter[1], width = filter[2];
    const Dims taps = depthwise ? Dims{in[1], out[1] / in[1], 1, height, width}
                                : Dims{out[1], in[1], height, width};
    const Slide s = slideOf(options, graph.tensor(op.inputs[0]).shape,
                            graph.tensor(op.outputs[0]).shape, height, width);
    const auto any = [](const Dims& dims) { return described(dims, Tag::any); };
    const memory::desc bias = described({out[1]}, Tag::x);
    const auto direct = algorithm::convolution_direct;
    if (isForward) {
        const dnnl::convolution_forward::primitive_desc plan(
            {dnnl::prop_kind::forward_training, direct, any(in), any(taps), bias, any(out),
             s.strides, s.dilations, s.before, s.after},
            fused(options.activation), engine);
        const memory source = as(values.at(op.inputs[0]), plan.src_desc(), forward);
        weights[op.outputs[0]] = make(plan.weights_desc());
        values[op.outputs[0]] = make(plan.dst_desc());
        forward.push_back({dnnl::convolution_forward(plan),
                           {{DNNL_ARG_SRC, source},
                            {DNNL_ARG_WEIGHTS, weights[op.outputs[0]]},
                            {DNNL_ARG_BIAS, make(bias)},
                            {DNNL_ARG_DST, values[op.outputs[0]]}}});
        convolutions.emplace(op.outputs[0], plan);
        return;
    }
    const auto& hint = convolutions.at(op.outputs[0]);
    const memory outer = before(options.activation, op.outputs[0], back);
    const dnnl::convolution_backward_weights::primitive_desc plan(
        {direct, any(in), any(taps), bias, any(out), s.strides, s.dilations, s.before, s.after},
        engine, hint);
    back.push_back({dnnl::convolution_backward_weights(plan),
                    {{DNNL_ARG_SRC, as(values.at(op.inputs[0]), plan.src_desc(), back)},
                     {DNNL_ARG_DIFF_DST, as(outer, plan.diff_dst_desc(), back)},
                     {DNNL_ARG_DIFF_WEIGHTS, make(plan.diff_weights_desc())},
                     {DNNL_ARG_DIFF_BIAS, make(bias)}}});
    if (constants.contains(op.inputs[0])) return;
    const dnnl::convolution_backward_data::primitive_desc inner(
        {direct, any(in), any(taps), any(out), s.strides, s.dilations, s.before, s.after}, engine,
        hint);
    const memory result = make(inner.diff_src_desc());
    back.push_back({dnnl::convolution_backward_data(inner),
                    {{DNNL_ARG_DIFF_DST, as(outer, inner.diff_dst_desc(), back)},
                     {DNNL_ARG_WEIGHTS, as(weights.at(op.outputs[0]), inner.weights_desc(), back)},
                     {DNNL_ARG_DIFF_SRC, result}}});
    addGradient(op.inputs[0], result, back);
}

void DnnlModel::State::dense(const types::Op& op, std::vector<Step>& back, bool isForward) {
    const auto activation = std::get<types::FullyConnectedOptions>(op.options).activation;
    const auto& shape = graph.tensor(op.inputs[1]).shape;
    const Dims out = {batch, shape[0]}, in = {batch, shape[1]}, taps = {shape[0], shape[1]};
    const auto any = [](const Dims& dims) { return described(dims, Tag::any); };
    const memory::desc bias = described({out[1]}, Tag::x);
    if (isForward) {
        const dnnl::inner_product_forward::primitive_desc plan(
            {dnnl::prop_kind::forward_training, any(in), any(taps), bias, any(out)},
            fused(activation), engine);
        const memory source = as(values.at(op.inputs[0]), plan.src_desc(), forward);
        weights[op.outputs[0]] = make(plan.weights_desc());
        values[op.outputs[0]] = make(plan.dst_desc());
        forward.push_back({dnnl::inner_product_forward(plan),
                           {{DNNL_ARG_SRC, source},
                            {DNNL_ARG_WEIGHTS, weights[op.outputs[0]]},
                            {DNNL_ARG_BIAS, make(bias)},
                            {DNNL_ARG_DST, values[op.outputs[0]]}}});
        products.emplace(op.outputs[0], plan);
        return;
    }
    const auto& hint = products.at(op.outputs[0]);
    const memory outer = before(activation, op.outputs[0], back);
    const dnnl::inner_product_backward_weights::primitive_desc plan(
        {any(in), any(taps), bias, any(out)}, engine, hint);
    back.push_back({dnnl::inner_product_backward_weights(plan),
                    {{DNNL_ARG_SRC, as(values.at(op.inputs[0]), plan.src_desc(), back)},
                     {DNNL_ARG_DIFF_DST, as(outer, plan.diff_dst_desc(), back)},
                     {DNNL_ARG_DIFF_WEIGHTS, make(plan.diff_weights_desc())},
                     {DNNL_ARG_DIFF_BIAS, make(bias)}}});
    if (constants.contains(op.inputs[0])) return;
    const dnnl::inner_product_backward_data::primitive_desc inner({any(in), any(taps), any(out)},
                                                                  engine, hint);
    const memory result = make(inner.diff_src_desc());
    back.push_back({dnnl::inner_product_backward_data(inner),
                    {{DNNL_ARG_DIFF_DST, as(outer, inner.diff_dst_desc(), back)},
                     {DNNL_ARG_WEIGHTS, as(weights.at(op.outputs[0]), inner.weights_desc(), back)},
                     {DNNL_ARG_DIFF_SRC, result}}});
    addGradient(op.inputs[0], result, back);
}

void DnnlModel::State::pool(const types::Op& op, std::vector<Step>& back, bool isForward) {
    const auto& options = std::get<types::WindowOptions>(op.options);
    const Slide s =
        slideOf(options, graph.tensor(op.inputs[0]).shape, graph.tensor(op.outputs[0]).shape,
                options.filterHeight, options.filterWidth);
    const Dims window = {options.filterHeight, options.filterWidth};
    const auto average = algorithm::pooling_avg_exclude_padding;
    if (isForward) {
        const memory& source = values.at(op.inputs[0]);
        const dnnl::pooling_forward::primitive_desc plan(
            {dnnl::prop_kind::forward_training, average, source.get_desc(),
             described(dimsOf(op.outputs[0]), Tag::any), s.strides, window, s.before, s.after},
            engine);
        values[op.outputs[0]] = make(plan.dst_desc());
        forward.push_back({dnnl::pooling_forward(plan),
                           {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, values[op.outputs[0]]}}});
        pools.emplace(op.outputs[0], plan);
        return;
    }
    const memory::desc in = values.at(op.inputs[0]).get_desc();
    const memory::desc out = values.at(op.outputs[0]).get_desc();
    const dnnl::pooling_backward::primitive_desc plan(
        {average, in, out, s.strides, window, s.before, s.after}, engine, pools.at(op.outputs[0]));
    const memory result = make(in);
    back.push_back({dnnl::pooling_backward(plan),
                    {{DNNL_ARG_DIFF_DST, as(gradients.at(op.outputs[0]), out, back)},
                     {DNNL_ARG_DIFF_SRC, result}}});
    addGradient(op.inputs[0], result, back);
}

void DnnlModel::State::sum(const types::Op& op, std::vector<Step>& back, bool isForward) {
    const auto activation = std::get<types::ArithmeticOptions>(op.options).activation;
    if (isForward) {
        const memory& left = values.at(op.inputs[0]);
        const memory::desc desc = left.get_desc();
        const memory right = as(values.at(op.inputs[1]), desc, forward);
        const dnnl::binary::primitive_desc plan({algorithm::binary_add, desc, desc, desc},
                                                fused(activation), engine);
        values[op.outputs[0]] = make(desc);
        forward.push_back({dnnl::binary(plan),
                           {{DNNL_ARG_SRC_0, left},
                            {DNNL_ARG_SRC_1, right},
                            {DNNL_ARG_DST, values[op.outputs[0]]}}});
        return;
    }
    const memory outer = before(activation, op.outputs[0], back);
    for (int32_t input : op.inputs) {
        // Each operand owns its gradient, since other readers add to it.
        const memory own = make(outer.get_desc());
        back.push_back({dnnl::reorder(outer, own), {{DNNL_ARG_FROM, outer}, {DNNL_ARG_TO, own}}});
        addGradient(input, own, back);
    }
}

/// Flattens an image of one pixel.
void DnnlModel::State::reshape(const types::Op& op, std::vector<Step>& back, bool isForward) {
    const Dims in = dimsOf(op.inputs[0]), out = dimsOf(op.outputs[0]);
    if (in.size() != 4 || in[2] * in[3] != 1 || out.size() != 2)
        throw std::runtime_error("reshape of more than one pixel");
    if (isForward) {
        const memory plain = as(values.at(op.inputs[0]), described(in, Tag::nhwc), forward);
        values[op.outputs[0]] = memory(described(out, Tag::nc), engine, plain.get_data_handle());
        return;
    }
    const memory plain = as(gradients.at(op.outputs[0]), described(out, Tag::nc), back);
    addGradient(op.inputs[0], memory(described(in, Tag::nhwc), engine, plain.get_data_handle()),
                back);
}

void DnnlModel::State::add(const types::Op& op, std::vector<Step>& back, bool isForward) {
    switch (op.kind) {
        case OpKind::CONV_2D:
        case OpKind::DEPTHWISE_CONV_2D:
            return convolution(op, back, isForward);
        case OpKind::FULLY_CONNECTED:
            return dense(op, back, isForward);
        case OpKind::AVERAGE_POOL_2D:
            return pool(op, back, isForward);
        case OpKind::ADD:
            return sum(op, back, isForward);
        case OpKind::RESHAPE:
            return reshape(op, back, isForward);
        default:
            throw std::runtime_error("no oneDNN primitive for " + op.name());
    }
}

DnnlModel::DnnlModel(const types::Graph& graph, int batch)
    : m_state(std::make_unique<State>(graph, batch)) {
    State& s = *m_state;
    for (int32_t input : graph.inputs) {
        s.constants.insert(input);
        s.values[input] = s.make(described(s.dimsOf(input), Tag::nhwc));
    }
    std::vector<const types::Op*> ops;
    for (const types::Op& op : graph.ops)
        if (op.kind != OpKind::SOFTMAX) ops.push_back(&op);
    std::vector<State::Step> none;
    for (const types::Op* op : ops)
        s.add(*op, none, true);
    const int32_t last = ops.back()->outputs[0];
    s.gradients[last] = s.make(s.values.at(last).get_desc());
    for (size_t i = ops.size(); i-- > 0;) {
        s.backward.emplace_back();
        s.add(*ops[i], s.backward.back(), false);
    }
}

DnnlModel::~DnnlModel() = default;

void DnnlModel::step() {
    for (const State::Step& step : m_state->forward)
        step.primitive.execute(m_state->stream, step.args);
    for (const auto& steps : m_state->backward)
        for (const State::Step& step : steps)
            step.primitive.execute(m_state->stream, step.args);
    m_state->stream.wait();
}

}  // namespace bench
