// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of two operands, element by element, with broadcasting; PRELU is one of input and
// slope.

#include <cmath>
#include <cstring>

#include "learning/kernels/element_loops.h"
#include "learning/rules/broadcast_rows.h"
#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"

namespace learning {
namespace {

using types::OpKind;

/// Derivatives with respect to both operands.
struct Slopes {
    float left, right;
};

struct BinaryFunction {
    float (*value)(float, float);
    Slopes (*slopes)(float, float);
};

const BinaryFunction* functionOf(OpKind kind) {
    static constexpr BinaryFunction kAdd{[](float a, float b) { return a + b; },
                                         [](float, float) {
                                             return Slopes{1, 1};
                                         }},
        kSub{[](float a, float b) { return a - b; },
             [](float, float) {
                 return Slopes{1, -1};
             }},
        kMul{[](float a, float b) { return a * b; },
             [](float a, float b) {
                 return Slopes{b, a};
             }},
        kDiv{[](float a, float b) { return a / b; },
             [](float a, float b) {
                 return Slopes{1 / b, -a / (b * b)};
             }},
        kMaximum{[](float a, float b) { return std::max(a, b); },
                 [](float a, float b) {
                     return a >= b ? Slopes{1, 0} : Slopes{0, 1};
                 }},
        kMinimum{[](float a, float b) { return std::min(a, b); },
                 [](float a, float b) {
                     return a <= b ? Slopes{1, 0} : Slopes{0, 1};
                 }},
        kSquaredDifference{[](float a, float b) { return (a - b) * (a - b); },
                           [](float a, float b) {
                               return Slopes{2 * (a - b), 2 * (b - a)};
                           }},
        kPrelu{[](float x, float slope) { return x > 0 ? x : slope * x; },
               [](float x, float slope) {
                   return x > 0 ? Slopes{1, 0} : Slopes{slope, x};
               }};
    switch (kind) {
        case OpKind::ADD:
            return &kAdd;
        case OpKind::SUB:
            return &kSub;
        case OpKind::MUL:
            return &kMul;
        case OpKind::DIV:
            return &kDiv;
        case OpKind::MAXIMUM:
            return &kMaximum;
        case OpKind::MINIMUM:
            return &kMinimum;
        case OpKind::SQUARED_DIFFERENCE:
            return &kSquaredDifference;
        case OpKind::PRELU:
            return &kPrelu;
        default:
            return nullptr;
    }
}

class Binary : public Rule {
public:
    Binary(const RuleContext& context, const BinaryFunction& function)
        : Rule(context),
          m_function(function),
          m_isSum(context.operation().kind == OpKind::ADD),
          m_activation(activationOf(context.operation().options)),
          m_rows(context.graph.tensor(context.operation().output(0)).shape,
                 {context.graph.tensor(context.operation().input(0)).shape,
                  context.graph.tensor(context.operation().input(1)).shape}) {}

    /// A constant with one element belongs to the function.
    bool trains(size_t operand) const override { return in(operand).size > 1; }
    bool overwrites(size_t operand) const override { return addsWhole(operand); }

    void forward(const Chunk& chunk) override {
        float* output = out().values(chunk);
        if (addsWhole(0) && addsWhole(1)) {
            addClamped(in(0).values(chunk), in(1).values(chunk), chunk.count * out().size,
                       m_activation.lowest(), m_activation.highest(), output);
            m_activation.applyRest(output, chunk.count * out().size);
            return;
        }
        forEachRow(chunk, [&](size_t at, const float* a, const float* b) {
            const size_t stepA = m_rows.operands[0].step, stepB = m_rows.operands[1].step;
            for (size_t i = 0; i < m_rows.length; ++i)
                output[at + i] = m_function.value(a[i * stepA], b[i * stepB]);
        });
        m_activation.apply(output, chunk.count * out().size);
    }

    size_t scratchFloats() const override { return chunkSamples() * out().size; }

    void backward(const Chunk& chunk) override {
        const float* outer = m_activation.before(out(), chunk, chunk.scratch);
        for (size_t operand = 0; operand < 2; ++operand) {
            if (!wantsGradient(operand)) continue;
            const size_t count = chunk.count * out().size;
            if (!addsWhole(operand))
                general(chunk, operand, outer);
            else if (adds(operand))
                addTo(in(operand).gradients(chunk), outer, count);
            else
                std::memcpy(in(operand).gradients(chunk), outer, count * sizeof(float));
        }
    }

private:
    /// An operand of ADD that is not broadcast gets the gradient as it is.
    bool addsWhole(size_t operand) const {
        return m_isSum && m_rows.whole[operand] && !in(operand).constant;
    }

    template <typename Visit>
    void forEachRow(const Chunk& chunk, Visit visit) const {
        for (size_t s = 0; s < chunk.count; ++s) {
            const float* a = in(0).values(chunk) + (in(0).constant ? 0 : s * in(0).size);
            const float* b = in(1).values(chunk) + (in(1).constant ? 0 : s * in(1).size);
            for (size_t row = 0; row < m_rows.count; ++row)
                visit(s * out().size + row * m_rows.length, a + m_rows.operands[0].offsets[row],
                      b + m_rows.operands[1].offsets[row]);
        }
    }

    void general(const Chunk& chunk, size_t operand, const float* outer) const {
        float* inner = in(operand).gradients(chunk);
        const BroadcastRows::Operand& place = m_rows.operands[operand];
        const size_t stepA = m_rows.operands[0].step, stepB = m_rows.operands[1].step;
        size_t visited = 0;
        forEachRow(chunk, [&](size_t at, const float* a, const float* b) {
            const size_t sample = visited / m_rows.count, row = visited % m_rows.count;
            ++visited;
            float* to =
                inner + (in(operand).constant ? 0 : sample * in(operand).size) + place.offsets[row];
            for (size_t i = 0; i < m_rows.length; ++i) {
                const Slopes slopes = m_function.slopes(a[i * stepA], b[i * stepB]);
                to[i * place.step] += (operand == 0 ? slopes.left : slopes.right) * outer[at + i];
            }
        });
    }

    const BinaryFunction& m_function;
    bool m_isSum;
    FusedActivation m_activation;
    BroadcastRows m_rows;
};

/// ADD_N: operands of one shape.
class Sum : public Rule {
public:
    using Rule::Rule;

    void forward(const Chunk& chunk) override {
        float* output = out().values(chunk);
        std::fill_n(output, chunk.count * out().size, 0.0f);
        for (size_t i = 0; i < inputs(); ++i)
            for (size_t s = 0; s < chunk.count; ++s)
                addTo(output + s * out().size,
                      in(i).values(chunk) + (in(i).constant ? 0 : s * in(i).size), out().size);
    }
    void backward(const Chunk& chunk) override {
        for (size_t i = 0; i < inputs(); ++i)
            if (wantsGradient(i))
                addTo(in(i).gradients(chunk), out().gradients(chunk), chunk.count * out().size);
    }
};

}  // namespace

RulePtr makeBinary(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind == OpKind::ADD_N) return std::make_unique<Sum>(context);
    const BinaryFunction* function = functionOf(op.kind);
    if (function == nullptr) return nullptr;
    const auto& large = context.graph.tensor(op.output(0)).shape;
    for (size_t i = 0; i < 2; ++i)
        if (!broadcasts(context.graph.tensor(op.input(i)).shape, large)) return nullptr;
    return std::make_unique<Binary>(context, *function);
}

}  // namespace learning
