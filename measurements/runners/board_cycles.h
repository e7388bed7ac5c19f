// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counted instructions become cycles, and microseconds at a board's clock. Instructions are not
// cycles: what an emulator cannot know (wait states, stalls, two instructions at once) is put into
// one ratio, and that ratio is data. A board's profile has it in its row `instruction`, made of
// silicon's cycles over the emulator's instructions for the same layers of the same kernels
// (resources/devices/README.md); without a board the core has one, wider, without a clock.
//
// Every figure made here is marked as estimated, and its note says ratio, band and source. The
// band holds about nine times of ten. Counts of other kernels than those that the ratio was
// measured with widen it: on three boards that have both, the ratio of CMSIS-NN and that of the
// plain kernels differ by 9, 13 and 20 %.

#include "types/device_profile.h"
#include "types/session.h"

namespace runners {

/// Name of the profile's row and of its one term.
inline constexpr const char* kInstructionRow = "instruction";

/// Puts cycles, and microseconds where a clock is known, behind each measurement of instructions.
/// `board` may be null. A board of another core than the session's is not used, with a warning.
void addBoardCycles(types::Session& session, const types::DeviceProfile* board);

}  // namespace runners
