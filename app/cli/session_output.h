// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sessions as JSON and text, for the commands that make, list and show them.

#include <span>

#include "command_context.h"
#include "types/session.h"

namespace app {

/// Unknown conditions ('' and 0) are null.
Json conditionsJson(const types::Conditions& conditions);

/// [{"index","op","samples","median","unit",...}] for each layer's measurements.
Json layerMedians(const types::Session& session);

/// {"samples","median","unit"} of the whole inference; null where it was not measured.
Json totalMedian(const types::Session& session);

/// {"session","format","conditions","layers","total","measurements","outputs","warnings"}.
Json sessionJson(const types::Session& session);

/// A line of conditions, a table of medians, the warnings.
std::string sessionText(const types::Session& session);

}  // namespace app
