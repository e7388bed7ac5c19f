// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All formats. The first that matches reads the file, so formats with distinctive marks come first,
// and tables recognised by their column names alone come last.

#include <vector>

#include "importers/importer.h"

namespace importers {

// clang-format off
#define NETCALIPER_IMPORTERS(X) \
    X(kSessionJson) \
    X(kSessionCsv) \
    X(kAgentLog) \
    X(kEnergyRunner) \
    X(kMlperfRunner) \
    X(kTflmBenchmark) \
    X(kTflmProfiler) \
    X(kTflmAllocator) \
    X(kMicronasRecords) \
    X(kHpxBundle) \
    X(kExecutorchTable) \
    X(kStValidation) \
    X(kStReport) \
    X(kStReportJson) \
    X(kStInfoJson) \
    X(kVelaSummary) \
    X(kVelaLayers) \
    X(kHeimUart) \
    X(kOtiiCsv) \
    X(kPowerCsv) \
    X(kInstructionCounts) \
    X(kLayerTable) \
    X(kFirmwareTimes)
// clang-format on

#define NETCALIPER_DECLARATION(importer) extern const Importer importer;
NETCALIPER_IMPORTERS(NETCALIPER_DECLARATION)
#undef NETCALIPER_DECLARATION

/// Formats in the order in which they are tried.
const std::vector<const Importer*>& allImporters();

}  // namespace importers
