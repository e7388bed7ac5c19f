// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Checks whether two sessions may be compared. A measurement depends on its conditions: another
// clock, compiler or model may explain a difference. A condition that only one log states cannot be
// compared and is only reported.
//
// Emulators count the same instructions every time, so another runtime hides no noise: there,
// runtime and kernels are what is compared, and their difference is reported, not refused.

#include <string>
#include <vector>

#include "types/session.h"

namespace statistics {

struct ConditionCheck {
    std::vector<std::string> different;  ///< "clock: 80 MHz, 120 MHz"
    std::vector<std::string> compared;   ///< "runtime: TFLM, Netcaliper"
    std::vector<std::string> unknown;    ///< "compiler", stated by one session only
};

ConditionCheck checkConditions(const types::Conditions& baseline,
                               const types::Conditions& candidate);

}  // namespace statistics
