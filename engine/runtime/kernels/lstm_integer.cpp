// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/dot.h"
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/lstm.h"

namespace runtime {
namespace {

int16_t clampInt16(int32_t value) {
    return static_cast<int16_t>(clamp<int32_t>(value, INT16_MIN, INT16_MAX));
}

// T: activations; Sum: accumulators and biases.
template <typename T, typename Sum>
class IntegerLstm {
public:
    explicit IntegerLstm(const Call& call) : m_call(call), m_params(call.params<LstmParams>()) {}

    void step(const T* input, T* output, T* state, int16_t* cell) {
        for (int gate = 0; gate < kLstmGates; ++gate)
            computeGate(gate, input, state);
        for (int32_t i = 0; i < m_params.cells; ++i) {
            cell[i] = updatedCell(i, cell[i]);
            const int32_t value = product(kOutputGate, i, tanhInt16(cell[i], m_params.cellScale),
                                          m_params.outputFactor);
            state[i] = static_cast<T>(
                clamp(wrapAdd(value, m_params.outputOffset), m_params.lowest, m_params.highest));
            output[i] = state[i];
        }
    }

private:
    void computeGate(int gate, const T* input, const T* state) {
        const LstmParams& p = m_params;
        const uint32_t g = static_cast<uint32_t>(gate);
        const int8_t* weights = m_call.input<int8_t>(kLstmInputWeights + g);
        const int8_t* recurrent = m_call.input<int8_t>(kLstmRecurrentWeights + g);
        const Sum* bias = m_call.input<Sum>(kLstmBiases + g);
        int16_t* out = m_call.scratch<int16_t>(g);
        for (int32_t i = 0; i < p.cells; ++i, weights += p.inputs, recurrent += p.cells) {
            const Sum fresh = dot(input, weights, p.inputs, p.inputOffset, bias[i]);
            const Sum old = dot(state, recurrent, p.cells, p.stateOffset, Sum{0});
            const int16_t value =
                clampInt16(clampInt16(multiplyByFactor(fresh, p.inputFactors[gate])) +
                           clampInt16(multiplyByFactor(old, p.recurrentFactors[gate])));
            out[i] = gate == kCellGate ? tanhInt16(value, {}) : logisticInt16(value, {});
        }
    }

    int32_t product(int gate, int32_t i, int16_t other, Factor factor) const {
        const int32_t value = m_call.scratch<int16_t>(static_cast<uint32_t>(gate))[i];
        return multiplyByFactor(value * other, factor);
    }

    int16_t updatedCell(int32_t i, int16_t cell) const {
        const LstmParams& p = m_params;
        const int16_t kept = clampInt16(product(kForgetGate, i, cell, p.forgetFactor));
        const int16_t fresh = m_call.scratch<int16_t>(kCellGate)[i];
        const int16_t added = clampInt16(product(kInputGate, i, fresh, p.updateFactor));
        const int16_t sum = clampInt16(kept + added);
        if (p.cellClip == 0) return sum;
        return static_cast<int16_t>(clamp<int32_t>(sum, -p.cellClip, p.cellClip));
    }

    const Call& m_call;
    const LstmParams& m_params;
};

template <typename T, typename Sum>
Status lstm(const Call& call) {
    const T* input = call.input<T>(0);
    T* output = call.output<T>();
    T* state = call.state<T>(kLstmOutputState);
    int16_t* cell = call.state<int16_t>(kLstmCellState);
    IntegerLstm<T, Sum> lstm(call);
    forEachStep(call.params<LstmParams>(), [&](size_t in, size_t out, size_t at) {
        lstm.step(input + in, output + out, state + at, cell + at);
    });
    return Status::Ok;
}

}  // namespace

Status lstmInt8(const Call& call) {
    return lstm<int8_t, int32_t>(call);
}
Status lstmInt16(const Call& call) {
    return lstm<int16_t, int64_t>(call);
}

}  // namespace runtime
