// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What --quantize auto chose, as JSON and as text.

#include <string>

#include "json_output.h"
#include "types/evaluation.h"

namespace app {

/// Adds "precisions": null where nothing was to be chosen.
void addPrecisions(Json& json, const types::Evaluation& e);

/// A table with a line per layer; empty where nothing was to be chosen.
std::string precisionsText(const types::Evaluation& e);

}  // namespace app
