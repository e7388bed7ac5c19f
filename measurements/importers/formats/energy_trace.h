// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The energy trace of EEMBC's EnergyRunner: trace1-energy.bin (one byte 0xF1, the sample rate as
// float32, then microjoules per sample as float32, little endian) and trace1-timestamps.json
// (seconds; the model runs between the two stamps of a pair).

#include <optional>
#include <string_view>
#include <vector>

#include "types/session.h"

namespace importers {

struct EnergyTrace {
    double sampleRateHz = 0;
    std::vector<float> microjoules;  ///< per sample

    types::PowerTrace power() const;
};

bool isEnergyTrace(std::string_view bytes);
/// Returns nothing where the bytes are no trace. Drops a truncated last sample.
std::optional<EnergyTrace> readEnergyTrace(std::string_view bytes);

/// Returns seconds; nothing where the text is no list of ascending numbers.
std::optional<std::vector<double>> readTimestamps(std::string_view text);

/// Returns pairs of stamps. An odd first stamp is the host's test of the pin.
std::vector<types::PowerTrace::Window> windowsOf(const std::vector<double>& timestamps);

}  // namespace importers
