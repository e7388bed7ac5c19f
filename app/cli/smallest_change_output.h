// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What findSmallestChange() found, as JSON and as text.

#include "command_context.h"
#include "search/smallest_change.h"

namespace app {

Json toJson(const search::FitSearch& search, types::Runtime runtime);

/// "TFLM" and what must happen for the model to fit there.
std::string searchText(const search::FitSearch& search, types::Runtime runtime);

}  // namespace app
