// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The conditions of a session on this machine with this program.

#include "runners/runner.h"

namespace runners {

/// The clock stays unknown: that of a desktop changes under load.
types::Conditions hostConditions(const RunRequest& request);

}  // namespace runners
