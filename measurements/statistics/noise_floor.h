// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Noise between sessions: two sessions of the same thing differ although each repeats well, because
// of another start, another place in memory, or a busier machine. Samples within one session do not
// show it, so it is measured between sessions, and every comparison includes it.
//
// With further sessions under the conditions of one of the two, the spread of their medians is the
// noise floor. Without them it is 0 on a board or emulator, which run nothing else; on a host it is
// kHostSpread, plus the shift of the yardstick (the speed of the machine itself,
// types::kYardstick).

#include <limits>
#include <span>
#include <string>

#include "types/session.h"

namespace statistics {

struct NoiseFloor {
    double relative = 0;  ///< standard deviation between medians of sessions, as a share
    double absolute = 0;  ///< the same in the unit of the samples: error of reading the clock
    double freedom = std::numeric_limits<double>::infinity();  ///< its degrees of freedom
    std::string source;  ///< display text; empty where there is no noise
};

/// Spread between host sessions of one model. Measured with 40 sessions of 100 inferences each on a
/// virtual machine of two cores that compiled at the same time: medians of the whole had a standard
/// deviation of 0.8 % (keyword model) to 1.4 % (ResNet), single layers more.
inline constexpr double kHostSpread = 0.03;
/// Duration of reading the clock, which may vary by as much between sessions.
inline constexpr double kClockUs = 0.02;

/// `repeats`: other sessions, of any conditions; suitable ones are used.
NoiseFloor noiseFloor(const types::Session& baseline, const types::Session& candidate,
                      std::span<const types::SessionPtr> repeats);

}  // namespace statistics
