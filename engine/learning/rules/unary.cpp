// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of one number, element by element.

#include <cmath>

#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::OpKind;

/// A function and its derivative, from the argument x, the value y and the operator's parameter.
struct UnaryFunction {
    float (*value)(float x, float parameter);
    float (*slope)(float x, float y, float parameter);
};

float clampedSlope(float x, float low, float high) {
    return x > low && x < high ? 1.0f : 0.0f;
}

// clang-format off
constexpr struct { OpKind kind; UnaryFunction function; } kFunctions[] = {
    {OpKind::RELU, {[](float x, float) { return std::max(x, 0.0f); },
                    [](float x, float, float) { return x > 0 ? 1.0f : 0.0f; }}},
    {OpKind::RELU6, {[](float x, float) { return std::clamp(x, 0.0f, 6.0f); },
                     [](float x, float, float) { return clampedSlope(x, 0, 6); }}},
    {OpKind::RELU_N1_TO_1, {[](float x, float) { return std::clamp(x, -1.0f, 1.0f); },
                            [](float x, float, float) { return clampedSlope(x, -1, 1); }}},
    {OpKind::RELU_0_TO_1, {[](float x, float) { return std::clamp(x, 0.0f, 1.0f); },
                           [](float x, float, float) { return clampedSlope(x, 0, 1); }}},
    {OpKind::LEAKY_RELU, {[](float x, float a) { return x > 0 ? x : a * x; },
                          [](float x, float, float a) { return x > 0 ? 1.0f : a; }}},
    {OpKind::ELU, {[](float x, float) { return x > 0 ? x : std::expm1(x); },
                   [](float x, float y, float) { return x > 0 ? 1.0f : y + 1; }}},
    {OpKind::LOGISTIC, {[](float x, float) { return 1 / (1 + std::exp(-x)); },
                        [](float, float y, float) { return y * (1 - y); }}},
    {OpKind::TANH, {[](float x, float) { return std::tanh(x); },
                    [](float, float y, float) { return 1 - y * y; }}},
    {OpKind::HARD_SWISH, {[](float x, float) { return x * std::clamp(x + 3, 0.0f, 6.0f) / 6; },
                          [](float x, float, float) {
                              return x <= -3 ? 0.0f : x >= 3 ? 1.0f : (2 * x + 3) / 6;
                          }}},
    {OpKind::EXP, {[](float x, float) { return std::exp(x); },
                   [](float, float y, float) { return y; }}},
    {OpKind::LOG, {[](float x, float) { return std::log(x); },
                   [](float x, float, float) { return 1 / x; }}},
    {OpKind::SQRT, {[](float x, float) { return std::sqrt(x); },
                    [](float, float y, float) { return 0.5f / y; }}},
    {OpKind::RSQRT, {[](float x, float) { return 1 / std::sqrt(x); },
                     [](float x, float y, float) { return -0.5f * y / x; }}},
    {OpKind::SQUARE, {[](float x, float) { return x * x; },
                      [](float x, float, float) { return 2 * x; }}},
    {OpKind::ABS, {[](float x, float) { return std::fabs(x); },
                   [](float x, float, float) { return x >= 0 ? 1.0f : -1.0f; }}},
    {OpKind::NEG, {[](float x, float) { return -x; },
                   [](float, float, float) { return -1.0f; }}},
    {OpKind::SIN, {[](float x, float) { return std::sin(x); },
                   [](float x, float, float) { return std::cos(x); }}},
    {OpKind::COS, {[](float x, float) { return std::cos(x); },
                   [](float x, float, float) { return -std::sin(x); }}},
};
// clang-format on

class Unary : public Rule {
public:
    Unary(const RuleContext& context, const UnaryFunction& function)
        : Rule(context), m_function(function) {
        if (const auto* options =
                std::get_if<types::LeakyReluOptions>(&context.operation().options))
            m_parameter = options->alpha;
    }

    bool overwrites(size_t) const override { return true; }

    void forward(const Chunk& chunk) override {
        const float* x = in(0).values(chunk);
        float* y = out().values(chunk);
        for (size_t i = 0; i < chunk.count * out().size; ++i)
            y[i] = m_function.value(x[i], m_parameter);
    }

    void backward(const Chunk& chunk) override {
        if (!wantsGradient(0)) return;
        const float* x = in(0).values(chunk);
        const float* y = out().values(chunk);
        const float* outer = out().gradients(chunk);
        float* inner = in(0).gradients(chunk);
        for (size_t i = 0; i < chunk.count * out().size; ++i)
            inner[i] =
                (adds(0) ? inner[i] : 0) + m_function.slope(x[i], y[i], m_parameter) * outer[i];
    }

private:
    UnaryFunction m_function;
    float m_parameter = 0;
};

}  // namespace

RulePtr makeUnary(const RuleContext& context) {
    if (context.graph.isConstant(context.operation().input(0))) return nullptr;
    for (const auto& [kind, function] : kFunctions)
        if (context.operation().kind == kind) return std::make_unique<Unary>(context, function);
    return nullptr;
}

}  // namespace learning
