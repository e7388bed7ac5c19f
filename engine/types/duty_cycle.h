// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DutyCycle: how a board is used once the model is on it, and DutyCost: what that costs over time.
// Values; cost/power.h computes the one from the other. Milliwatts, milliwatt-hours, milliseconds.

#include <optional>

#include "types/estimate.h"

namespace types {

/// One inference every `periodMs`, asleep in between.
struct DutyCycle {
    double periodMs = 0;      ///< 0: not chosen
    double sleepPowerMw = 0;  ///< 0: as the device's profile says
    double batteryMwh = 0;    ///< energy that the battery gives; 0: none

    bool operator==(const DutyCycle&) const = default;
};

/// Bands are those of the latency and the energy it rests on; a battery that may last for ever has
/// an infinite upper end. std::nullopt: unknown, because the
/// latency or the energy is; the battery's life also where there is no battery.
struct DutyCost {
    DutyCycle cycle;  ///< with the sleep power that was counted; 0: unknown, counted as none
    /// Latency over period; above 1 an inference does not end before the next is to begin.
    std::optional<Estimate> periodShare;
    std::optional<Estimate> averagePowerMw;
    std::optional<Estimate> batteryHours;

    bool keepsUp() const { return !periodShare || periodShare->value <= 1; }
    /// It keeps up, but within its band it may not.
    bool mayFallBehind() const { return keepsUp() && periodShare && periodShare->high > 1; }
};

}  // namespace types
