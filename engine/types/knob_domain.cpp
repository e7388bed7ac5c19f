// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/knob_domain.h"

#include <cstdio>

namespace types {
namespace {

std::string shortest(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

}  // namespace

std::string Limits::interval() const {
    return (lowOpen ? "(" : "[") + shortest(low) + ", " + shortest(high) + (highOpen ? ")" : "]");
}

std::string domainText(const Limits& limits) {
    const std::string from = (limits.lowOpen ? "above " : "from ") + shortest(limits.low);
    const char* to = limits.highOpen ? " to below " : limits.lowOpen ? ", at most " : " to ";
    return "a number " + from + to + shortest(limits.high);
}

std::string domainText(OnOff) {
    return "true or false";
}

}  // namespace types
