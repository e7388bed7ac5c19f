// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/quantity_text.h"

#include <cmath>

#include "types/number_text.h"

namespace types {

std::string durationText(double microseconds) {
    const double size = std::abs(microseconds);
    if (size >= 1e6) return digits(size / 1e6) + " s";
    return size >= 1e3 ? digits(size / 1e3) + " ms" : digits(size) + " \u00b5s";
}

std::string sizeText(int64_t bytes) {
    const double size = std::abs(static_cast<double>(bytes));
    if (size < 1024) return fixedText(size, 0) + " bytes";
    return size < 1024 * 1024 ? digits(size / 1024) + " KiB" : digits(size / 1024 / 1024) + " MiB";
}

}  // namespace types
