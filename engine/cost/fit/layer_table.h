// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads tables of measured layers: one CSV line per layer, with its shapes and cost.
//
// Columns: op (as in the .tflite schema, or conv2d, add, global_average_pooling2d, softmax),
// in_shape and out_shape ("1x32x32x16"; several inputs joined by ';' or '+'), kernel and strides
// ("3x3"), padding (same or valid), and where they apply dilation, filter_shape, dtype (int8 if
// absent), weight_dtype, per_channel (0 or 1), n_inputs (2, of TRANSPOSE_CONV 3: no bias). The
// cost: cycles_op, cycles, latency_us, latency_ms or instructions; a latency needs the clock, from
// clock_mhz or the caller. What names the line: name, or network (model) and op_index. Where it was
// measured: board, core (cpu), runtime, kernels (backend, cmsis-nn), clock_mhz.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cost/fit/csv_rows.h"
#include "cost/fit/model_band_fit.h"
#include "cost/fit/observation.h"
#include "types/result.h"
#include "types/session.h"

namespace cost {

/// Column -> text that it must equal or begin with: {"board", "STM32F446RE"}.
using RowFilter = std::map<std::string, std::string>;

/// {"board=STM32F446RE"} -> {{"board", "STM32F446RE"}}.
types::Result<RowFilter> rowFilterOf(const std::vector<std::string>& conditions);
/// "board=STM32F446RE, op=conv2d" likewise; "" meets every line.
types::Result<RowFilter> rowFilterOf(const std::string& conditions);

/// One line, as far as it can be read; an Error names the field that cannot be.
struct TableLine {
    size_t number = 0;             ///< in the file, from 1
    std::string name;              ///< "conv_17", "dscnn_58 #0", or "line 7"
    std::string network;           ///< empty: the table tells none
    std::string op;                ///< as the table names it
    types::Conditions conditions;  ///< what the table states; source: Emulator or Imported
    types::Result<Workload> workload;
    types::Result<Observation> layer;  ///< the workload with its cost
};

/// Returns the workload of one line with its cost. `clockMhz`: of a latency without a clock; 0:
/// unknown.
types::Result<Observation> observationOf(const CsvRow& row, double clockMhz = 0);

/// Returns all lines that pass the filter, readable or not; an Error if no line passes.
types::Result<std::vector<TableLine>> readTableLines(const std::filesystem::path& file,
                                                     const RowFilter& filter, double clockMhz = 0);

/// Returns the layers of all lines that pass the filter, repeated ones joined; an Error if no line
/// passes or one cannot be read.
types::Result<std::vector<Observation>> readLayerTable(const std::filesystem::path& file,
                                                       const RowFilter& filter,
                                                       double clockMhz = 0);

/// Reads the layers of whole networks, which the column "network" tells apart; repeated layers
/// stay.
types::Result<std::vector<NetworkLayers>> readNetworkTable(const std::filesystem::path& file,
                                                           const RowFilter& filter,
                                                           double clockMhz = 0);

}  // namespace cost
