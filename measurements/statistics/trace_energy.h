// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Computes energy from a power trace: the integral over each window, divided by its inferences. A
// sample holds until the next one; a window that begins or ends within a sample takes its share of
// it.
//
// Part of the power flows even when no model runs. The user chooses whether this idle power is
// subtracted; the note of the measurement states the choice.

#include <optional>
#include <string>

#include "types/session.h"

namespace statistics {

struct IdleBaseline {
    enum class Choice {
        Keep,     ///< subtract nothing
        Outside,  ///< subtract the median power outside all windows
        Given     ///< subtract `milliwatts`
    };
    Choice choice = Choice::Keep;
    double milliwatts = 0;  ///< for Choice::Given
};

/// Returns microjoules between two times of the trace, in seconds.
double energyBetween(const types::PowerTrace& trace, double beginS, double endS);

/// Returns median milliwatts outside all windows; empty where the windows cover the trace.
std::optional<double> idlePowerMw(const types::PowerTrace& trace);

/// Appends the energy per inference of the whole and of each layer with windows, one sample per
/// window, and the mean power of the whole. Skips quantities that the session already has.
void addTraceEnergy(types::Session& session, const IdleBaseline& idle);

/// Adds power x time as estimated energy to every measurement of a time, where no energy was
/// measured. `source`: origin of the power.
void addEstimatedEnergy(types::Session& session, double powerMw, const std::string& source);

}  // namespace statistics
