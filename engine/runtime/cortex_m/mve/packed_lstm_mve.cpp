// SPDX-License-Identifier: GPL-3.0-or-later
// UNIDIRECTIONAL_SEQUENCE_LSTM of int8 on MVE: four cells at a time. Rows of a gate are padded to
// whole vectors, so only the kernel's final stores are predicated.
#include "runtime/cortex_m/mve/matrix_rows.h"
#include "runtime/cortex_m/mve/table16_mve.h"

namespace runtime {
namespace {

/// Sum of two values that are clamped to 16 bits, clamped again.
inline int32x4_t saturatingSum(int32x4_t a, int32x4_t b) {
    return vmovlbq_s16(vqaddq_s16(saturated16(a), saturated16(b)));
}

class Lstm : public PackedLstm {
public:
    explicit Lstm(const Call& call) : PackedLstm(call), m_table(logisticTable()) {}

    void step(const int8_t* input, int8_t* output, int8_t* state, int16_t* cell) const {
        MatrixRows inputRows(m_call, m_params.input, input);
        MatrixRows recurrentRows(m_call, m_params.recurrent, state);
        for (int gate = 0; gate < kLstmGates; ++gate)
            computeGate(gate, inputRows, recurrentRows);
        updateCells(cell, state);
        __builtin_memcpy(output, state, static_cast<size_t>(m_plain.cells));
    }

private:
    void computeGate(int which, MatrixRows& inputRows, MatrixRows& recurrentRows) const {
        const VectorScale fresh(m_plain.inputFactors[which]);
        const VectorScale old(m_plain.recurrentFactors[which]);
        int16_t* values = gate(which);
        for (int32_t i = 0; i < m_stride; i += kChannelBlock) {
            const int32x4_t fromInput = fresh(inputRows.next());
            const int32x4_t sum = saturatingSum(fromInput, old(recurrentRows.next()));
            const int32x4_t x = vmulq_n_s32(sum, TableScale{}.multiplier);
            vstrhq_s32(values + i,
                       which == kCellGate ? tanhOf(m_table, x) : logisticOf(m_table, x));
        }
    }

    void updateCells(int16_t* cell, int8_t* state) const {
        const VectorScale keep(m_plain.forgetFactor), add(m_plain.updateFactor);
        const VectorScale out(m_plain.outputFactor);
        const VectorTableScale cellScale(m_plain.cellScale);
        for (int32_t i = 0; i < m_plain.cells; i += kChannelBlock) {
            const mve_pred16_t valid = vctp32q(static_cast<uint32_t>(m_plain.cells - i));
            const auto product = [&](int which, int32x4_t other) {
                return vmulq_s32(vldrhq_s32(gate(which) + i), other);
            };
            const int32x4_t kept = keep(product(kForgetGate, vldrhq_z_s32(cell + i, valid)));
            const int32x4_t added = add(product(kInputGate, vldrhq_s32(gate(kCellGate) + i)));
            const int32x4_t sum = clamped(saturatingSum(kept, added), m_lowestCell, m_highestCell);
            vstrhq_p_s32(cell + i, sum, valid);
            const int32x4_t value = product(kOutputGate, tanhOf(m_table, cellScale(sum)));
            const int32x4_t code = vaddq_n_s32(out(value), m_plain.outputOffset);
            vstrbq_p_s32(state + i, clamped(code, INT8_MIN, INT8_MAX), valid);
        }
    }

    const uint16_t* m_table;
};

}  // namespace

Status packedLstmInt8(const Call& call) {
    return runLstm<Lstm>(call);
}

}  // namespace runtime
