// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One run of the emulator: loads a BoardJob beside the firmware and runs it to its end, while the
// plugin counts. Compares every output with that of this machine.

#include "runners/qemu_board.h"
#include "runners/qemu_job.h"
#include "runners/qemu_log.h"

namespace runners {

struct QemuRun {
    QemuLog log;
    std::vector<InstructionCounts> counts;
};

/// Returns an Error on a crash, a wrong output, silence or a stop request; it names the layer where
/// one ran.
types::Result<QemuRun> runQemuJob(const QemuBoard& board, const RunRequest& request,
                                  const QemuJob& job, const types::Work& work);

}  // namespace runners
