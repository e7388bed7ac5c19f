// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Footprint: what a model needs of a board's memories under a runtime, without running it. Whoever
// asks whether a model fits asks here: evaluate(), the searches, the list of boards.
//
// TFLM reads the .tflite file and plans its arena greedily. Our own runtime reads a Program lowered
// for the board's core, calls the code of the kernels in it, and plans in place.
//
// Thread rules: pure functions. Units: bytes.

#include <algorithm>

#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"
#include "types/memory_plan.h"
#include "types/result.h"
#include "types/target.h"

namespace footprint {

struct Footprint {
    types::Runtime runtime = types::Runtime::Tflm;
    types::MemoryPlan plan;  ///< the one that this runtime follows
    types::Budget flash, sram;

    bool fits() const { return flash.fits() && sram.fits(); }
    /// Bytes that must go before it fits; 0: none.
    int64_t flashExcess() const { return std::max<int64_t>(0, -flash.spareBytes()); }
    int64_t sramExcess() const { return std::max<int64_t>(0, -sram.spareBytes()); }
    int64_t excessBytes() const { return flashExcess() + sramExcess(); }
};

/// What TFLM needs whatever the board: found out once where many boards are asked about.
struct TflmNeeds {
    int64_t fileBytes = 0;  ///< of the .tflite as it would be written
    types::MemoryPlan plan;
    types::TflmArena arena;  ///< on a Cortex-M
};
TflmNeeds tflmNeeds(const types::Graph& graph);
/// The same for whoever has written the file already.
TflmNeeds tflmNeeds(const types::Graph& graph, int64_t fileBytes);

/// Errors: a model that our own runtime cannot run.
types::Result<Footprint> of(const types::Graph& graph, const types::DeviceProfile& device,
                            types::Runtime runtime);

/// Under the runtime of the device's profile; of TFLM, too, for a model that our own runtime cannot
/// run. `tflm` is of the same graph.
Footprint of(const types::Graph& graph, const types::DeviceProfile& device, const TflmNeeds& tflm);

}  // namespace footprint
