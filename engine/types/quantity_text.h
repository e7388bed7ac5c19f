// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Quantities with the unit in which they are read best, for sentences. Numbers as in number_text.h.

#include <cstdint>
#include <string>

namespace types {

/// "812 µs", "46.2 ms", "1.64 s"; without a sign.
std::string durationText(double microseconds);

/// "900 bytes", "97.0 KiB", "1.87 MiB"; without a sign.
std::string sizeText(int64_t bytes);

}  // namespace types
