// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Estimate: a number with an interval.

namespace types {

/// A predicted quantity with its 90 % band, or a share or mean over samples with its 95 % interval;
/// the field that holds it states which.
struct Estimate {
    double value = 0, low = 0, high = 0;
};

}  // namespace types
