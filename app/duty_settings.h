// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The duty cycle belongs to the user's product, not to a model or project; like the board, it is
// remembered between starts of the window.

#include "types/duty_cycle.h"

namespace app {

types::DutyCycle rememberedDuty();
void rememberDuty(const types::DutyCycle& duty);

}  // namespace app
