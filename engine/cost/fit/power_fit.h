// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Power by class of operator from layers whose power was traced. Within a class and type ("1x1
// convolution, int8") power differs by a few percent, between classes by up to a third, and a
// layer that stalls on its memory draws less than one that multiplies: so each class has the
// median of its layers, each operator with several classes the median of all of them.

#include <string>
#include <vector>

#include "cost/fit/observation.h"
#include "types/device_profile.h"

namespace cost {

/// Rows of a profile, from the layers that were traced; empty: none was. The band of a row: nine in
/// ten of its layers lie within it when predicted from the others; a row of a single layer has
/// kSinglePowerBand.
std::vector<types::PowerCost> fitPower(const std::vector<Observation>& layers,
                                       const std::string& source);

inline constexpr double kSinglePowerBand = 0.15, kLeastPowerBand = 0.03;

}  // namespace cost
