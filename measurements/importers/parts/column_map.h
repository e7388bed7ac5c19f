// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A column map defines the columns of a CSV, as comma-separated pairs:
//   latency_us=t mean        the column "t mean" holds microseconds of a layer or model
//   cycles/invoke=c_inv      cycles of another part of the program: the key ends "/invoke"
//   energy_j/model=e_all     joules of the whole model, repeated in the rows of its layers
//   layer=idx, op=type       the layer's index (also "3_CONV_2D"), its operator
//   board:=nucleo-f446re     a constant for all rows
//   condition/FPU=fpu_on     rows that differ in it belong to different sessions
// Roles: the quantities of quantity_units.h; board core clock_mhz runtime runtime_version kernels
// compiler flags model variant model_hash supply_volts source started of the conditions; key layer
// op of the row; note for descriptions. For power traces: time_s time_ms time_us, current_a
// current_ma current_ua, voltage_v voltage_mv, power_w power_mw power_uw, marker.

#include <string>
#include <vector>

#include "importers/parts/csv_reader.h"
#include "types/result.h"

namespace importers {

struct ColumnRole {
    std::string role;    ///< "latency_us"
    std::string detail;  ///< text behind the slash: "invoke"
    std::string column;  ///< name of the column, or the constant
    bool isConstant = false;
    int place = -1;  ///< index of the column in the header; -1: a constant
};

using ColumnMap = std::vector<ColumnRole>;

types::Result<ColumnMap> parseColumnMap(const std::string& text);

/// True for the map of a power trace: one of its roles is a time.
bool mapsTrace(const std::string& text);

/// Locates the columns in a header. For a missing column, the Error lists those that exist.
types::Result<ColumnMap> placedIn(ColumnMap map, const CsvReader& rows, const std::string& file);

}  // namespace importers
