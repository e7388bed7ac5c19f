// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The target "host": this machine, which has other work to do as well. What makes sessions
// repeatable in spite of that:
// - inferences come in bursts spread over two seconds, so that a busy moment is part of a session
//   and seen in its spread, not all of it;
// - every burst has the model at another place in memory: where buffers happen to lie towards each
//   other can double a layer's time, and must not be the same accident for a whole session (C.
//   Curtsinger, E. Berger, "Stabilizer: statistically sound performance evaluation", 2013);
// - the whole inference is timed on its own, without the clock being read after every operator;
// - the yardstick is timed in every burst.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> measureOnHost(const std::string& detail, const RunRequest& request,
                                            const types::Work& work);

}  // namespace runners
