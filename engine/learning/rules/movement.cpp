// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that only move values: each output is one element of an operand, or constant. Which one
// is learned from the runtime's own kernel: it moves numbers that name the elements, twice with
// different numbers, so that constants stand out.

#include <algorithm>
#include <cstring>
#include <map>

#include "learning/kernels/element_loops.h"
#include "learning/rules/fused_activation.h"
#include "learning/rules/rule.h"
#include "lowering/execution.h"

namespace learning {
namespace {

using types::OpKind;

/// Elements of all operands that floats can number, twice.
constexpr size_t kMostNumbers = (size_t{1} << 23) - 1;

bool moves(OpKind kind) {
    switch (kind) {
        case OpKind::RESHAPE:
        case OpKind::SQUEEZE:
        case OpKind::EXPAND_DIMS:
        case OpKind::PAD:
        case OpKind::PADV2:
        case OpKind::MIRROR_PAD:
        case OpKind::TRANSPOSE:
        case OpKind::CONCATENATION:
        case OpKind::PACK:
        case OpKind::UNPACK:
        case OpKind::SPLIT:
        case OpKind::SPLIT_V:
        case OpKind::SLICE:
        case OpKind::STRIDED_SLICE:
        case OpKind::REVERSE_V2:
        case OpKind::BROADCAST_TO:
        case OpKind::TILE:
        case OpKind::SPACE_TO_DEPTH:
        case OpKind::DEPTH_TO_SPACE:
        case OpKind::SPACE_TO_BATCH_ND:
        case OpKind::BATCH_TO_SPACE_ND:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
        case OpKind::GATHER:
        case OpKind::GATHER_ND:
            return true;
        default:
            return false;
    }
}

/// Neighbouring outputs that come from neighbouring elements of an operand, or are constant.
struct Run {
    size_t output = 0, to = 0;
    int32_t operand = -1;  ///< -1: constant
    size_t from = 0;
    size_t length = 0;
};

/// The operator alone, without its activation, reading its activations.
types::Graph operatorAlone(const types::Graph& graph, const types::Op& op) {
    types::Graph alone = graph;
    alone.ops = {op};
    if (auto* options = std::get_if<types::ConcatenationOptions>(&alone.ops[0].options))
        options->activation = types::Activation::None;
    alone.inputs.clear();
    for (int32_t tensor : op.inputs)
        if (tensor >= 0 && !graph.isConstant(tensor) &&
            std::ranges::count(alone.inputs, tensor) == 0)
            alone.inputs.push_back(tensor);
    alone.outputs = op.outputs;
    return alone;
}

/// The outputs, one after another, for inputs that are numbered from `base`; empty where the
/// operator does not run.
std::vector<float> movedNumbers(const types::Graph& alone, lowering::Execution& execution,
                                size_t base) {
    for (size_t i = 0; i < alone.inputs.size(); ++i) {
        std::vector<float> numbers(static_cast<size_t>(alone.tensor(alone.inputs[i]).elements()));
        for (float& number : numbers)
            number = static_cast<float>(base++);
        std::memcpy(execution.input(i).data(), numbers.data(), numbers.size() * sizeof(float));
    }
    if (!execution.invoke()) return {};
    std::vector<float> values;
    for (size_t i = 0; i < alone.outputs.size(); ++i) {
        const auto bytes = execution.output(i);
        const size_t count = values.size();
        values.resize(count + bytes.size() / sizeof(float));
        std::memcpy(values.data() + count, bytes.data(), bytes.size());
    }
    return values;
}

class Movement : public Rule {
public:
    Movement(const RuleContext& context, std::vector<Run> runs,
             std::vector<std::vector<float>> constants)
        : Rule(context),
          m_activation(activationOf(context.operation().options)),
          m_runs(std::move(runs)),
          m_constants(std::move(constants)) {}

    void forward(const Chunk& chunk) override {
        for (const Run& run : m_runs)
            for (size_t s = 0; s < chunk.count; ++s) {
                const float* from = run.operand < 0
                                        ? m_constants[run.output].data() + run.to
                                        : operandOf(run).values(chunk) + inSample(run, s);
                std::copy_n(from, run.length, out(run.output).values(chunk) + outSample(run, s));
            }
        for (size_t i = 0; i < outputs(); ++i)
            m_activation.apply(out(i).values(chunk), chunk.count * out(i).size);
    }

