// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/variation.h"

#include <cstdio>

namespace types {

std::string Variation::label() const {
    if (isIdentity()) return "original";
    char text[64];
    std::snprintf(text, sizeof text, "w%.4g", width);
    std::string label = text;
    if (channelMultiple != 4) label += " round " + std::to_string(channelMultiple);
    return label;
}

}  // namespace types
