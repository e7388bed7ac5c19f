// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The Session that a run on an emulated board gives.

#include "runners/qemu_run.h"

namespace runners {

/// Per layer and for the whole: instructions, their mix and the MACs (types/instruction_mix.h);
/// and the memory that the run took. An Error where the counts are not one row per operator and
/// invoke.
types::Result<types::Session> makeQemuSession(const QemuBoard& board, const RunRequest& request,
                                              const QemuJob& job, const QemuRun& run);

}  // namespace runners
