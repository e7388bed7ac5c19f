// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DutyCycle: how often a board runs its model, and DutyCost: the resulting cost over time. Values;
// cost/power.h computes one from the other. Milliwatts, milliwatt-hours, milliseconds.

#include <optional>

#include "types/estimate.h"

namespace types {

/// One inference every `periodMs`, asleep in between.
struct DutyCycle {
    double periodMs = 0;      ///< 0: not chosen
    double sleepPowerMw = 0;  ///< 0: that of the device's profile
    double batteryMwh = 0;    ///< energy of the battery; 0: none

    bool operator==(const DutyCycle&) const = default;
};

/// Bands follow from those of latency and energy; a battery that may last forever has an infinite
/// upper end. std::nullopt: unknown, because latency or energy is; for the battery's life also
/// without a battery.
struct DutyCost {
    DutyCycle cycle;  ///< with the sleep power used; 0: unknown, counted as none
    /// Latency / period; above 1 an inference does not end before the next should begin.
    std::optional<Estimate> periodShare;
    std::optional<Estimate> averagePowerMw;
    std::optional<Estimate> batteryHours;

    bool keepsUp() const { return !periodShare || periodShare->value <= 1; }
    /// It keeps up, but may not within its band.
    bool mayFallBehind() const { return keepsUp() && periodShare && periodShare->high > 1; }
};

}  // namespace types
