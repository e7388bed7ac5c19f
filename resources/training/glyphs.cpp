// SPDX-License-Identifier: GPL-3.0-or-later
#include "glyphs.h"

#include <algorithm>
#include <cmath>

namespace training {
namespace {

struct Point {
    double x, y;  ///< x to the right, y down
};
using Stroke = std::vector<Point>;

/// Points on an ellipse; angles in turns, 0 to the right, clockwise.
Stroke arc(Point centre, double radiusX, double radiusY, double from, double to) {
    constexpr int kSteps = 12;
    Stroke stroke;
    for (int i = 0; i <= kSteps; ++i) {
        const double angle = 2 * M_PI * (from + (to - from) * i / kSteps);
        stroke.push_back(
            {centre.x + radiusX * std::cos(angle), centre.y + radiusY * std::sin(angle)});
    }
    return stroke;
}

std::vector<Stroke> strokesOf(int32_t digit) {
    switch (digit) {
        case 0:
            return {arc({0.5, 0.5}, 0.24, 0.36, 0, 1)};
        case 1:
            return {{{0.36, 0.28}, {0.54, 0.14}, {0.54, 0.86}}};
        case 2:
            return {arc({0.5, 0.34}, 0.22, 0.2, 0.5, 1.1),
                    {{0.68, 0.45}, {0.28, 0.86}, {0.74, 0.86}}};
        case 3:
            return {arc({0.48, 0.32}, 0.2, 0.18, 0.55, 1.25),
                    arc({0.48, 0.67}, 0.23, 0.19, 0.75, 1.45)};
        case 4:
            return {{{0.6, 0.86}, {0.6, 0.14}, {0.26, 0.62}, {0.76, 0.62}}};
        case 5:
            return {{{0.7, 0.14}, {0.34, 0.14}, {0.32, 0.46}},
                    arc({0.48, 0.63}, 0.23, 0.22, 0.62, 1.42)};
        case 6:
            return {{{0.62, 0.14}, {0.38, 0.4}, {0.28, 0.64}}, arc({0.5, 0.66}, 0.22, 0.2, 0, 1)};
        case 7:
            return {{{0.26, 0.14}, {0.74, 0.14}, {0.44, 0.86}}};
        case 8:
            return {arc({0.5, 0.32}, 0.18, 0.18, 0, 1), arc({0.5, 0.68}, 0.22, 0.19, 0, 1)};
        default:
            return {arc({0.5, 0.34}, 0.22, 0.2, 0, 1), {{0.72, 0.36}, {0.66, 0.62}, {0.5, 0.86}}};
    }
}

class Pen {
public:
    explicit Pen(uint64_t seed) : m_random(seed) {}

    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(m_random.next() >> 11) * 0x1p-53;
    }
    double normal() { return m_random.normal(); }

private:
    zoo::RandomWeights m_random;
};

/// A random map of the unit square to pixels.
struct Placement {
    double xx, xy, yx, yy, left, top;

    static Placement draw(Pen& pen) {
        const double angle = pen.between(-0.4, 0.4), shear = pen.between(-0.35, 0.35);
        const double width = pen.between(0.65, 1.0) * kGlyphSize;
        const double height = pen.between(0.7, 1.0) * kGlyphSize;
        const double c = std::cos(angle), s = std::sin(angle);
        Placement p{c * width, (c * shear - s) * height, s * width, (s * shear + c) * height, 0, 0};
        p.left = kGlyphSize * (0.5 + pen.between(-0.09, 0.09)) - 0.5 * (p.xx + p.xy);
        p.top = kGlyphSize * (0.5 + pen.between(-0.09, 0.09)) - 0.5 * (p.yx + p.yy);
        return p;
    }
    Point operator()(Point p) const {
        return {xx * p.x + xy * p.y + left, yx * p.x + yy * p.y + top};
    }
};

double distanceTo(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double along =
        length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/// Ink of a stroke, 0 to 1, laid over what is there.
void ink(std::vector<double>& picture, const Stroke& stroke, double halfWidth, double strength) {
    for (int32_t y = 0; y < kGlyphSize; ++y)
        for (int32_t x = 0; x < kGlyphSize; ++x) {
            double nearest = kGlyphSize;
            for (size_t i = 1; i < stroke.size(); ++i)
                nearest =
                    std::min(nearest, distanceTo({x + 0.5, y + 0.5}, stroke[i - 1], stroke[i]));
            // The edge of the pen is one pixel wide.
            const double covered = std::clamp(halfWidth + 0.5 - nearest, 0.0, 1.0);
            double& pixel = picture[static_cast<size_t>(y * kGlyphSize + x)];
            pixel = std::max(pixel, strength * covered);
        }
}

std::vector<double> drawStrokes(int32_t digit, Pen& pen) {
    std::vector<double> picture(size_t{kGlyphSize} * kGlyphSize, 0.0);
    const Placement place = Placement::draw(pen);
    const double halfWidth = pen.between(0.5, 1.5);
    for (Stroke stroke : strokesOf(digit)) {
        const double bendX = pen.normal() * 0.025, bendY = pen.normal() * 0.025;
        for (Point& p : stroke)
            p = place({p.x + bendX + 0.012 * pen.normal(), p.y + bendY + 0.012 * pen.normal()});
        ink(picture, stroke, halfWidth, 1.0);
    }
    const auto anywhere = [&pen] {
        return Point{pen.between(0, kGlyphSize), pen.between(0, kGlyphSize)};
    };
    for (int line = 0; line < 2; ++line)
        ink(picture, {anywhere(), anywhere()}, 0.4, pen.between(0.2, 0.9));
    return picture;
}

Glyph drawGlyph(int32_t digit, Pen& pen) {
    const std::vector<double> picture = drawStrokes(digit, pen);
    const double dark = pen.between(20, 110), contrast = pen.between(50, 125);
    const double slopeX = pen.between(-2, 2), slopeY = pen.between(-2, 2);
    const double noise = pen.between(8, 36);
    Glyph glyph;
    glyph.label = digit;
    for (int32_t y = 0; y < kGlyphSize; ++y)
        for (int32_t x = 0; x < kGlyphSize; ++x) {
            const auto at = static_cast<size_t>(y * kGlyphSize + x);
            const double value =
                dark + slopeX * x + slopeY * y + contrast * picture[at] + noise * pen.normal();
            glyph.pixels[at] = static_cast<uint8_t>(std::clamp(value, 0.0, 255.0));
        }
    return glyph;
}

}  // namespace

std::vector<Glyph> drawGlyphs(int32_t count, uint64_t seed) {
    Pen pen(seed);
    std::vector<Glyph> glyphs;
    for (int32_t i = 0; i < count; ++i)
        glyphs.push_back(drawGlyph(i % kGlyphClasses, pen));
    return glyphs;
}

}  // namespace training
