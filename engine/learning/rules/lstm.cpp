// SPDX-License-Identifier: GPL-3.0-or-later
// UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection or layer normalization, from states of
// 0: backpropagation through time. Formulas and operands: runtime/kernels/lstm.h.

#include <cmath>

#include "learning/rules/rule.h"

namespace learning {
namespace {

enum Gate { kInput, kForget, kCell, kOutput };
constexpr size_t kGates = 4, kInputWeights = 1, kRecurrentWeights = 5, kBiases = 12;
/// Saved per time step: four gates, the cell before clipping, the cell.
constexpr size_t kSaved = 6;

float sigmoid(float x) {
    return 1 / (1 + std::exp(-x));
}

class Lstm : public Rule {
public:
    Lstm(const RuleContext& context, const types::LstmOptions& options)
        : Rule(context), m_timeMajor(options.timeMajor), m_clip(options.cellClip) {
        const types::Shape& shape = in(0).shape;
        const auto along = [&](size_t axis) { return static_cast<size_t>(shape[axis]); };
        m_sequences = along(m_timeMajor ? 1 : 0);
        m_steps = along(m_timeMajor ? 0 : 1);
        m_inputs = along(2);
        m_cells = static_cast<size_t>(out().shape.back());
        m_saved = Floats(context.batch * savedFloats());
    }

    bool trains(size_t operand) const override {
        return (operand >= kInputWeights && operand < kRecurrentWeights + kGates) ||
               (operand >= kBiases && operand < kBiases + kGates);
    }

    void forward(const Chunk& chunk) override {
        for (size_t s = 0; s < chunk.count; ++s)
            for (size_t sequence = 0; sequence < m_sequences; ++sequence)
                for (size_t t = 0; t < m_steps; ++t)
                    step(chunk, place(chunk, s, sequence, t), t == 0);
    }

    size_t scratchFloats() const override { return 7 * m_cells; }

    void backward(const Chunk& chunk) override {
        float* stateGradient = chunk.scratch;
        for (size_t s = 0; s < chunk.count; ++s)
            for (size_t sequence = 0; sequence < m_sequences; ++sequence) {
                std::fill_n(stateGradient, 2 * m_cells, 0.0f);
                for (size_t t = m_steps; t-- > 0;)
                    backStep(chunk, place(chunk, s, sequence, t), t == 0);
            }
    }

private:
    /// Indices of one time step; `previous` of the step before (unused at the first).
    struct Place {
        size_t in, out, previousOut;
        float *saved, *previousSaved;
    };

    size_t savedFloats() const { return m_sequences * m_steps * kSaved * m_cells; }

    Place place(const Chunk& chunk, size_t sample, size_t sequence, size_t t) {
        const size_t at = m_timeMajor ? t * m_sequences + sequence : sequence * m_steps + t;
        const size_t before = m_timeMajor ? m_sequences : 1;
        const size_t out = sample * m_sequences * m_steps * m_cells + at * m_cells;
        float* saved = m_saved.data() + (chunk.first + sample) * savedFloats() +
                       (sequence * m_steps + t) * kSaved * m_cells;
        return {sample * in(0).size + at * m_inputs, out, out - before * m_cells, saved,
                saved - kSaved * m_cells};
    }

    void step(const Chunk& chunk, const Place& at, bool first) {
        const float* x = in(0).values(chunk) + at.in;
        const float* state = first ? nullptr : out().values(chunk) + at.previousOut;
        for (size_t gate = 0; gate < kGates; ++gate)
            for (size_t i = 0; i < m_cells; ++i) {
                float sum = has(kBiases + gate) ? in(kBiases + gate).value[i] : 0.0f;
                const float* weights = in(kInputWeights + gate).value + i * m_inputs;
                for (size_t k = 0; k < m_inputs; ++k)
                    sum += weights[k] * x[k];
                const float* recurrent = in(kRecurrentWeights + gate).value + i * m_cells;
                for (size_t k = 0; state != nullptr && k < m_cells; ++k)
                    sum += recurrent[k] * state[k];
                at.saved[gate * m_cells + i] = gate == kCell ? std::tanh(sum) : sigmoid(sum);
            }
        float* output = out().values(chunk) + at.out;
        const float* gates = at.saved;
        for (size_t i = 0; i < m_cells; ++i) {
            const float before = first ? 0.0f : at.previousSaved[5 * m_cells + i];
            const float fresh = gates[kForget * m_cells + i] * before +
                                gates[kInput * m_cells + i] * gates[kCell * m_cells + i];
            const float cell = m_clip > 0 ? std::clamp(fresh, -m_clip, m_clip) : fresh;
            at.saved[4 * m_cells + i] = fresh, at.saved[5 * m_cells + i] = cell;
            output[i] = gates[kOutput * m_cells + i] * std::tanh(cell);
        }
    }

