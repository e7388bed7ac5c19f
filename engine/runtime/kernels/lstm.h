// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection or layer normalization.
//   gate = activation(W input + R output state + bias), for input, forget, cell and output gate;
//   cell = forget * cell + input * cellGate; output state = output * tanh(cell).
// Operands, as in the container: 0 input, 1-4 input weights, 5-8 recurrent weights, 12-15 biases
// (each: input, forget, cell, output gate), 18 output state, 19 cell state; output; scratch: four
// buffers, one per gate. Integers: gates have 12 fraction bits before and 15 after their
// activation; the cell is int16 with a power of two as scale.

#include "runtime/fixed_point.h"
#include "runtime/kernel.h"
#include "runtime/table16.h"

namespace runtime {

enum LstmGateIndex { kInputGate = 0, kForgetGate = 1, kCellGate = 2, kOutputGate = 3 };
constexpr int kLstmGates = 4;
constexpr uint32_t kLstmInputWeights = 1, kLstmRecurrentWeights = 5, kLstmBiases = 12;
constexpr uint32_t kLstmOutputState = 18, kLstmCellState = 19;

struct LstmParams {
    int32_t batches = 0, steps = 0, inputs = 0, cells = 0;
    int32_t timeMajor = 0;  ///< 1: time precedes batch in input and output
    int32_t inputOffset = 0, stateOffset = 0, outputOffset = 0;
    int32_t lowest = 0, highest = 0;  ///< clamp, of the output type
    Factor inputFactors[kLstmGates], recurrentFactors[kLstmGates];
    Factor forgetFactor, updateFactor, outputFactor;
    TableScale cellScale;     ///< factor from the cell's scale to that of the tanh table
    int32_t cellClip = 0;     ///< 0: no clipping
    float cellClipFloat = 0;  ///< 0: no clipping
};

/// Calls step(input index, output index, state index) for every batch and time step.
template <typename Step>
void forEachStep(const LstmParams& p, Step step) {
    for (int32_t b = 0; b < p.batches; ++b) {
        for (int32_t t = 0; t < p.steps; ++t) {
            const size_t at =
                static_cast<size_t>(p.timeMajor ? t * p.batches + b : b * p.steps + t);
            step(at * static_cast<size_t>(p.inputs), at * static_cast<size_t>(p.cells),
                 static_cast<size_t>(b) * static_cast<size_t>(p.cells));
        }
    }
}

}  // namespace runtime
