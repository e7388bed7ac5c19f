// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// run(): executes a Program once. Inputs are written to the arena before, outputs read from it
// after; an observer sees every op while its outputs still stand.
//
// Thread rules: one Memory belongs to one run at a time; the Program may be shared.

#include "runtime/kernel.h"
#include "runtime/kernels/kernel_set.h"

namespace runtime {

/// Called after each op with its place in the Program; null to leave it out. It stamps its time
/// of entry and of return to time the ops without its own work.
struct Observer {
    void (*afterOp)(void* context, const OpRecord& op) = nullptr;
    void* context = nullptr;
};

Status run(const Program& program, const KernelSet& kernels, const Memory& memory,
           const Observer& observer = {});

/// Sets all variable tensors to what they hold before the first run.
void resetState(const Program& program, const Memory& memory);

}  // namespace runtime
