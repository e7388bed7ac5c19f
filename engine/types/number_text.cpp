// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/number_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace types {
namespace {

/// "-12345.6" -> "-12,345.6"
std::string withCommas(std::string number) {
    const size_t end = std::min(number.find('.'), number.size());
    const size_t first = number.starts_with('-') ? 1 : 0;
    for (size_t i = end; i > first + 3; i -= 3)
        number.insert(i - 3, 1, ',');
    return number;
}

/// Halves are rounded away from zero, as the window's numbers are: 83.25 is 83.3 everywhere.
double fromHalf(double value) {
    constexpr double kNudge = 1e-15;
    return value * (1 + kNudge);
}

}  // namespace

std::string grouped(int64_t number) {
    return withCommas(std::to_string(number));
}

std::string fixedText(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", std::clamp(decimals, 0, 12), fromHalf(value));
    return text;
}

std::string digits(double value, int significant) {
    if (value == 0 || !std::isfinite(value)) return fixedText(value, 0);
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    return withCommas(fixedText(value, significant - before));
}

std::string percentText(double percent, int significant) {
    return digits(percent, significant) + " %";
}

std::string percentText(double percent, const char* format) {
    char text[64];
    std::snprintf(text, sizeof text, format, fromHalf(percent));
    return std::string(text) + " %";
}

}  // namespace types
