// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Glyphs: handwriting-like digits that are drawn, not collected, so that they belong to nobody. A
// digit is a few strokes on the unit square; it is bent, turned, sheared and moved, drawn with a
// pen of any width in any brightness over a sloping background, crossed by stray lines, and
// covered with noise. The same seed draws the same pictures.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "zoo/random_weights.h"

namespace training {

constexpr int32_t kGlyphSize = 24;  ///< pixels of a side
constexpr int32_t kGlyphClasses = 10;

struct Glyph {
    int32_t label = 0;
    std::array<uint8_t, size_t{kGlyphSize} * kGlyphSize> pixels{};
};

/// `count` glyphs, every class equally often.
std::vector<Glyph> drawGlyphs(int32_t count, uint64_t seed);

}  // namespace training
