// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The result of findSmallestChange(), as JSON and as text.

#include "command_context.h"
#include "search/smallest_change.h"

namespace app {

Json toJson(const search::FitSearch& search, types::Runtime runtime);

/// "TFLM" and the change that makes the model fit there.
std::string searchText(const search::FitSearch& search, types::Runtime runtime);

}  // namespace app
