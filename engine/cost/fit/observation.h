// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Observation: the measured cost of one operator on one device, from a session or a table of
// layers. Fits use observations; each keeps its origin, which the fitted profile records.

#include <cstdint>
#include <string>
#include <vector>

#include "cost/terms/workload.h"

namespace cost {

struct Observation {
    Workload workload;
    double cycles = 0;  ///< > 0; instructions for an emulator, which has no clock
    double weight = 1;  ///< weight in a fit
    std::string source;
    double milliwatts = 0;   ///< average power while it ran; 0: not traced
    std::string name = {};   ///< "#12 CONV_2D", or as its table names it
    bool isCounted = false;  ///< `cycles` are instructions that an emulator counted
};

/// True where a number may be a cycle count: finite, and large enough that its inverse is finite.
bool isCost(double cycles);

/// "CONV_2D 3x3": layers of one family differ only in channels and pixels. Predicting a family that
/// a fit did not see tests it on new kernels.
std::string familyOf(const Workload& workload);

/// Number of a layer's geometry and types, by which a profile records the layers that it was fitted
/// to. Device files keep it: it never changes. It leaves out what tables of layers often do not
/// state, so that a layer is recognised wherever it was read.
uint32_t fingerprintOf(const Workload& workload);

/// Joins layers of equal workload to one, with the median of their cycles.
std::vector<Observation> withoutRepeats(std::vector<Observation> observations);

}  // namespace cost
