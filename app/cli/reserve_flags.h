// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The flags for reserved memory of a board: --reserve-flash and --reserve-sram, each WHAT=BYTES.
// They change lines of the device profile by name.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "types/device_profile.h"

namespace app {

class ReserveFlags {
public:
    void addTo(CLI::App& command);
    /// Returns the device with the given lines; null stays null.
    types::DevicePtr applied(const types::DevicePtr& device) const;

private:
    std::vector<std::string> m_flash, m_sram;
};

}  // namespace app
