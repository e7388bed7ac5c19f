// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Quality on a dataset as JSON and as text.

#include "command_context.h"
#include "types/quality.h"

namespace app {

/// {"value","low","high"}, or null.
Json intervalJson(const std::optional<types::Estimate>& estimate);
Json toJson(const std::optional<types::Quality>& quality);

/// One line: "accuracy 89.8 % (86.8 to 92.2), top-3 97.0 %, on 500 samples of kws01"; and for two
/// to twelve classes a table of them.
std::string qualityText(const types::Quality& quality,
                        const std::optional<types::Quality>& original);

}  // namespace app
