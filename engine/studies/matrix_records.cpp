// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/matrix_records.h"

#include "types/target.h"

namespace studies {
namespace {

using types::MatrixAxis;
using types::MatrixCell;
using types::Quantity;

bool isOurs(const std::string& kernels) {
    return kernels == types::kPlainKernels || kernels == types::kPackedKernels;
}

Record cellRecord(const types::CostMatrix& matrix, const MatrixCell& cell) {
    Record record;
    record.board = cell.at(MatrixAxis::Target);
    record.core = cell.core;
    record.model = matrix.model;
    record.measured = cell.state == types::CellState::Measured;
    record.source = record.measured ? "matrix " + matrix.name : "profile " + record.board;
    const std::string& kernels = cell.at(MatrixAxis::Kernels);
    record.setup["kernels"] = kernels;
    record.setup["runtime"] = isOurs(kernels) ? types::kNetcaliperRuntime : "TFLM";
    record.setup["numbers"] = cell.at(MatrixAxis::Precision);
    if (!cell.at(MatrixAxis::Flags).empty())
        record.setup["compiler flags"] = cell.at(MatrixAxis::Flags);
    // Cycles without a clock compare like instructions: only with the same target's.
    if (cell.quantity == Quantity::LatencyUs)
        record.latencyUs = *cell.value;
    else
        record.instructions = *cell.value;
    record.latencyBand = cell.band;
    return record;
}

}  // namespace

Records recordsOf(const types::CostMatrix& matrix) {
    Records records;
    for (const MatrixCell& cell : matrix.cells)
        if (cell.value) records.push_back(cellRecord(matrix, cell));
    return records;
}

}  // namespace studies
