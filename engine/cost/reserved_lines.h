// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Memory that a user reserves on a board: bytes of flash or SRAM for a stack, an RTOS or drivers.
// The user's line replaces a line of the profile with the same name.

#include <string>

#include "types/device_profile.h"
#include "types/result.h"

namespace cost {

enum class BoardMemory : int8_t { Flash, Sram };

/// Returns the profile with the line set; 0 bytes removes it. `source`: origin of the figure.
types::DeviceProfile withReserved(types::DeviceProfile device, BoardMemory memory,
                                  types::ReservedMemory line);

/// Parses "stack=4096"; the Error states the form.
types::Result<types::ReservedMemory> parseReserved(const std::string& text,
                                                   const std::string& source);

}  // namespace cost
