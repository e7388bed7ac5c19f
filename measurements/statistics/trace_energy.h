// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Energy from power: the integral over each window of a trace, divided by its inferences. A sample
// stands for the time until the next one; a window that begins or ends within a sample takes its
// share of it.
//
// Part of the power flows whether a model runs or not. Whether that idle power is subtracted is the
// user's choice, and stands in the note beside the number.

#include <optional>
#include <string>

#include "types/session.h"

namespace statistics {

struct IdleBaseline {
    enum class Choice {
        Keep,     ///< all energy counts
        Outside,  ///< the median power outside of all windows is idle
        Given     ///< milliwatts say it
    };
    Choice choice = Choice::Keep;
    double milliwatts = 0;  ///< of Choice::Given
};

/// Microjoules between two times of the trace, in seconds.
double energyBetween(const types::PowerTrace& trace, double beginS, double endS);

/// Median milliwatts outside of all windows; nothing where the windows cover the trace.
std::optional<double> idlePowerMw(const types::PowerTrace& trace);

/// Appends the energy per inference of the whole and of each layer that has windows, one sample a
/// window, and the mean power of the whole. A quantity that the session has already is left alone.
void addTraceEnergy(types::Session& session, const IdleBaseline& idle);

/// Where nothing measured the energy: power x time, for every measurement of a time, marked as
/// estimated. `source` says where the power comes from.
void addEstimatedEnergy(types::Session& session, double powerMw, const std::string& source);

}  // namespace statistics
