// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Estimate: a number with the interval it lies in.

namespace types {

/// A predicted quantity with the band it lies in nine times of ten, or a share or mean found on
/// samples with its 95 % interval; the field that holds it says which.
struct Estimate {
    double value = 0, low = 0, high = 0;
};

}  // namespace types
