// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Times a model on this machine, each operator and the whole, with the runtime that also runs on
// the target. Keeps raw samples; medians are computed for display only.

#include <functional>
#include <vector>

#include "lowering/execution.h"

namespace runners {

struct HostRun {
    std::vector<double> invokeUs;              ///< one per invoke, without layer hooks
    std::vector<std::vector<double>> layerUs;  ///< [operator][invoke in which it ran]
};

struct HostRunHooks {
    std::function<void(lowering::Execution&)> beforeInvoke;  ///< fills the inputs
    std::function<void(size_t op)> afterOp;                  ///< in the last invoke only
};

/// Runs the model `invokes` times; state is kept between invokes.
types::Result<HostRun> runOnHost(lowering::Execution& execution, size_t opCount, int invokes,
                                 const HostRunHooks& hooks = {});

}  // namespace runners
