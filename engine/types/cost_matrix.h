// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CostMatrix: what one model costs on several cores and boards, with several sets of kernels,
// compiler flags and precisions: one cell for each combination, measured or predicted. An immutable
// value; the command line and the window show the same.
//
// Cells of different targets may have different quantities (instructions of an emulator,
// microseconds of a board), so only cells of one target and quantity are compared.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/estimate.h"
#include "types/session.h"

namespace types {

/// The dimensions of the matrix.
enum class MatrixAxis : int8_t { Target, Kernels, Flags, Precision };
constexpr size_t kMatrixAxisCount = 4;
/// Titles of columns and lists, in the order of MatrixAxis.
inline constexpr std::array<const char*, kMatrixAxisCount> kMatrixAxes = {"Target", "Kernels",
                                                                          "Flags", "Precision"};

/// Words of MatrixAxis::Kernels for our own runtime; others are named by runtime and library.
inline constexpr const char* kPlainKernels = "plain";
inline constexpr const char* kPackedKernels = "packed";

/// Open: not measured yet.
enum class CellState : int8_t { Open, Measured, Predicted, Failed };
/// "open", "measured", "predicted", "failed".
const char* cellStateName(CellState state);

/// Where a cell stands: "qemu-cortex-m4", "packed", "-O2", "int8", in the order of MatrixAxis. An
/// empty word: not known.
using MatrixPlace = std::array<std::string, kMatrixAxisCount>;

struct MatrixCell {
    MatrixPlace place;
    CellState state = CellState::Open;
    Quantity quantity = Quantity::Instructions;
    /// Of one inference; not set where open, failed, or not to be predicted.
    std::optional<double> value;
    std::optional<Estimate> band;  ///< of a predicted value
    std::string core;              ///< "Cortex-M4"; empty: unknown
    std::string session;           ///< name of the session behind a measured cell
    std::string reason;            ///< why there is no value; else empty

    const std::string& at(MatrixAxis axis) const { return place[static_cast<size_t>(axis)]; }
};

struct CostMatrix {
    std::string name;   ///< of the matrix, with which its sessions' names begin
    std::string model;  ///< file name of the model that all cells are made from
    std::vector<MatrixCell> cells;

    /// The values along an axis, in the order of the cells.
    std::vector<std::string> along(MatrixAxis axis) const;
    /// How many cells are in a state.
    size_t count(CellState state) const;
};

/// The cell's value / the least of its target in the same quantity; nothing without a value.
std::optional<double> relativeCost(const CostMatrix& matrix, const MatrixCell& cell);

}  // namespace types
