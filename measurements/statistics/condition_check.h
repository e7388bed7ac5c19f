// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// May two sessions be compared? A number belongs to its conditions: another clock, compiler or
// model explains a difference better than the thing the user has in mind. What one log says and
// the other does not cannot be compared, and is only told.
//
// Two emulators count the same instructions every time, so no noise hides behind another runtime:
// there runtime and kernels are what is compared, and their difference is told, not refused.

#include <string>
#include <vector>

#include "types/session.h"

namespace statistics {

struct ConditionCheck {
    std::vector<std::string> different;  ///< "clock: 80 MHz, 120 MHz"
    std::vector<std::string> compared;   ///< "runtime: TFLM, Netcaliper"
    std::vector<std::string> unknown;    ///< "compiler", known of one session alone
};

ConditionCheck checkConditions(const types::Conditions& baseline,
                               const types::Conditions& candidate);

}  // namespace statistics