    /// Gradients before the activations of the gates, into `sums`; `cellGradient` then belongs to
    /// the step before.
    void backGates(const Chunk& chunk, const Place& at, bool first, const float* stateGradient,
                   float* cellGradient, float* sums) const {
        const float* outer = out().gradients(chunk) + at.out;
        for (size_t i = 0; i < m_cells; ++i) {
            const auto gate = [&](size_t which) { return at.saved[which * m_cells + i]; };
            const float total = outer[i] + stateGradient[i];
            const float squashed = std::tanh(gate(5));
            float cell = cellGradient[i] + total * gate(kOutput) * (1 - squashed * squashed);
            if (m_clip > 0 && std::fabs(gate(4)) > m_clip) cell = 0;
            const float before = first ? 0.0f : at.previousSaved[5 * m_cells + i];
            const float in = gate(kInput), forget = gate(kForget), fresh = gate(kCell);
            sums[kInput * m_cells + i] = cell * fresh * in * (1 - in);
            sums[kForget * m_cells + i] = cell * before * forget * (1 - forget);
            sums[kCell * m_cells + i] = cell * in * (1 - fresh * fresh);
            sums[kOutput * m_cells + i] = total * squashed * gate(kOutput) * (1 - gate(kOutput));
            cellGradient[i] = cell * forget;
        }
    }

    void backStep(const Chunk& chunk, const Place& at, bool first) {
        float *stateGradient = chunk.scratch, *cellGradient = stateGradient + m_cells;
        float* sums = cellGradient + m_cells;
        backGates(chunk, at, first, stateGradient, cellGradient, sums);
        std::fill_n(stateGradient, m_cells, 0.0f);
        const float* state = first ? nullptr : out().values(chunk) + at.previousOut;
        for (size_t gate = 0; gate < kGates; ++gate)
            for (size_t i = 0; i < m_cells; ++i) {
                const float slope = sums[gate * m_cells + i];
                if (wantsGradient(kBiases + gate)) in(kBiases + gate).gradients(chunk)[i] += slope;
                backRow(chunk, kInputWeights + gate, i, slope, in(0).values(chunk) + at.in,
                        m_inputs, wantsGradient(0) ? in(0).gradients(chunk) + at.in : nullptr);
                backRow(chunk, kRecurrentWeights + gate, i, slope, state, first ? 0 : m_cells,
                        stateGradient);
            }
    }

    /// One row of a matrix of weights: gradients of the weights and of what they multiply.
    void backRow(const Chunk& chunk, size_t operand, size_t row, float slope, const float* values,
                 size_t count, float* inner) const {
        const size_t length = operand < kRecurrentWeights ? m_inputs : m_cells;
        const float* weights = in(operand).value + row * length;
        if (inner != nullptr)
            for (size_t k = 0; k < count; ++k)
                inner[k] += slope * weights[k];
        if (!wantsGradient(operand)) return;
        float* gradient = in(operand).gradients(chunk) + row * length;
        for (size_t k = 0; k < count; ++k)
            gradient[k] += slope * values[k];
    }

    bool m_timeMajor;
    float m_clip;
    size_t m_sequences = 0, m_steps = 0, m_inputs = 0, m_cells = 0;
    Floats m_saved;
};

}  // namespace

RulePtr makeLstm(const RuleContext& context) {
    const types::Op& op = context.operation();
    if (op.kind != types::OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM) return nullptr;
    const auto& options = std::get<types::LstmOptions>(op.options);
    const auto absent = [&](size_t from, size_t end) {
        for (size_t i = from; i < end; ++i)
            if (op.input(i) >= 0) return false;
        return true;
    };
    if (options.activation != types::Activation::Tanh || options.diagonalRecurrentTensors ||
        !absent(9, kBiases) || !absent(16, 18) || !absent(20, 24))
        return nullptr;
    for (size_t i = kInputWeights; i < kRecurrentWeights + kGates; ++i)
        if (op.input(i) < 0 || !context.graph.isConstant(op.input(i))) return nullptr;
    return std::make_unique<Lstm>(context, options);
}

}  // namespace learning
