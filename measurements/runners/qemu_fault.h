// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Describes a crash of the firmware: the name of the exception and the core's fault status.
// Sources: Arm v8-M Architecture Reference Manual, exception numbers and the configurable fault
// status register; RISC-V Privileged Architecture, the codes of mcause.

#include <string>

#include "runners/qemu_log.h"

namespace runners {

/// "HardFault: precise bus error at 0x70000010".
std::string faultText(const QemuLog::Fault& fault);

}  // namespace runners
