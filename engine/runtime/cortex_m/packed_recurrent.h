// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Recurrent layers and SVDF packed for a Cortex-M. Their matrices are stored in blocks of four rows
// (PackedMatrix); the bias of each row includes the zero point of the row's operand.
// Everything else is as in the plain kernels.

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/kernels/lstm.h"
#include "runtime/kernels/svdf.h"

namespace runtime {

/// Rows padded to whole blocks; `depth` is padded to whole groups.
struct PackedMatrix {
    int32_t depth = 0;
    Part weights;  ///< int8 [block of four rows][depth / group][4 rows][group]
    Part biases;   ///< int32 per row
};

/// Operands as in LstmParams, without weights and biases. Matrices hold the rows of all four gates,
/// each gate padded to whole blocks. Scratch: packedLstmScratch() bytes.
struct PackedLstmParams {
    LstmParams plain;
    PackedMatrix input, recurrent;
};

constexpr int32_t paddedCells(const LstmParams& p) {
    return (p.cells + kChannelBlock - 1) / kChannelBlock * kChannelBlock;
}

/// Bytes for gates and the tanh of the cell; for DSP also input and output state in 16 bits.
constexpr int32_t packedLstmScratch(const PackedLstmParams& p, PackedIsa isa) {
    const int32_t columns = isa == PackedIsa::Dsp ? 2 * (p.input.depth + p.recurrent.depth) : 0;
    return (kLstmGates + 1) * 2 * paddedCells(p.plain) + columns;
}

/// SVDF with int8 or int16 state and time weights. Operands as in SvdfParams, without feature
/// weights and bias. Scratch: packedSvdfScratch() bytes.
struct PackedSvdfParams {
    SvdfParams plain;
    PackedMatrix features;
    Part biases;  ///< int32 per output and one more; include the state offset
};

/// For DSP the input in 16 bits, for MVE whole vectors of sums.
constexpr int32_t packedSvdfScratch(const PackedSvdfParams& p, PackedIsa isa) {
    return isa == PackedIsa::Dsp ? 2 * p.features.depth : 4 * (p.plain.units + kChannelBlock - 1);
}

/// The part of an LSTM that both instruction sets share: its parameters and the buffers of its
/// gates.
class PackedLstm {
public:
    explicit PackedLstm(const Call& call)
        : m_call(call),
          m_params(call.params<PackedLstmParams>()),
          m_plain(m_params.plain),
          m_stride(paddedCells(m_plain)),
          m_gates(call.scratch<int16_t>()),
          m_highestCell(m_plain.cellClip == 0 ? INT16_MAX : m_plain.cellClip),
          m_lowestCell(m_plain.cellClip == 0 ? INT16_MIN : -m_plain.cellClip) {}

protected:
    /// Gate kLstmGates is the buffer for the tanh of the cell.
    int16_t* gate(int which) const { return m_gates + which * m_stride; }

    const Call& m_call;
    const PackedLstmParams& m_params;
    const LstmParams& m_plain;
    int32_t m_stride;  ///< length of a gate's buffer: whole blocks
    int16_t* m_gates;
    int32_t m_highestCell, m_lowestCell;
};

/// Layer: has step(input, output, state, cell) for one step of one batch.
template <typename Layer>
Status runLstm(const Call& call) {
    const auto* input = call.input<int8_t>(0);
    auto* output = call.output<int8_t>();
    auto* state = call.state<int8_t>(kLstmOutputState);
    auto* cell = call.state<int16_t>(kLstmCellState);
    Layer layer(call);
    forEachStep(call.params<PackedLstmParams>().plain, [&](size_t in, size_t out, size_t at) {
        layer.step(input + in, output + out, state + at, cell + at);
    });
    return Status::Ok;
}

/// Layer: has run(input, state, output) for one batch; T: element type of state and time weights.
template <typename Layer, typename T>
Status runSvdf(const Call& call) {
    const SvdfParams& p = call.params<PackedSvdfParams>().plain;
    const auto* input = call.input<int8_t>(0);
    auto* state = call.state<T>(4);
    auto* output = call.output<int8_t>();
    const Layer layer(call);
    for (int32_t b = 0; b < p.batches; ++b) {
        layer.run(input, state, output);
        input += p.inputs, state += p.filters * p.memory, output += p.units;
    }
    return Status::Ok;
}

}  // namespace runtime
