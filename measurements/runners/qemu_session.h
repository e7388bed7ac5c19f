// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes the Session of a run on an emulated board.

#include "runners/qemu_run.h"

namespace runners {

/// Adds, per layer and for the whole, instructions, their mix and the MACs
/// (types/instruction_mix.h), and the memory used by the run. Returns an Error where the counts are
/// not one row per operator and invoke.
types::Result<types::Session> makeQemuSession(const QemuBoard& board, const RunRequest& request,
                                              const QemuJob& job, const QemuRun& run);

}  // namespace runners