    size_t scratchFloats() const override { return chunkSamples() * out().size; }

    void backward(const Chunk& chunk) override {
        for (size_t i = 0; i < outputs(); ++i) {
            if (out(i).gradient == nullptr) continue;
            const float* outer = m_activation.before(out(i), chunk, chunk.scratch);
            for (const Run& run : m_runs) {
                if (run.output != i || run.operand < 0) continue;
                if (!wantsGradient(static_cast<size_t>(run.operand))) continue;
                for (size_t s = 0; s < chunk.count; ++s)
                    addTo(operandOf(run).gradients(chunk) + inSample(run, s),
                          outer + outSample(run, s), run.length);
            }
        }
    }

private:
    const Slot& operandOf(const Run& run) const { return in(static_cast<size_t>(run.operand)); }
    size_t inSample(const Run& run, size_t s) const { return s * operandOf(run).size + run.from; }
    size_t outSample(const Run& run, size_t s) const { return s * out(run.output).size + run.to; }

    FusedActivation m_activation;
    std::vector<Run> m_runs;
    std::vector<std::vector<float>> m_constants;  ///< per output
};

/// Translates numbers to elements of operands.
class Numbering {
public:
    Numbering(const types::Graph& alone, const types::Op& op) {
        size_t first = 0;
        for (int32_t tensor : alone.inputs) {
            m_operands.push_back(
                static_cast<int32_t>(std::ranges::find(op.inputs, tensor) - op.inputs.begin()));
            m_firsts.push_back(first);
            first += static_cast<size_t>(alone.tensor(tensor).elements());
        }
        m_total = first;
    }
    size_t total() const { return m_total; }
    /// Sets operand and element of a run that begins with this element.
    void locate(size_t element, Run& run) const {
        const auto next = std::ranges::upper_bound(m_firsts, element);
        const auto i = static_cast<size_t>(next - m_firsts.begin()) - 1;
        run.operand = m_operands[i];
        run.from = element - m_firsts[i];
    }

private:
    std::vector<int32_t> m_operands;
    std::vector<size_t> m_firsts;
    size_t m_total = 0;
};

/// True where the run can be extended by `next`, which has one element.
bool continues(const Run& run, const Run& next) {
    return run.output == next.output && run.operand == next.operand &&
           (next.operand < 0 || run.from + run.length == next.from);
}

/// Returns false where an output is neither an element nor constant.
bool findRuns(const types::Graph& alone, const Numbering& numbering,
              const std::vector<float>& first, const std::vector<float>& second,
              std::vector<Run>& runs, std::vector<std::vector<float>>& constants) {
    const auto shift = static_cast<float>(numbering.total());
    size_t at = 0;
    for (size_t i = 0; i < alone.outputs.size(); ++i) {
        constants.emplace_back(static_cast<size_t>(alone.tensor(alone.outputs[i]).elements()));
        for (size_t to = 0; to < constants[i].size(); ++to, ++at) {
            Run next{i, to, -1, 0, 1};
            if (second[at] - first[at] == shift && first[at] >= 1)
                numbering.locate(static_cast<size_t>(first[at]) - 1, next);
            else if (first[at] == second[at])
                constants[i][to] = first[at];
            else
                return false;
            if (!runs.empty() && continues(runs.back(), next))
                ++runs.back().length;
            else
                runs.push_back(next);
        }
    }
    return true;
}

}  // namespace

RulePtr makeMovement(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (!moves(op.kind)) return nullptr;
    const types::Graph alone = operatorAlone(context.graph, op);
    const Numbering numbering(alone, op);
    if (numbering.total() == 0 || numbering.total() > kMostNumbers) return nullptr;
    auto execution = lowering::Execution::create(alone, lowering::Kernels::Reference);
    if (!execution) return nullptr;
    const auto first = movedNumbers(alone, *execution, 1);
    const auto second = movedNumbers(alone, *execution, 1 + numbering.total());
    std::vector<Run> runs;
    std::vector<std::vector<float>> constants;
    if (first.empty() || first.size() != second.size() ||
        !findRuns(alone, numbering, first, second, runs, constants))
        return nullptr;
    return std::make_unique<Movement>(context, std::move(runs), std::move(constants));
}

}  // namespace learning
