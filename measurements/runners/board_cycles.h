// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts counted instructions to cycles, and to microseconds at a board's clock. Effects that an
// emulator does not model (wait states, stalls, dual issue) are summarised in one ratio, and this
// ratio is data: a board's profile has it in its row `instruction`, made from cycles of silicon
// over instructions of the emulator for the same layers of the same kernels
// (resources/devices/README.md). Without a board a wider ratio of the core is used, without a
// clock.
//
// Every figure made here is marked as estimated, and its note states ratio, band and source. The
// band covers about 90 %. Counts of other kernels than those of the ratio widen it: on three boards
// with both, the ratios of CMSIS-NN and of the plain kernels differ by 9, 13 and 20 %.

#include "types/device_profile.h"
#include "types/session.h"

namespace runners {

/// Name of the profile's row and of its only term.
inline constexpr const char* kInstructionRow = "instruction";

/// Adds cycles, and microseconds where a clock is known, to each measurement of instructions.
/// `board` may be null. A board with another core than the session's is not used, with
/// a warning.
void addBoardCycles(types::Session& session, const types::DeviceProfile* board);

}  // namespace runners
