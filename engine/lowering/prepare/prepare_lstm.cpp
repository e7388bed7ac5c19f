// SPDX-License-Identifier: GPL-3.0-or-later
// UNIDIRECTIONAL_SEQUENCE_LSTM.
#include <algorithm>
#include <cmath>

#include "lowering/prepare/prepare.h"
#include "lowering/prepare/quantized.h"
#include "runtime/kernels/lstm.h"

namespace lowering {
namespace {

using runtime::KernelId;
using runtime::LstmParams;
using types::DataType;
using types::Tensor;

constexpr size_t kPeepholes = 9, kProjection = 16, kLayerNorm = 20, kOperands = 24;

const Tensor& weights(const OpView& op, size_t gate) {
    return op.input(runtime::kLstmInputWeights + gate);
}
const Tensor& recurrent(const OpView& op, size_t gate) {
    return op.input(runtime::kLstmRecurrentWeights + gate);
}
const Tensor& outputState(const OpView& op) {
    return op.input(runtime::kLstmOutputState);
}
const Tensor& cellState(const OpView& op) {
    return op.input(runtime::kLstmCellState);
}

void refuseVariants(const OpView& op) {
    const auto absent = [&](size_t first, size_t count, const char* what) {
        for (size_t i = first; i < first + count; ++i)
            op.require(!op.hasInput(i), std::string("with ") + what + " has no kernel");
    };
    absent(kPeepholes, 3, "peepholes");
    absent(kProjection, 2, "a projection");
    absent(kLayerNorm, 4, "layer normalization");
    op.require(op.inputCount() <= kOperands, "has more than 24 inputs");
    op.require(op.options<types::LstmOptions>().activation == types::Activation::Tanh,
               "with another activation than TANH has no kernel");
}

LstmParams sizes(const OpView& op) {
    const types::Shape& in = op.input(0).shape;
    op.require(in.size() == 3 && !outputState(op).shape.empty(), "needs a 3-D input");
    LstmParams p;
    p.timeMajor = op.options<types::LstmOptions>().timeMajor ? 1 : 0;
    p.batches = p.timeMajor ? in[1] : in[0];
    p.steps = p.timeMajor ? in[0] : in[1];
    p.inputs = in[2];
    p.cells = outputState(op).shape.back();
    return p;
}

void checkShapes(const OpView& op, const LstmParams& p) {
    const int64_t states = int64_t{p.batches} * p.cells;
    bool fits = outputState(op).elements() == states && cellState(op).elements() == states &&
                op.output().elements() == states * p.steps;
    for (size_t gate = 0; gate < runtime::kLstmGates; ++gate)
        fits = fits && weights(op, gate).elements() == int64_t{p.cells} * p.inputs &&
               recurrent(op, gate).elements() == int64_t{p.cells} * p.cells &&
               op.input(runtime::kLstmBiases + gate).elements() == p.cells;
    op.require(fits, "has weights, biases or states that do not match its input");
    op.require(outputState(op).isVariable && cellState(op).isVariable,
               "needs variable tensors as its states");
}

void checkLstmTypes(const OpView& op, DataType weight, DataType bias, DataType cell) {
    op.requireType(op.output(), op.input(0).type, "output");
    op.requireType(outputState(op), op.input(0).type, "output state");
    op.requireType(cellState(op), cell, "cell state");
    for (size_t gate = 0; gate < runtime::kLstmGates; ++gate) {
        op.requireType(weights(op, gate), weight, "weight matrix");
        op.requireType(recurrent(op, gate), weight, "recurrent weight matrix");
        op.requireType(op.input(runtime::kLstmBiases + gate), bias, "bias");
    }
}

void setGateFactors(const OpView& op, bool wide, LstmParams& p) {
    constexpr double kGateScale = 1.0 / 4096;  // 12 fraction bits into the activation
    const float input = scaleOf(op, op.input(0)), state = scaleOf(op, outputState(op));
    const auto factor = [&](float product) {
        const double real = static_cast<double>(product) / kGateScale;
        return wide ? wideFactorOf(op, real) : factorOf(op, real);
    };
    for (size_t gate = 0; gate < runtime::kLstmGates; ++gate) {
        requireSymmetric(op, weights(op, gate), "weights");
        requireSymmetric(op, recurrent(op, gate), "recurrent weights");
        p.inputFactors[gate] = factor(input * scaleOf(op, weights(op, gate)));
        p.recurrentFactors[gate] = factor(state * scaleOf(op, recurrent(op, gate)));
    }
}

// The tanh table takes 3 integer bits; the cell's scale is a power of two.
runtime::TableScale cellTableScale(const OpView& op, float cellScale) {
    const double power = std::round(std::log2(static_cast<double>(cellScale)));
    const int32_t left = static_cast<int32_t>(power) + 12;
    op.require(left > -31 && left <= 14, "has a cell scale out of range");
    if (left < 0) return {3, -left};
    return {3 << left, 0};
}

void setCell(const OpView& op, LstmParams& p) {
    constexpr double kUnit = 1.0 / 32768;  // 15 fraction bits out of the activation
    const float scale = scaleOf(op, cellState(op));
    const double cell = static_cast<double>(scale);
    const double hidden = static_cast<double>(scaleOf(op, outputState(op)));
    p.forgetFactor = factorOf(op, kUnit * cell / cell);
    p.updateFactor = factorOf(op, kUnit * kUnit / cell);
    p.outputFactor = factorOf(op, kUnit * kUnit / hidden);
    p.cellScale = cellTableScale(op, scale);
    const double clip = static_cast<double>(op.options<types::LstmOptions>().cellClip) / cell;
    p.cellClip = static_cast<int32_t>(std::min(clip, 32767.0));
}

void setQuantization(const OpView& op, LstmParams& p) {
    const bool wide = op.input(0).type == DataType::Int16;
    if (wide) {
        requireSymmetric(op, op.input(0), "input");
        requireSymmetric(op, outputState(op), "output state");
    }
    p.inputOffset = -zeroPointOf(op, op.input(0));
    p.stateOffset = -zeroPointOf(op, outputState(op));
    p.outputOffset = zeroPointOf(op, outputState(op));
    const IntRange codes = codesOf(op.output().type);
    p.lowest = codes.lowest;
    p.highest = codes.highest;
    setGateFactors(op, wide, p);
    setCell(op, p);
}

}  // namespace

OpPlan prepareLstm(const OpView& op) {
    refuseVariants(op);
    ParamBlock<LstmParams> params;
    *params = sizes(op);
    checkShapes(op, *params);
    const DataType type = op.input(0).type;
    const KernelId kernel = op.choose(type, {{DataType::Int8, KernelId::LstmInt8},
                                             {DataType::Int16, KernelId::LstmInt16},
                                             {DataType::Float32, KernelId::LstmFloat32}});
    const float clip = op.options<types::LstmOptions>().cellClip;
    op.require(clip >= 0.0f, "has a negative cell clip");
    if (type == DataType::Float32) {
        checkLstmTypes(op, type, type, type);
        params->cellClipFloat = clip;
    } else {
        const DataType bias = type == DataType::Int8 ? DataType::Int32 : DataType::Int64;
        checkLstmTypes(op, DataType::Int8, bias, DataType::Int16);
        setQuantization(op, *params);
    }
    OpPlan plan{kernel, params.bytes(), {}, op.inputs()};
    plan.scratch.assign(runtime::kLstmGates, cellState(op).bytes());
    return plan;
}

}  // namespace lowering
