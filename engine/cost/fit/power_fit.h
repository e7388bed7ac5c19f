// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fits power by class of operator, from layers with a power trace. Within a class and type ("1x1
// convolution, int8") power varies by a few percent, between classes by up to a third, and layers
// that wait for memory draw less than layers that multiply. Each class therefore gets the median of
// its layers, and each operator with several classes the median of all of them.

#include <string>
#include <vector>

#include "cost/fit/observation.h"
#include "types/device_profile.h"

namespace cost {

/// Returns rows of a profile from the traced layers; empty where none was traced. The band of a row
/// covers nine in ten of its layers, each predicted from the others; a row of a single layer has
/// kSinglePowerBand.
std::vector<types::PowerCost> fitPower(const std::vector<Observation>& layers,
                                       const std::string& source);

inline constexpr double kSinglePowerBand = 0.15, kLeastPowerBand = 0.03;

}  // namespace cost
