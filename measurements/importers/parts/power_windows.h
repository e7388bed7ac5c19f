// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The spans of a power trace in which the model ran, and their measurements. Energies are those of
// the instrument, without subtracting an idle baseline: whoever compares them chooses that.

#include <string>
#include <vector>

#include "importers/parts/session_builder.h"
#include "importers/read_log.h"

namespace importers {

/// Returns windows where the marker is active; none for an empty marker. One byte per sample.
std::vector<types::PowerTrace::Window> markerWindows(const types::PowerTrace& trace,
                                                     const std::vector<char>& marker,
                                                     const WindowChoice& choice);
/// Returns windows where the power exceeds choice.thresholdMw.
std::vector<types::PowerTrace::Window> thresholdWindows(const types::PowerTrace& trace,
                                                        const WindowChoice& choice);

/// Adds time and energy of one inference for each window: of the whole model, or of a layer. energy
/// [uJ] = sum of power [mW] / sample rate [Hz] x 1000, from sample to sample.
void addWindowMeasurements(const types::PowerTrace& trace, SessionBuilder& builder);

}  // namespace importers
