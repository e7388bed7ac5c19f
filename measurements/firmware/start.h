// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What start.cpp calls: each image has its own.

#include <stdint.h>

namespace firmware {

/// The work; returns the status to exit with.
uint32_t main();

/// A crash: number of the exception, configurable fault status register.
[[noreturn]] void onFault(uint32_t exception, uint32_t status);

}  // namespace firmware
