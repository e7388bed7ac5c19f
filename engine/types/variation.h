// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Variation: a list of knobs that turn a Graph into another. A value: comparable, cheap to copy,
// what undo, cards, files and the command line pass around.

#include <cstdint>
#include <string>

namespace types {

struct Variation {
    /// Share of channels kept in every prunable channel group, (0, 1]. 1: nothing is removed.
    double width = 1.0;
    /// Channel counts are rounded to a multiple of this (kernels are faster at multiples of 4).
    int32_t channelMultiple = 4;

    bool operator==(const Variation&) const = default;

    bool isIdentity() const { return width == 1.0; }
    /// "original", "w0.75", "w0.75 round 8": how lists and file names call it.
    std::string label() const;
};

}  // namespace types
