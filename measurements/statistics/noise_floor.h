// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What two sessions of the same thing differ by although each repeats well: another start, another
// place in memory, a machine that is busier than before. No number of samples within one session
// shows it, so it is measured between sessions, and every comparison makes allowance for it.
//
// Where there are further sessions under the conditions of one of the two, the spread of their
// medians is the noise floor. Else it is taken to be none on a board or emulator, which run
// nothing else; on a host it is kHostSpread, and the shift of the yardstick (how fast the machine
// itself was, types::kYardstick) comes on top.

#include <limits>
#include <span>
#include <string>

#include "types/session.h"

namespace statistics {

struct NoiseFloor {
    double relative = 0;  ///< standard deviation between medians of sessions, as a share
    double absolute = 0;  ///< the same, in the unit of the samples: what reading the clock adds
    double freedom = std::numeric_limits<double>::infinity();  ///< degrees of freedom of it
    std::string source;                                        ///< in words; empty where none
};

/// Of host sessions of one model. Measured with 40 sessions of 100 inferences each on a virtual
/// machine of two cores that compiled at the same time: medians of the whole had a standard
/// deviation of 0.8 % (keyword model) to 1.4 % (ResNet), single layers more.
inline constexpr double kHostSpread = 0.03;
/// What reading the clock takes, and may take more or less of from one session to the next.
inline constexpr double kClockUs = 0.02;

/// `repeats`: other sessions, of whatever conditions; those that fit are used.
NoiseFloor noiseFloor(const types::Session& baseline, const types::Session& candidate,
                      std::span<const types::SessionPtr> repeats);

}  // namespace statistics
