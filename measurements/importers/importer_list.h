// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All formats. The first that matches reads the file, so formats with distinctive marks come first,
// and tables recognised by their column names alone come last.

#include <vector>

#include "importers/importer.h"

namespace importers {

extern const Importer kSessionJson;
extern const Importer kSessionCsv;
extern const Importer kEnergyRunner;
extern const Importer kMlperfRunner;
extern const Importer kTflmBenchmark;
extern const Importer kTflmProfiler;
extern const Importer kTflmAllocator;
extern const Importer kMicronasRecords;
extern const Importer kStReport;
extern const Importer kStReportJson;
extern const Importer kStInfoJson;
extern const Importer kVelaSummary;
extern const Importer kVelaLayers;
extern const Importer kHeimUart;
extern const Importer kPowerCsv;
extern const Importer kInstructionCounts;
extern const Importer kLayerTable;

/// Formats in the order in which they are tried.
const std::vector<const Importer*>& allImporters();

}  // namespace importers
