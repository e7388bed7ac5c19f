// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/float_math.h"
#include "runtime/kernels/dot.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/lstm.h"

namespace runtime {
namespace {

void computeGate(const Call& call, uint32_t gate, const float* input, const float* state) {
    const auto& p = call.params<LstmParams>();
    const float* weights = call.input<float>(kLstmInputWeights + gate);
    const float* recurrent = call.input<float>(kLstmRecurrentWeights + gate);
    const float* bias = call.input<float>(kLstmBiases + gate);
    float* out = call.scratch<float>(gate);
    for (int32_t i = 0; i < p.cells; ++i, weights += p.inputs, recurrent += p.cells) {
        const float fresh = dot(input, weights, p.inputs, 0, 0.0f) + bias[i];
        const float value = fresh + dot(state, recurrent, p.cells, 0, 0.0f);
        out[i] = gate == kCellGate ? tanhFloat(value) : logisticFloat(value);
    }
}

void step(const Call& call, const float* input, float* output, float* state, float* cell) {
    const auto& p = call.params<LstmParams>();
    for (uint32_t gate = 0; gate < kLstmGates; ++gate)
        computeGate(call, gate, input, state);
    const float* in = call.scratch<float>(kInputGate);
    const float* forget = call.scratch<float>(kForgetGate);
    const float* fresh = call.scratch<float>(kCellGate);
    const float* out = call.scratch<float>(kOutputGate);
    for (int32_t i = 0; i < p.cells; ++i) {
        cell[i] = forget[i] * cell[i] + in[i] * fresh[i];
        if (p.cellClipFloat > 0.0f) cell[i] = clamp(cell[i], -p.cellClipFloat, p.cellClipFloat);
        state[i] = output[i] = out[i] * tanhFloat(cell[i]);
    }
}

}  // namespace

Status lstmFloat32(const Call& call) {
    const float* input = call.input<float>(0);
    float* output = call.output<float>();
    float* state = call.state<float>(kLstmOutputState);
    float* cell = call.state<float>(kLstmCellState);
    forEachStep(call.params<LstmParams>(), [&](size_t in, size_t out, size_t at) {
        step(call, input + in, output + out, state + at, cell + at);
    });
    return Status::Ok;
}

}  // namespace runtime
