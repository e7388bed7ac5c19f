// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/pack_recurrent.h"

#include <optional>

#include "lowering/pack/packed_channels.h"
#include "lowering/pack/packed_layers.h"
#include "runtime/cortex_m/packed_recurrent.h"

namespace lowering {
namespace {

using runtime::Factor;
using runtime::kChannelBlock;
using runtime::LstmParams;
using runtime::PackedIsa;
using runtime::PackedKernel;
using runtime::PackedLstmParams;
using runtime::PackedMatrix;
using runtime::PackedSvdfParams;
using runtime::SvdfParams;

/// Rows of one or several matrices, with biases that include the zero point of the other operand.
struct Matrix {
    Rows rows;
    std::vector<int32_t> biases;

    void pad() {
        const size_t whole = roundedUp(rows.size(), kChannelBlock);
        rows.resize(whole, std::vector<int8_t>(rows.front().size(), 0));
        biases.resize(whole, 0);
    }
};

/// True where the doubled sum, shifted left by a factor above 1, stays in 32 bits, and where its
/// right shift is one of 32 bits.
bool isScalable(const SumRange& range, Factor factor) {
    const int64_t largest = int64_t{1} << (factor.shift > 0 ? 30 - factor.shift : 30);
    return factor.shift < 30 && factor.shift > -31 && range.lowest > -largest &&
           range.highest < largest;
}

/// Adds rows; returns false where their sums are out of range.
bool append(Rows rows, const std::vector<int64_t>& biases, int32_t offset, Factor factor,
            Matrix& matrix) {
    for (size_t r = 0; r < rows.size(); ++r) {
        const SumRange range = rangeOf(rows[r], static_cast<int32_t>(biases[r]), offset);
        if (!isScalable(range, factor)) return false;
        matrix.biases.push_back(range.start);
        matrix.rows.push_back(std::move(rows[r]));
    }
    matrix.pad();
    return true;
}

template <typename Params>
PackedMatrix packed(const Matrix& matrix, PackedIsa isa, ParamBlock<Params>& params) {
    const auto group = static_cast<size_t>(runtime::groupOf(isa));
    const size_t depth = roundedUp(matrix.rows.front().size(), group);
    return {static_cast<int32_t>(depth), params.add(inBlocks(matrix.rows, depth, group)),
            params.add(matrix.biases)};
}

bool areConstant(const OpView& op, size_t first, size_t count) {
    for (size_t i = first; i < first + count; ++i)
        if (!op.hasInput(i) || !op.graph().isConstant(op.inputs()[i])) return false;
    return true;
}

/// The matrices of all gates, one below the other: those of the input, or of the state.
std::optional<Matrix> gateMatrix(const OpView& op, const LstmParams& p, bool recurrent) {
    const auto cells = static_cast<size_t>(p.cells);
    const auto columns = static_cast<size_t>(recurrent ? p.cells : p.inputs);
    Matrix matrix;
    for (size_t gate = 0; gate < runtime::kLstmGates; ++gate) {
        const size_t operand =
            gate + (recurrent ? runtime::kLstmRecurrentWeights : runtime::kLstmInputWeights);
        const auto biases = recurrent ? std::vector<int64_t>(cells, 0)
                                      : biasesOf(op, runtime::kLstmBiases + gate, cells);
        const bool fits = append(
            rowsOf(op, operand, cells, columns), biases, recurrent ? p.stateOffset : p.inputOffset,
            recurrent ? p.recurrentFactors[gate] : p.inputFactors[gate], matrix);
        if (!fits) return std::nullopt;
    }
    return matrix;
}

/// Products of two 16-bit values below 2^30 are scaled without a shift to the left.
bool isElementScale(Factor factor) {
    return factor.shift <= 0 && factor.shift > -31;
}

int32_t timeWeight(const OpView& op, size_t index) {
    const uint8_t* data = op.graph().constantData(op.inputs()[2]).data();
    if (op.input(2).type == types::DataType::Int8) return static_cast<int8_t>(data[index]);
    int16_t weight;
    __builtin_memcpy(&weight, data + 2 * index, sizeof weight);
    return weight;
}

/// Includes the state's zero point times the weights of all its steps; the plain sums wrap alike.
std::vector<int32_t> svdfBiases(const OpView& op, const SvdfParams& p) {
    std::vector<int32_t> biases;
    size_t index = 0;
    for (int64_t bias : biasesOf(op, 3, static_cast<size_t>(p.units))) {
        auto sum = static_cast<int32_t>(bias);
        for (int32_t i = 0; i < p.rank * p.memory; ++i)
            sum = runtime::wrapAdd(sum, -p.stateZeroPoint * timeWeight(op, index++));
        biases.push_back(sum);
    }
    biases.push_back(0);
    return biases;
}

}  // namespace

void packLstm(const OpView& op, PackedIsa isa, OpPlan& plan) {
    const auto from = paramsOf<LstmParams>(plan);
    if (from.cells == 0 || from.inputs == 0 || !areConstant(op, 1, 2 * runtime::kLstmGates) ||
        !areConstant(op, runtime::kLstmBiases, runtime::kLstmGates))
        return;
    for (Factor factor : {from.forgetFactor, from.updateFactor, from.outputFactor})
        if (!isElementScale(factor)) return;
    const auto input = gateMatrix(op, from, false), recurrent = gateMatrix(op, from, true);
    if (!input || !recurrent) return;
    ParamBlock<PackedLstmParams> params;
    params->plain = from;
    params->input = packed(*input, isa, params);
    params->recurrent = packed(*recurrent, isa, params);
    const int64_t scratch = packedLstmScratch(*params, isa);
    finishPacked(PackedKernel::PackedLstmInt8, params.bytes(),
                 {0, runtime::kLstmOutputState, runtime::kLstmCellState}, scratch, plan);
}

void packSvdf(const OpView& op, PackedKernel kernel, PackedIsa isa, OpPlan& plan) {
    const auto from = paramsOf<SvdfParams>(plan);
    const auto filters = static_cast<size_t>(from.filters);
    if (filters == 0 || from.inputs == 0 || !areConstant(op, 1, 2)) return;
    if (op.hasInput(3) && !op.graph().isConstant(op.inputs()[3])) return;
    Matrix features;
    if (!append(rowsOf(op, 1, filters, static_cast<size_t>(from.inputs)),
                std::vector<int64_t>(filters, 0), from.inputOffset, from.featureFactor, features))
        return;
    const auto biases = svdfBiases(op, from);
    ParamBlock<PackedSvdfParams> params;
    params->plain = from;
    params->features = packed(features, isa, params);
    params->biases = params.add(biases);
    const int64_t scratch = packedSvdfScratch(*params, isa);
    finishPacked(kernel, params.bytes(), {0, 2, 4}, scratch, plan);
}

}  // namespace lowering
