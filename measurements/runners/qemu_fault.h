// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A crash of the firmware in words: the exception by its name, and what the core says of it.
// Source: Arm v8-M Architecture Reference Manual, exception numbers and the configurable fault
// status register.

#include <string>

#include "runners/qemu_log.h"

namespace runners {

/// "HardFault: precise bus error at 0x70000010".
std::string faultText(const QemuLog::Fault& fault);

}  // namespace runners
