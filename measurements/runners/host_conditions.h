// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What this machine and this program are, as a session's conditions.

#include "runners/runner.h"

namespace runners {

/// The clock stays unknown: a desktop's changes while it computes.
types::Conditions hostConditions(const RunRequest& request);

}  // namespace runners
