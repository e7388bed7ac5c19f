// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps a crash over the reset that it causes; lastCrash() (port.h) returns it.

#include "firmware/agent/wire.h"

namespace firmware {

void keepCrash(const Crash& crash);

}  // namespace firmware
