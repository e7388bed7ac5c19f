// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads records from CSV tables with one row per model or per operator. Columns are found by name,
// in the spelling of the published tables or a plain one:
//
// board (mcu), model (network, benchmark), family (backbone, dataset), op, kernel, clock_mhz; macs,
// mops; latency_us, latency_ms, latency_s, instructions; power_mw; energy_uj, energy_mj; kernels,
// runtime, compiler_flags, fpu, numbers. A row for several boards has columns latency_s_BOARD and
// energy_mJ_BOARD.

#include <filesystem>

#include "studies/record.h"
#include "types/result.h"

namespace studies {

/// Skips rows without a cost; a table without any cost is an Error.
types::Result<Records> readRecords(const std::filesystem::path& table);

}  // namespace studies
