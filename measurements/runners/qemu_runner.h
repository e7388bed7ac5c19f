// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs a model on an emulated Cortex-M or RISC-V board and counts the instructions of every layer,
// with Debian's QEMU, the firmware of measurements/firmware and the plugin of
// measurements/qemu_plugin. Counts are exact and repeatable. Every output is compared with that of
// this machine; a difference is an Error that names the layer.
//
// Instructions are not cycles: estimated cycles on a board are added and marked (board_cycles.h).
// qemu_tools.h lists what must be installed.

#include "runners/runner.h"

namespace runners {

types::Result<types::Session> runOnQemuM0Plus(const std::string& detail, const RunRequest& request,
                                              const types::Work& work);
types::Result<types::Session> runOnQemuM4(const std::string& detail, const RunRequest& request,
                                          const types::Work& work);
types::Result<types::Session> runOnQemuM7(const std::string& detail, const RunRequest& request,
                                          const types::Work& work);
types::Result<types::Session> runOnQemuM33(const std::string& detail, const RunRequest& request,
                                           const types::Work& work);
types::Result<types::Session> runOnQemuM55(const std::string& detail, const RunRequest& request,
                                           const types::Work& work);
types::Result<types::Session> runOnQemuRv32(const std::string& detail, const RunRequest& request,
                                            const types::Work& work);

}  // namespace runners
