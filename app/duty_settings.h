// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The duty cycle is of the user's product, not of a model or a project: like the board it is
// remembered from one start of the window to the next.

#include "types/duty_cycle.h"

namespace app {

types::DutyCycle rememberedDuty();
void rememberDuty(const types::DutyCycle& duty);

}  // namespace app
