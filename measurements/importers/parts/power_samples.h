// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PowerSamples: the rows of a power trace as read, and their conversion to an even trace with
// windows and measurements.

#include <cstdint>
#include <string>
#include <vector>

#include "importers/parts/session_builder.h"
#include "importers/read_log.h"

namespace importers {

struct PowerSamples {
    std::vector<double> timeS;  ///< ascending
    std::vector<float> powerMw;
    std::vector<uint8_t> channels;  ///< digital channels, one bit each
    size_t badRows = 0;
};

/// Adds the trace, and time and energy of its windows. Gaps are filled by holding the last value;
/// fewer than three samples, or times that jump too far, are an Error.
types::Result<void> addTrace(PowerSamples samples, const WindowChoice& choice,
                             const std::string& file, SessionBuilder& builder);

}  // namespace importers
