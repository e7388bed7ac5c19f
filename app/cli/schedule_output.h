// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A chosen schedule as JSON and text.

#include "command_context.h"

namespace app {

/// "whole" or "rows": how the input comes.
const char* inputOf(const types::ScheduleRow& row);

Json toJson(const types::ChosenSchedule& schedule);
/// "schedule 3: #0-#4 by 1 row; input whole, in the arena\n"
std::string textOf(const types::ChosenSchedule& schedule);

/// Adds "schedule" where one is set; with why it does not act where it does not.
void addChosenSchedule(Json& json, const types::Evaluation& evaluation);
std::string scheduleText(const types::Evaluation& evaluation);

}  // namespace app
