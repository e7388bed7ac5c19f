// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The spans of a power trace in which the model ran, and what they say. Energies here are those
// the instrument saw, without any idle baseline taken away: that is a choice of whoever compares.

#include <string>
#include <vector>

#include "importers/parts/session_builder.h"
#include "importers/read_log.h"

namespace importers {

/// Windows where the marker is active; an empty marker gives none. One byte a sample.
std::vector<types::PowerTrace::Window> markerWindows(const types::PowerTrace& trace,
                                                     const std::vector<char>& marker,
                                                     const WindowChoice& choice);
/// Windows where the power exceeds choice.thresholdMw.
std::vector<types::PowerTrace::Window> thresholdWindows(const types::PowerTrace& trace,
                                                        const WindowChoice& choice);

/// Time and energy of one inference for each window: of the whole model, or of a layer.
/// energy [uJ] = sum of power [mW] / sample rate [Hz] x 1000, from sample to sample.
void addWindowMeasurements(const types::PowerTrace& trace, SessionBuilder& builder);

}  // namespace importers
