// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Advice on which layers to measure, as JSON and as a table.

#include <vector>

#include "command_context.h"
#include "types/fit_report.h"

namespace app {

Json adviceJson(const std::vector<types::LayerAdvice>& advice);
/// The table after an empty line; empty where there is no advice.
std::string adviceText(const char* title, const std::vector<types::LayerAdvice>& advice);

}  // namespace app
