// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a model needs of a board's memories under a runtime, without running it: the quick half of
// a judgement, for searches that ask it many times.
//
// TFLM reads the .tflite file and plans its arena greedily; the order of operators, which changes
// no result, is the file's, so that a better one can be written into it. Our own runtime reads a
// Program and plans in place; kernels are those of the board's core.

#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/target.h"

namespace footprint {

struct MemoryTrial {
    types::GraphPtr graph;     ///< as it would be written
    bool isReordered = false;  ///< its operators stand in another order than they were given in
    types::Budget flash, sram;

    bool fits() const { return flash.fits() && sram.fits(); }
    /// Bytes that must go before it fits.
    int64_t excessBytes() const;
};

/// Errors: a model that our own runtime cannot run. `mayReorder` counts for TFLM, where the order
/// of the file does not fit.
types::Result<MemoryTrial> tryOn(const types::DeviceProfile& device, const types::GraphPtr& graph,
                                 types::Runtime runtime, bool mayReorder);

}  // namespace footprint
