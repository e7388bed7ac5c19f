// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes the BoardJob (firmware/board_job.h) of a model: its Program lowered for a core, and the
// inputs of every invoke. Also runs the model on this machine with the plain kernels, for
// comparison.

#include <cstdint>
#include <map>
#include <vector>

#include "runners/runner.h"
#include "types/target.h"

namespace runners {

struct QemuJob {
    std::vector<uint8_t> bytes;  ///< loaded at the firmware's symbol `job`
    size_t programBytes = 0, arenaBytes = 0;
    std::vector<int32_t> order;  ///< operators in the order of execution
    /// Operators that run in each invoke: constants are decoded beforehand, and an invoke may end
    /// early (CIRCULAR_BUFFER).
    std::vector<std::vector<int32_t>> ran;
    int32_t invokesPerOutput = 1;
    /// CRC-32 of each tensor that an operator writes, in the last invoke on this machine.
    std::map<int32_t, uint32_t> expected;
};

/// An Error where the model has an operator without a kernel or does not fit `roomBytes`.
types::Result<QemuJob> makeQemuJob(const RunRequest& request, types::Isa isa, size_t roomBytes);

}  // namespace runners
