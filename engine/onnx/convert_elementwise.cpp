// SPDX-License-Identifier: GPL-3.0-or-later
// Operators of one operand, element by element: the result lies in memory as the operand does.
#include <algorithm>
#include <cmath>

#include "onnx/operators.h"
#include "onnx/quantization.h"
#include "onnx/tensor_data.h"

namespace onnx {
namespace {

using types::DataType;
using types::OpKind;

/// A kernel on int8 codes writes the scale that is wanted, keeps its own, or there is none.
enum class OnCodes : int8_t { None, AnyScale, OwnScale };

struct UnaryKind {
    const char* op;
    OpKind kind;
    OnCodes onCodes;
};

constexpr UnaryKind kUnaryKinds[] = {
    {"Relu", OpKind::RELU, OnCodes::AnyScale},
    {"LeakyRelu", OpKind::LEAKY_RELU, OnCodes::AnyScale},
    {"Abs", OpKind::ABS, OnCodes::AnyScale},
    {"Elu", OpKind::ELU, OnCodes::AnyScale},
    {"HardSwish", OpKind::HARD_SWISH, OnCodes::AnyScale},
    {"Sigmoid", OpKind::LOGISTIC, OnCodes::OwnScale},
    {"Tanh", OpKind::TANH, OnCodes::OwnScale},
    {"Neg", OpKind::NEG, OnCodes::None},
    {"Exp", OpKind::EXP, OnCodes::None},
    {"Log", OpKind::LOG, OnCodes::None},
    {"Sqrt", OpKind::SQRT, OnCodes::None},
    {"Floor", OpKind::FLOOR, OnCodes::None},
    {"Ceil", OpKind::CEIL, OnCodes::None},
    {"Round", OpKind::ROUND, OnCodes::None},
    {"Sin", OpKind::SIN, OnCodes::None},
    {"Cos", OpKind::COS, OnCodes::None},
    {"Not", OpKind::LOGICAL_NOT, OnCodes::None},
};

const UnaryKind* unaryKindOf(const std::string& op) {
    const auto* rule = std::ranges::find_if(kUnaryKinds, [&](const auto& r) { return op == r.op; });
    return rule == std::end(kUnaryKinds) ? nullptr : rule;
}

View emitUnary(Conversion& c, OpKind kind, const View& view, int32_t result,
               types::OpOptions options = {}) {
    c.emit(kind, {view.tensor}, {result}, std::move(options));
    View out = view;
    out.tensor = result;
    return out;
}

/// Of the kernel's own scale.
constexpr float kFinest = 0.9f;

/// Scale of the results of LOGISTIC and TANH, which the integer kernels assume.
ActivationScale ownScale(OpKind kind, DataType type) {
    if (type == DataType::Int16) return {1.0f / 32768, 0, type};
    return kind == OpKind::TANH ? ActivationScale{1.0f / 128, 0, type}
                                : ActivationScale{1.0f / 256, -128, type};
}

types::OpOptions unaryOptionsOf(const Node& node) {
    if (node.op == "LeakyRelu") return types::LeakyReluOptions{node.real("alpha", 0.01f)};
    if (node.op == "Elu") require(node.real("alpha", 1) == 1.0f, node, "has an alpha other than 1");
    return {};
}

/// True where the operator ran on codes.
bool convertOnCodes(Conversion& c, const Node& node, const UnaryKind& rule, const View& in) {
    const auto scale = c.scaleOf(in);
    if (!scale || rule.onCodes == OnCodes::None) return false;
    const bool isTable16 = rule.kind == OpKind::ELU || rule.kind == OpKind::HARD_SWISH;
    const bool isSteep = rule.kind == OpKind::LEAKY_RELU && node.real("alpha", 0.01f) < 0;
    if (isSteep || (isTable16 && scale->type == DataType::Int16)) return false;
    Tail tail = c.tailOf(node, false, true);
    if (!tail.scale || tail.scale->type != scale->type) {
        if (rule.kind != OpKind::RELU) return false;
        // Negative codes are clamped in the scale that they have.
        tail = c.tailOf(node, false, false);
        tail.scale = scale;
    }
    const bool isOwn = rule.onCodes == OnCodes::OwnScale;
    // A finer scale than the kernel's could not be told from its codes.
    if (isOwn && tail.scale->scale < kFinest * ownScale(rule.kind, scale->type).scale) return false;
    const ActivationScale gives = isOwn ? ownScale(rule.kind, scale->type) : *tail.scale;
    const bool isDirect = gives == *tail.scale;
    const std::string name = isDirect ? tail.name : node.outputs[0];
    const int32_t result = c.addScaled(name, c.tensor(in.tensor).shape, gives);
    const View out = emitUnary(c, rule.kind, in, result, unaryOptionsOf(node));
    c.finish(tail, c.quantized(out, *tail.scale, tail.name));
    return true;
}

void convertUnary(Conversion& c, const Node& node) {
    const UnaryKind& rule = *unaryKindOf(node.op);
    const View in = c.numbers(node, 0);
    if (convertOnCodes(c, node, rule, in)) return;
    const View real = c.real(in);
    const int32_t result =
        c.addTensorLike(node.outputs[0], real.tensor, c.tensor(real.tensor).shape);
    c.give(node, emitUnary(c, rule.kind, real, result, unaryOptionsOf(node)),
           c.input(node, 0).type);
}

/// One number as an operand for tensors of the view's type and scale.
int32_t limitOperand(Conversion& c, const Node& node, const View& view, double number) {
    const types::Tensor like = c.tensor(view.tensor);
    const auto scale = c.scaleOf(view);
    if (scale) {
        const auto range = types::codeRange(like.type);
        number =
            std::clamp(std::round(number / static_cast<double>(scale->scale)) + scale->zeroPoint,
                       static_cast<double>(range.lowest), static_cast<double>(range.highest));
    }
    return c.addConstant(node.outputs[0] + "/limit", makeArray(like.type, {1}, {number}), like.type,
                         like.quantization);
}

View limited(Conversion& c, const Node& node, OpKind kind, const View& view, double number) {
    const int32_t operand = limitOperand(c, node, view, number);
    const int32_t result =
        c.addTensorLike(node.outputs[0], view.tensor, c.tensor(view.tensor).shape);
    c.emit(kind, {view.tensor, operand}, {result});
    View out = view;
    out.tensor = result;
    return out;
}

void convertClip(Conversion& c, const Node& node) {
    View view = c.numbers(node, 0);
    const auto [low, high] = clipLimits(c.arguments(node));
    const auto activation = fusedActivationOf(c.arguments(node));
    const bool isRelu = activation && *activation != types::Activation::ReluN1To1;
    if (isRelu && !c.scaleOf(view) && c.tensor(view.tensor).type == DataType::Float32) {
        const OpKind kind = *activation == types::Activation::Relu6 ? OpKind::RELU6 : OpKind::RELU;
        const int32_t result =
            c.addTensorLike(node.outputs[0], view.tensor, c.tensor(view.tensor).shape);
        c.give(node, emitUnary(c, kind, view, result), DataType::Float32);
        return;
    }
    if (std::isfinite(low)) view = limited(c, node, OpKind::MAXIMUM, view, low);
    if (std::isfinite(high)) view = limited(c, node, OpKind::MINIMUM, view, high);
    c.give(node, view, c.input(node, 0).type);
}

int32_t withNumber(Conversion& c, const Node& node, OpKind kind, int32_t tensor, double number,
                   types::Activation activation = types::Activation::None) {
    const int32_t operand =
        c.addConstant(node.outputs[0] + "/number", makeArray(DataType::Float32, {1}, {number}),
                      DataType::Float32);
    const int32_t result = c.addTensorLike(node.outputs[0], tensor, c.tensor(tensor).shape);
    types::OpOptions options;
    if (kind != OpKind::MINIMUM) options = types::ArithmeticOptions{activation};
    c.emit(kind, {tensor, operand}, {result}, options);
    return result;
}

/// max(0, min(1, alpha * x + beta)).
void convertHardSigmoid(Conversion& c, const Node& node) {
    View view = c.real(c.numbers(node, 0));
    int32_t t = withNumber(c, node, OpKind::MUL, view.tensor,
                           static_cast<double>(node.real("alpha", 0.2f)));
    t = withNumber(c, node, OpKind::ADD, t, static_cast<double>(node.real("beta", 0.5f)),
                   types::Activation::Relu);
    view.tensor = withNumber(c, node, OpKind::MINIMUM, t, 1);
    c.give(node, view, DataType::Float32);
}

/// 1 / x.
void convertReciprocal(Conversion& c, const Node& node) {
    View view = c.real(c.numbers(node, 0));
    const int32_t one = c.addConstant(node.outputs[0] + "/one",
                                      makeArray(DataType::Float32, {1}, {1}), DataType::Float32);
    const int32_t result =
        c.addTensorLike(node.outputs[0], view.tensor, c.tensor(view.tensor).shape);
    c.emit(OpKind::DIV, {one, view.tensor}, {result}, types::ArithmeticOptions{});
    view.tensor = result;
    c.give(node, view, DataType::Float32);
}

/// log(1 + exp(x)).
void convertSoftplus(Conversion& c, const Node& node) {
    View view = c.real(c.numbers(node, 0));
    const types::Shape shape = c.tensor(view.tensor).shape;
    const int32_t power = c.addTensorLike(node.outputs[0] + "/exp", view.tensor, shape);
    c.emit(OpKind::EXP, {view.tensor}, {power});
    const int32_t sum = withNumber(c, node, OpKind::ADD, power, 1);
    const int32_t result = c.addTensorLike(node.outputs[0], sum, shape);
    c.emit(OpKind::LOG, {sum}, {result});
    view.tensor = result;
    c.give(node, view, DataType::Float32);
}

/// Identity and Dropout: another name for the same value.
void convertIdentity(Conversion& c, const Node& node) {
    c.give(node.outputs[0], c.input(node, 0));
}

void convertCast(Conversion& c, const Node& node) {
    const OnnxValue& value = c.input(node, 0);
    const View view = c.numbers(node, 0);
    const DataType to = dataTypeOf(static_cast<int32_t>(node.integer("to", 1)), node.label());
    const DataType from = c.scaleOf(view) ? DataType::Float32 : c.tensor(view.tensor).type;
    if (from == to || value.type == to) {
        c.give(node, view, to);
        return;
    }
    View out = c.real(view);
    const int32_t source = out.tensor;
    out.tensor = c.addTensor(node.outputs[0], to, c.tensor(source).shape);
    c.emit(OpKind::CAST, {source}, {out.tensor}, types::CastOptions{from, to});
    c.give(node, out, to);
}

}  // namespace

Converter unaryConverter(const std::string& op) {
    if (op == "Clip") return convertClip;
    if (op == "HardSigmoid") return convertHardSigmoid;
    if (op == "Reciprocal") return convertReciprocal;
    if (op == "Softplus") return convertSoftplus;
    if (op == "Identity" || op == "Dropout") return convertIdentity;
    if (op == "Cast") return convertCast;
    return unaryKindOf(op) != nullptr ? convertUnary : nullptr;
}

}  // namespace onnx
