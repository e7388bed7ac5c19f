// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Yardstick: fixed work that does not depend on the model, timed beside it to measure the speed of
// a machine that also does other work. Where the yardsticks of two sessions differ, the machine was
// not equally fast, and statistics/noise_floor.h accounts for that.

namespace runners {

/// Returns the microseconds that the work takes now: sums of byte products in the first-level
/// cache, the typical work of kernels. Takes some tens of microseconds.
double timeYardstick();

}  // namespace runners
