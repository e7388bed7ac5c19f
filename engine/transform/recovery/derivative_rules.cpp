// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/derivative_rules.h"

#include <algorithm>
#include <cmath>

#include "analysis/constants.h"

namespace transform {

using types::Activation;
using types::OpKind;
using types::Shape;

namespace {

/// For each element of shape `large`, in row-major order: its index in a tensor of shape `small`
/// that is broadcast to it (aligned at the last axes).
std::vector<size_t> broadcastPlaces(const Shape& small, const Shape& large) {
    std::vector<size_t> owners(static_cast<size_t>(types::elementCount(large)));
    const size_t lead = large.size() - small.size();
    for (size_t i = 0; i < owners.size(); ++i) {
        size_t rest = i, stride = 1;
        for (size_t axis = large.size(); axis-- > 0;) {
            const size_t along = rest % static_cast<size_t>(large[axis]);
            rest /= static_cast<size_t>(large[axis]);
            if (axis < lead) continue;
            const auto length = static_cast<size_t>(small[axis - lead]);
            if (length > 1) owners[i] += along * stride;
            stride *= length;
        }
    }
    return owners;
}

bool isActivation(const Derivative& d, size_t operand) {
    return !d.graph.isConstant(d.op().input(operand));
}

/// ADD, SUB and MUL: the derivative with respect to operand i is 1, -1, or the other operand.
void arithmetic(const Derivative& d) {
    const auto activation = activationOf(d.op().options);
    const auto outer = beforeActivation(activation, d.outer(), d.value(d.op().output(0)));
    const Shape& large = d.shape(d.op().output(0));
    for (size_t i = 0; i < 2; ++i) {
        if (!isActivation(d, i)) continue;
        const int32_t self = d.op().input(i), other = d.op().input(1 - i);
        const auto owners = broadcastPlaces(d.shape(self), large);
        const auto others = broadcastPlaces(d.shape(other), large);
        std::vector<float>& inner = d.inner(i);
        for (size_t k = 0; k < outer.size(); ++k) {
            float slope = d.op().kind == OpKind::SUB && i == 1 ? -1.0f : 1.0f;
            if (d.op().kind == OpKind::MUL) slope = d.value(other)[others[k]];
            inner[owners[k]] += slope * outer[k];
        }
    }
}

/// MEAN and SUM. Reduced axes are kept with length 1 to find each element's index in the output.
void reduction(const Derivative& d) {
    const Shape& in = d.shape(d.op().input(0));
    Shape out = in;
    const auto axes = analysis::constantInts(d.graph, d.op().input(1));
    for (int64_t axis : *axes)
        out[static_cast<size_t>(axis < 0 ? axis + static_cast<int64_t>(in.size()) : axis)] = 1;
    const auto owners = broadcastPlaces(out, in);
    const float share = d.op().kind == OpKind::SUM
                            ? 1.0f
                            : static_cast<float>(types::elementCount(out)) /
                                  static_cast<float>(types::elementCount(in));
    std::vector<float>& inner = d.inner(0);
    for (size_t i = 0; i < inner.size(); ++i)
        inner[i] += d.outer()[owners[i]] * share;
}

/// Operators that change only shape or precision.
void passOn(const Derivative& d) {
    std::vector<float>& inner = d.inner(0);
    for (size_t i = 0; i < inner.size(); ++i)
        inner[i] += d.outer()[i];
}

/// Calls visit(index in part, index in whole), where `part` begins at `begin` of `whole`.
template <typename Visit>
void forEachInside(const Shape& part, const Shape& whole, const std::vector<int64_t>& begin,
                   Visit visit) {
    const auto count = static_cast<size_t>(types::elementCount(part));
    for (size_t i = 0; i < count; ++i) {
        size_t rest = i, stride = 1, owner = 0;
        for (size_t axis = part.size(); axis-- > 0;) {
            const auto length = static_cast<size_t>(part[axis]);
            owner += (rest % length + static_cast<size_t>(begin[axis])) * stride;
            rest /= length;
            stride *= static_cast<size_t>(whole[axis]);
        }
        visit(i, owner);
    }
}

void pad(const Derivative& d) {
    const auto paddings = *analysis::constantInts(d.graph, d.op().input(1));
    const Shape &in = d.shape(d.op().input(0)), &out = d.shape(d.op().output(0));
    std::vector<int64_t> begin;
    for (size_t axis = 0; axis < in.size(); ++axis)
        begin.push_back(paddings[2 * axis]);
    std::vector<float>& inner = d.inner(0);
    forEachInside(in, out, begin,
                  [&](size_t part, size_t whole) { inner[part] += d.outer()[whole]; });
}

void concatenation(const Derivative& d) {
    const auto& options = std::get<types::ConcatenationOptions>(d.op().options);
    const Shape& out = d.shape(d.op().output(0));
    const auto rank = static_cast<int32_t>(out.size());
    const auto axis = static_cast<size_t>(options.axis < 0 ? options.axis + rank : options.axis);
    std::vector<int64_t> begin(out.size(), 0);
    for (size_t i = 0; i < d.op().inputs.size(); ++i) {
        const Shape& in = d.shape(d.op().input(i));
        if (isActivation(d, i)) {
            std::vector<float>& inner = d.inner(i);
            forEachInside(in, out, begin,
                          [&](size_t part, size_t whole) { inner[part] += d.outer()[whole]; });
        }
        begin[axis] += in[axis];
    }
}

/// Derivative of a function of one number, from its argument x and its value y.
float slopeOf(OpKind kind, float x, float y) {
    switch (kind) {
        case OpKind::RELU:
            return x > 0 ? 1.0f : 0.0f;
        case OpKind::RELU6:
            return x > 0 && x < 6 ? 1.0f : 0.0f;
        case OpKind::LOGISTIC:
            return y * (1 - y);
        case OpKind::TANH:
            return 1 - y * y;
        case OpKind::HARD_SWISH:
            return x <= -3 ? 0.0f : x >= 3 ? 1.0f : (2 * x + 3) / 6;
        default:
            return 1;
    }
}

void unary(const Derivative& d) {
    const auto& x = d.value(d.op().input(0));
    const auto& y = d.value(d.op().output(0));
    std::vector<float>& inner = d.inner(0);
    for (size_t i = 0; i < inner.size(); ++i)
        inner[i] += slopeOf(d.op().kind, x[i], y[i]) * d.outer()[i];
}

void leakyRelu(const Derivative& d) {
    const float alpha = std::get<types::LeakyReluOptions>(d.op().options).alpha;
    const auto& x = d.value(d.op().input(0));
    std::vector<float>& inner = d.inner(0);
    for (size_t i = 0; i < inner.size(); ++i)
        inner[i] += (x[i] > 0 ? 1.0f : alpha) * d.outer()[i];
}

}  // namespace

std::vector<float>& Derivative::inner(size_t operand) const {
    const int32_t tensor = op().input(operand);
    std::vector<float>& gradient = gradients[static_cast<size_t>(tensor)];
    gradient.resize(static_cast<size_t>(graph.tensor(tensor).elements()), 0.0f);
    return gradient;
}

std::vector<float> beforeActivation(Activation activation, const std::vector<float>& gradient,
                                    const std::vector<float>& values) {
    std::vector<float> before = gradient;
    for (size_t i = 0; i < before.size(); ++i) {
        const float y = values[i];
        const bool clamped = (activation == Activation::Relu && y <= 0) ||
                             (activation == Activation::Relu6 && (y <= 0 || y >= 6)) ||
                             (activation == Activation::ReluN1To1 && (y <= -1 || y >= 1));
        if (clamped) before[i] = 0;
        if (activation == Activation::Tanh) before[i] *= 1 - y * y;
    }
    return before;
}

DerivativeRule derivativeRule(const types::Graph& graph, size_t op) {
    const auto constantOperand = [&] {
        return analysis::constantInts(graph, graph.ops[op].input(1)).has_value();
    };
    switch (graph.ops[op].kind) {
        case OpKind::ADD:
        case OpKind::SUB:
        case OpKind::MUL:
            return arithmetic;
        case OpKind::MEAN:
        case OpKind::SUM:
            return constantOperand() ? reduction : nullptr;
        case OpKind::PAD:
        case OpKind::PADV2:
            return constantOperand() ? pad : nullptr;
        case OpKind::CONCATENATION:
            return concatenation;
        case OpKind::RESHAPE:
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
        case OpKind::QUANTIZE:
        case OpKind::DEQUANTIZE:
            return passOn;
        case OpKind::RELU:
        case OpKind::RELU6:
        case OpKind::LOGISTIC:
        case OpKind::TANH:
        case OpKind::HARD_SWISH:
            return unary;
        case OpKind::LEAKY_RELU:
            return leakyRelu;
        default:
            return layerDerivativeRule(graph, op);
    }
}

}  // namespace transform
