// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SHA-256: the name by which files know a model. Source: FIPS 180-4, section 6.2.

#include <cstdint>
#include <span>
#include <string>

namespace bytes {

/// 64 lower-case hex digits.
std::string sha256(std::span<const uint8_t> bytes);

}  // namespace bytes
