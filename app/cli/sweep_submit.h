// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// sweep submit: starts workers of a sweep on a Slurm cluster, or prints a Kubernetes Job.

#include "command_context.h"

namespace app {

void addSweepSubmit(CLI::App& sweepCommand, Context& context);

}  // namespace app
