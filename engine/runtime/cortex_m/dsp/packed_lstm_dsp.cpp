// SPDX-License-Identifier: GPL-3.0-or-later
// UNIDIRECTIONAL_SEQUENCE_LSTM of int8 on the DSP extension: four rows of a gate at a time.
#include "runtime/cortex_m/dsp/dot_tiles.h"
#include "runtime/cortex_m/dsp/requantize_dsp.h"
#include "runtime/cortex_m/dsp/widen.h"
#include "runtime/cortex_m/packed_recurrent.h"

namespace runtime {
namespace {

int32_t clamp16(int32_t value) {
    return __ssat(value, 16);
}

/// Reads the rows of a matrix block by block.
class Rows {
public:
    Rows(const Call& call, const PackedMatrix& matrix, const int16_t* columns)
        : m_weights(call.array<int8_t>(matrix.weights)),
          m_biases(call.array<int32_t>(matrix.biases)),
          m_columns(columns),
          m_fours(matrix.depth / 4) {}

    void next(int32_t (&sums)[kChannelBlock]) {
        for (int32_t& sum : sums)
            sum = *m_biases++;
        dotOneByFour(m_weights, m_columns, m_fours, sums);
        m_weights += m_fours * 4 * kChannelBlock;
    }

private:
    const int8_t* m_weights;
    const int32_t* m_biases;
    const int16_t* m_columns;
    int32_t m_fours;
};

class Lstm : public PackedLstm {
public:
    explicit Lstm(const Call& call)
        : PackedLstm(call),
          m_inputColumns(gate(kLstmGates + 1)),
          m_stateColumns(m_inputColumns + m_params.input.depth) {}

    void step(const int8_t* input, int8_t* output, int8_t* state, int16_t* cell) {
        widen(input, m_params.input.depth / 4, m_inputColumns, 1);
        widen(state, m_params.recurrent.depth / 4, m_stateColumns, 1);
        Rows inputRows(m_call, m_params.input, m_inputColumns);
        Rows recurrentRows(m_call, m_params.recurrent, m_stateColumns);
        for (int gate = 0; gate < kLstmGates; ++gate)
            computeGate(gate, inputRows, recurrentRows);
        updateCells(cell);
        writeState(state);
        __builtin_memcpy(output, state, static_cast<size_t>(m_plain.cells));
    }

private:
    void computeGate(int which, Rows& inputRows, Rows& recurrentRows) {
        const Scale fresh(m_plain.inputFactors[which]), old(m_plain.recurrentFactors[which]);
        int16_t* const values = gate(which);
        for (int32_t i = 0; i < m_stride; i += kChannelBlock) {
            int32_t inputs[kChannelBlock], states[kChannelBlock];
            inputRows.next(inputs);
            recurrentRows.next(states);
            for (int32_t j = 0; j < kChannelBlock; ++j)
                values[i + j] = static_cast<int16_t>(
                    clamp16(clamp16(fresh(inputs[j])) + clamp16(old(states[j]))));
        }
        if (which == kCellGate)
            tanhInt16(values, m_plain.cells, {}, values);
        else
            logisticInt16(values, m_plain.cells, {}, values);
    }

    void updateCells(int16_t* cell) const {
        const Scale keep(m_plain.forgetFactor), add(m_plain.updateFactor);
        const int16_t *forget = gate(kForgetGate), *input = gate(kInputGate);
        const int16_t* fresh = gate(kCellGate);
        for (int32_t i = 0; i < m_plain.cells; ++i) {
            const int32_t kept = clamp16(keep(forget[i] * cell[i]));
            const int32_t sum = kept + clamp16(add(input[i] * fresh[i]));
            cell[i] = static_cast<int16_t>(clamp(sum, m_lowestCell, m_highestCell));
        }
        tanhInt16(cell, m_plain.cells, m_plain.cellScale, gate(kLstmGates));
    }

    void writeState(int8_t* state) const {
        const Scale scale(m_plain.outputFactor);
        const int16_t *open = gate(kOutputGate), *value = gate(kLstmGates);
        const int32_t offset = m_plain.outputOffset;
        for (int32_t i = 0; i < m_plain.cells; ++i)
            state[i] = static_cast<int8_t>(__ssat(scale(open[i] * value[i]) + offset, 8));
    }

    int16_t *m_inputColumns, *m_stateColumns;
};

}  // namespace

Status packedLstmInt8(const Call& call) {
    return runLstm<Lstm>(call);
}

}  // namespace runtime
