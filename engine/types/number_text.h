// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Numbers as text, for every room that writes sentences or tables: always with a point, whatever
// the locale, so that they can be copied into reports and issues.

#include <cstdint>
#include <string>

namespace types {

/// "1,234,567"
std::string grouped(int64_t number);

/// "12.30": so many digits behind the point, at most 12.
std::string fixedText(double value, int decimals);

/// "225", "7.43", "0.0123", "12,300": so many significant digits, and no exponent.
std::string digits(double value, int significant = 3);

/// "7.4 %", "0.53 %", "84 %": so many significant digits.
std::string percentText(double percent, int significant);
/// "89.8 %": `format` is printf's, of the number.
std::string percentText(double percent, const char* format);

}  // namespace types
