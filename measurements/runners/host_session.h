// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The target "host": this machine, which also does other work. Sessions are made repeatable as
// follows:
// - inferences run in bursts spread over two seconds, so that a busy moment affects a part of the
// session, and its spread, but not all of it;
// - every burst places the model elsewhere in memory: the relative addresses of buffers can double
// a layer's time, and must not be constant over a session (C. Curtsinger, E. Berger, "Stabilizer:
// statistically sound performance evaluation", 2013);
// - the whole inference is timed separately, without reading the clock after every operator;
// - the yardstick is timed in every burst.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> measureOnHost(const std::string& detail, const RunRequest& request,
                                            const types::Work& work);

}  // namespace runners
