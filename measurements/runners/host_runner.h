// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Times a model on this machine: every operator and the whole, on the very runtime that runs on
// the target. Raw samples are kept; a median is made where it is shown.

#include <functional>
#include <vector>

#include "lowering/execution.h"

namespace runners {

struct HostRun {
    std::vector<double> invokeUs;              ///< one per invoke, without the hooks below
    std::vector<std::vector<double>> layerUs;  ///< [operator][invoke]
};

struct HostRunHooks {
    std::function<void(lowering::Execution&)> beforeInvoke;  ///< fills the inputs
    std::function<void(size_t op)> afterOp;                  ///< in the last invoke alone
};

/// Invokes `invokes` times, state kept from one to the next.
types::Result<HostRun> runOnHost(lowering::Execution& execution, size_t opCount, int invokes,
                                 const HostRunHooks& hooks);

}  // namespace runners
