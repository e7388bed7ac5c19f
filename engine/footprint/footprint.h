// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Footprint: the flash and SRAM that a model needs on a board under a runtime, computed without
// running it. evaluate(), the searches and the list of boards all use it.
//
// This room alone decides whether a model fits: a budget with an unknown part says "at least" and
// never fits.
//
// TFLM reads the .tflite file and plans its arena greedily. Our own runtime reads a Program lowered
// for the board's core, calls the code of its kernels, and plans in place.
//
// Thread rules: pure functions. Units: bytes.

#include <algorithm>

#include "types/band_plan.h"
#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"
#include "types/memory_plan.h"
#include "types/result.h"
#include "types/target.h"

namespace footprint {

struct Footprint {
    types::Runtime runtime = types::Runtime::Tflm;
    types::MemoryPlan plan;  ///< the plan that this runtime follows
    types::Budget flash, sram;

    /// Exceeds where one budget does, Fits only where both are known to.
    types::Verdict verdict() const;
    bool fits() const { return verdict() == types::Verdict::Fits; }
    /// Which part is unknown and why; empty: none.
    std::string unknownReason() const;
    /// Bytes above the board's flash; 0: it fits.
    int64_t flashExcess() const { return std::max<int64_t>(0, -flash.spareBytes()); }
    int64_t sramExcess() const { return std::max<int64_t>(0, -sram.spareBytes()); }
    int64_t excessBytes() const { return flashExcess() + sramExcess(); }
};

/// TFLM's arena on a 64-bit host and on a Cortex-M.
struct TflmArenas {
    types::TflmArena host64, cortexM;
};

/// `plan`: of the first subgraph, for TFLM.
TflmArenas tflmArenas(const types::Graph& graph, const types::MemoryPlan& plan);

/// TFLM's needs that do not depend on the board; computed once for many boards.
struct TflmNeeds {
    int64_t fileBytes = 0;  ///< of the .tflite as it would be written
    types::MemoryPlan plan;
    TflmArenas arenas;
};
TflmNeeds tflmNeeds(const types::Graph& graph);
/// The same, for a caller that has already written the file.
TflmNeeds tflmNeeds(const types::Graph& graph, int64_t fileBytes);

/// Returns an Error for a model that our own runtime cannot run.
types::Result<Footprint> of(const types::Graph& graph, const types::DeviceProfile& device,
                            types::Runtime runtime);

/// Under our own runtime in bands of rows. `plan` has steps, for the kernels of the device's core.
types::Result<Footprint> ofBands(const types::Graph& graph, const types::DeviceProfile& device,
                                 const types::BandPlan& plan);

/// Under the runtime of the device's profile; under TFLM for a model that our own runtime cannot
/// run. `tflm` belongs to the same graph.
Footprint of(const types::Graph& graph, const types::DeviceProfile& device, const TflmNeeds& tflm);

}  // namespace footprint
