// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records from CSV tables: a row a model, or a row an operator. Columns are known by their names,
// in the words of the published tables as well as plain ones:
//
// board (mcu), model (network, benchmark), family (backbone, dataset), op, kernel, clock_mhz;
// macs, mops; latency_us, latency_ms, latency_s, instructions; power_mw; energy_uj, energy_mj;
// kernels, runtime, compiler_flags, fpu, numbers. A row that holds several boards has columns
// latency_s_BOARD and energy_mJ_BOARD.

#include <filesystem>

#include "studies/record.h"
#include "types/result.h"

namespace studies {

/// Rows without a cost are left out; a table in which none has one is an Error.
types::Result<Records> readRecords(const std::filesystem::path& table);

}  // namespace studies
