// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads tables of measured layers: one CSV line per layer, with its shapes and cost.
//
// Columns: op (as in the .tflite schema, or conv2d, add, global_average_pooling2d, softmax),
// in_shape and out_shape ("1x32x32x16"; several inputs joined by ';' or '+'), kernel and strides
// ("3x3"), padding (same or valid), and where they apply dilation, filter_shape, dtype (int8 if
// absent), weight_dtype, per_channel (0 or 1), n_inputs (2, of TRANSPOSE_CONV 3: no bias). The
// cost: cycles_op, cycles or instructions.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cost/fit/csv_rows.h"
#include "cost/fit/model_band_fit.h"
#include "cost/fit/observation.h"
#include "types/result.h"

namespace cost {

/// Column -> text that it must equal or begin with: {"board", "STM32F446RE"}.
using RowFilter = std::map<std::string, std::string>;

/// {"board=STM32F446RE"} -> {{"board", "STM32F446RE"}}.
types::Result<RowFilter> rowFilterOf(const std::vector<std::string>& conditions);

/// Returns the workload of one line; an Error names the field that cannot be read.
types::Result<Observation> observationOf(const CsvRow& row);

/// Returns the lines that pass the filter, repeated layers joined; an Error if no line passes.
types::Result<std::vector<Observation>> readLayerTable(const std::filesystem::path& file,
                                                       const RowFilter& filter);

/// Reads the layers of whole networks, which the column "network" tells apart; repeated layers
/// stay.
types::Result<std::vector<NetworkLayers>> readNetworkTable(const std::filesystem::path& file,
                                                           const RowFilter& filter);

}  // namespace cost
