// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/host_runner.h"

#include <chrono>

namespace runners {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

}  // namespace

types::Result<HostRun> runOnHost(lowering::Execution& execution, size_t opCount, int invokes,
                                 const HostRunHooks& hooks) {
    HostRun run;
    run.layerUs.resize(opCount);
    for (int i = 0; i < invokes; ++i) {
        if (hooks.beforeInvoke) hooks.beforeInvoke(execution);
        double total = 0;
        auto opBegin = Clock::now();
        const auto ran = execution.invoke([&](size_t op) {
            const double us = microseconds(Clock::now() - opBegin);
            run.layerUs[op].push_back(us);
            total += us;
            if (hooks.afterOp && i == invokes - 1) hooks.afterOp(op);
            opBegin = Clock::now();
        });
        if (!ran) return tl::unexpected(ran.error());
        run.invokeUs.push_back(total);
    }
    return run;
}

}  // namespace runners
