// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/cost_matrix.h"

#include <algorithm>

namespace types {

const char* cellStateName(CellState state) {
    switch (state) {
        case CellState::Measured:
            return "measured";
        case CellState::Predicted:
            return "predicted";
        case CellState::Failed:
            return "failed";
        default:
            return "open";
    }
}

std::vector<std::string> CostMatrix::along(MatrixAxis axis) const {
    std::vector<std::string> values;
    for (const MatrixCell& cell : cells)
        if (std::ranges::find(values, cell.at(axis)) == values.end())
            values.push_back(cell.at(axis));
    return values;
}

size_t CostMatrix::count(CellState state) const {
    return static_cast<size_t>(std::ranges::count(cells, state, &MatrixCell::state));
}

std::optional<double> relativeCost(const CostMatrix& matrix, const MatrixCell& cell) {
    if (!cell.value) return std::nullopt;
    double least = *cell.value;
    for (const MatrixCell& other : matrix.cells)
        if (other.value && other.quantity == cell.quantity &&
            other.at(MatrixAxis::Target) == cell.at(MatrixAxis::Target))
            least = std::min(least, *other.value);
    return least > 0 ? std::optional(*cell.value / least) : std::nullopt;
}

}  // namespace types
