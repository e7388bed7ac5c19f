// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A fixed piece of work that has nothing to do with the model, timed beside it. On a machine that
// does other things too, it tells how fast the machine itself was: where the yardstick of two
// sessions differs, the machine was not the same, and statistics/noise_floor.h makes allowance.

namespace runners {

/// Microseconds that the work took now: sums of products of bytes in the first-level cache, as
/// most kernels do. Takes some tens of microseconds.
double timeYardstick();

}  // namespace runners
