// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// run(): executes a Program once. The caller writes inputs to the arena before and reads outputs
// from it after; an observer sees each op while its outputs are still valid.
//
// Thread rules: one Memory belongs to one run at a time; the Program may be shared.

#include "runtime/kernel.h"
#include "runtime/kernels/kernel_set.h"

namespace runtime {

/// Called after each op of the main graph; may be null. The ops of a block belong to the op that
/// called it. The observer stamps its times of entry and return, so the time between calls excludes
/// its own work.
struct Observer {
    void (*afterOp)(void* context, const OpRecord& op) = nullptr;
    void* context = nullptr;
    /// Asked after each op; true ends the run with Status::Stopped. May be null.
    bool (*isStopped)(void* context) = nullptr;
};

Status run(const Program& program, const KernelSet& kernels, const Memory& memory,
           const Observer& observer = {});

/// Sets all variable tensors to their values before the first run.
void resetState(const Program& program, const Memory& memory);

}  // namespace runtime
