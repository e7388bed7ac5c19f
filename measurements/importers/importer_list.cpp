// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/importer_list.h"

namespace importers {

const std::vector<const Importer*>& allImporters() {
    static const std::vector<const Importer*> all = {
        &kSessionJson,       &kSessionCsv,    &kEnergyRunner,    &kMlperfRunner, &kTflmBenchmark,
        &kTflmProfiler,      &kTflmAllocator, &kMicronasRecords, &kStReport,     &kStReportJson,
        &kStInfoJson,        &kVelaSummary,   &kVelaLayers,      &kHeimUart,     &kPowerCsv,
        &kInstructionCounts, &kLayerTable,
    };
    return all;
}

}  // namespace importers
