// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Observation: what one operator cost on one device, as sessions or tables of layers tell it. Fits
// are made of these; where they came from is kept, so that a profile can say so.

#include <string>
#include <vector>

#include "cost/terms/workload.h"

namespace cost {

struct Observation {
    Workload workload;
    double cycles = 0;  ///< > 0; instructions for an emulator, which has no clock
    double weight = 1;  ///< how much it counts in a fit
    std::string source;
    double milliwatts = 0;  ///< drawn while it ran; 0: not traced
};

/// Whether a number may be cycles: finite, and not so small that its inverse is none.
bool isCost(double cycles);

/// "CONV_2D 3x3": layers of one family differ in channels and pixels only. A model is trusted on
/// new kernels if it predicts a family that it did not see.
std::string familyOf(const Workload& workload);

/// Layers of equal workload become one, at the median of their cycles.
std::vector<Observation> withoutRepeats(std::vector<Observation> observations);

}  // namespace cost
