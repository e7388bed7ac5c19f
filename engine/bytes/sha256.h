// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SHA-256: identifies model files. Source: FIPS 180-4, section 6.2.

#include <cstdint>
#include <span>
#include <string>

namespace bytes {

/// Returns 64 lower-case hex digits.
std::string sha256(std::span<const uint8_t> bytes);

}  // namespace bytes
