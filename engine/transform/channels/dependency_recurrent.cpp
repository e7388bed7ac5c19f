// SPDX-License-Identifier: GPL-3.0-or-later
// Layers with state: a unit is a slice of every weight matrix, of the biases and of the state.
// Operands in the order of TFLite's kernels.

#include "transform/channels/dependency_rules.h"

namespace transform {
namespace {

using types::OpKind;

/// Ties element i of `axis` to element i / repeat of `unit`.
void tieRepeated(const OpAxes& op, Axis axis, Axis unit) {
    const int32_t length = op.table.length(axis), units = op.table.length(unit);
    if (units == 0 || length % units != 0) {
        op.table.fix(axis, op.because("has weights of unexpected shape"));
        op.table.fix(unit, op.because("has weights of unexpected shape"));
        return;
    }
    for (int32_t i = 0; i < length; ++i)
        op.table.tie(axis, i, unit, i / (length / units));
}

/// Inputs: data [batch, features], feature weights [units * rank, features], time weights
/// [units * rank, memory], bias [units], state [batch, units * rank * memory].
void dependenciesOfSvdf(const OpAxes& op) {
    if (!op.graph.isConstant(op.op.input(1))) return op.fixAll("computes its weights at run time");
    const int32_t in = op.in(0), feature = op.in(1), time = op.in(2), state = op.in(4);
    const int32_t out = op.out(0);
    op.tie(in, 0, out, 0);
    op.tie(in, 0, state, 0);
    op.tie(in, 1, feature, 1);
    for (Axis axis : {Axis{feature, 0}, Axis{time, 0}, Axis{state, 1}})
        tieRepeated(op, axis, {out, 1});
    if (op.has(3)) op.tie(op.in(3), 0, out, 1);
    op.table.markProduced({feature, 0}, op.index);
    op.table.markProduced({time, 0}, op.index);
}

struct LstmOperands {
    static constexpr size_t kInputWeights = 1;      // four, [cells, features]
    static constexpr size_t kRecurrentWeights = 5;  // four, [cells, outputs] or [cells]
    static constexpr size_t kCellVectors[] = {9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23};
    static constexpr size_t kProjection = 16;  // [outputs, cells]
    static constexpr size_t kProjectionBias = 17;
    static constexpr size_t kOutputState = 18;  // [batch, outputs]
    static constexpr size_t kCellState = 19;    // [batch, cells]
};

void tieGates(const OpAxes& op, Axis cells, Axis outputs) {
    using L = LstmOperands;
    const int32_t in = op.in(0);
    for (size_t gate = 0; gate < 4; ++gate) {
        const int32_t weights = op.in(L::kInputWeights + gate);
        const int32_t recurrent = op.in(L::kRecurrentWeights + gate);
        if (weights < 0 || recurrent < 0) continue;  // the input gate may be coupled and absent
        op.tie(weights, 0, cells.owner, cells.axis);
        op.tie(weights, op.last(weights), in, op.last(in));
        op.tie(recurrent, 0, cells.owner, cells.axis);
        if (op.rank(recurrent) == 2) op.tie(recurrent, 1, outputs.owner, outputs.axis);
        op.table.markProduced({weights, 0}, op.index);
        op.table.markProduced({recurrent, 0}, op.index);
    }
}

void dependenciesOfLstm(const OpAxes& op) {
    using L = LstmOperands;
    if (!op.has(L::kOutputState) || !op.has(L::kCellState) || op.rank(op.in(L::kCellState)) != 2 ||
        op.rank(op.in(L::kOutputState)) != 2 ||
        !op.graph.isConstant(op.op.input(L::kInputWeights + 1)))
        return op.fixAll("has no constant weights and two-dimensional state");
    const int32_t in = op.in(0), out = op.out(0);
    const Axis cells{op.in(L::kCellState), 1}, outputs{op.in(L::kOutputState), 1};
    for (int32_t axis = 0; axis < op.last(in); ++axis)
        op.tie(in, axis, out, axis);
    op.fix(cells.owner, 0, "keeps its batch");
    op.fix(outputs.owner, 0, "keeps its batch");
    op.tie(out, op.last(out), outputs.owner, outputs.axis);
    tieGates(op, cells, outputs);
    for (size_t operand : L::kCellVectors)
        if (op.has(operand)) op.tie(op.in(operand), 0, cells.owner, cells.axis);
    if (!op.has(L::kProjection)) return op.tie(cells.owner, 1, outputs.owner, 1);
    op.tie(op.in(L::kProjection), 0, outputs.owner, 1);
    op.tie(op.in(L::kProjection), 1, cells.owner, 1);
    op.table.markProduced({op.in(L::kProjection), 0}, op.index);
    if (op.has(L::kProjectionBias)) op.tie(op.in(L::kProjectionBias), 0, outputs.owner, 1);
}

void dependenciesOfVariable(const OpAxes& op) {
    op.fixAll("copies a resource variable, whose size its subgraphs share");
}

void dependenciesOfCall(const OpAxes& op) {
    op.fixAll("calls a subgraph, which keeps its sizes");
}

/// Slices [1, 1, width, channels] are kept in [1, slices, width, channels].
void dependenciesOfSlices(const OpAxes& op) {
    const int32_t in = op.in(0), out = op.out(0);
    op.fix(in, 1, "is one slice");
    op.fix(out, 1, "keeps a number of slices");
    for (int32_t axis : {0, 2, 3})
        op.tie(in, axis, out, axis);
}

void dependenciesOfSignal(const OpAxes& op) {
    op.fixAll("has options that state its sizes");
}

}  // namespace

DependencyRule recurrentDependencyRule(OpKind kind) {
    switch (kind) {
        case OpKind::VAR_HANDLE:
        case OpKind::READ_VARIABLE:
        case OpKind::ASSIGN_VARIABLE:
            return dependenciesOfVariable;
        case OpKind::CALL_ONCE:
        case OpKind::IF:
        case OpKind::WHILE:
            return dependenciesOfCall;
        case OpKind::SVDF:
            return dependenciesOfSvdf;
        case OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return dependenciesOfLstm;
        case OpKind::CIRCULAR_BUFFER:
            return dependenciesOfSlices;
        case OpKind::SIGNAL_DELAY:
        case OpKind::SIGNAL_ENERGY:
        case OpKind::SIGNAL_FFT_AUTO_SCALE:
        case OpKind::SIGNAL_FILTER_BANK:
        case OpKind::SIGNAL_FILTER_BANK_LOG:
        case OpKind::SIGNAL_FILTER_BANK_SPECTRAL_SUBTRACTION:
        case OpKind::SIGNAL_FILTER_BANK_SQUARE_ROOT:
        case OpKind::SIGNAL_FRAMER:
        case OpKind::SIGNAL_IRFFT:
        case OpKind::SIGNAL_OVERLAP_ADD:
        case OpKind::SIGNAL_PCAN:
        case OpKind::SIGNAL_RFFT:
        case OpKind::SIGNAL_STACKER:
        case OpKind::SIGNAL_WINDOW:
            return dependenciesOfSignal;
        default:
            return nullptr;
    }
}

}  // namespace transform
