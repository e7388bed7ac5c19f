// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One start of the emulator: a Job is loaded beside the firmware and runs to its end, while the
// plugin counts. Every output is compared with the one of this machine.

#include "runners/qemu_board.h"
#include "runners/qemu_job.h"
#include "runners/qemu_log.h"

namespace runners {

struct QemuRun {
    QemuLog log;
    std::vector<InstructionCounts> counts;
};

/// A crash, a wrong output, silence and a stop request are Errors; where a layer ran, they name it.
types::Result<QemuRun> runQemuJob(const QemuBoard& board, const RunRequest& request,
                                  const QemuJob& job, const types::Work& work);

}  // namespace runners
