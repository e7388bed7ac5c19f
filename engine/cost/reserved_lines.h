// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a user knows better than the profile: bytes of flash or SRAM that a stack, an RTOS or
// drivers take. A line of the profile with the same name gives way to the user's.

#include <string>

#include "types/device_profile.h"
#include "types/result.h"

namespace cost {

enum class BoardMemory : int8_t { Flash, Sram };

/// The profile with the line set; 0 bytes takes it out. `source`: where the figure is from.
types::DeviceProfile withReserved(types::DeviceProfile device, BoardMemory memory,
                                  const types::ReservedMemory& line);

/// "stack=4096"; the Error says what the form is.
types::Result<types::ReservedMemory> parseReserved(const std::string& text,
                                                   const std::string& source);

}  // namespace cost
