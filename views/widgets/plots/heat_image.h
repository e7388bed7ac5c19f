// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HeatImage: how many points or lines lie over each pixel, as an image of one colour that is the
// stronger the more there are, on a logarithmic scale. Tens of thousands cost a few milliseconds,
// where a painter would take seconds.

#include <QColor>
#include <QImage>
#include <vector>

namespace views {

class HeatImage {
public:
    /// Pixels of the image for one of a widget of this size, at most `ratio`, those of the screen:
    /// a larger image would take long and show no more.
    static double scaleFor(const QSize& widget, double ratio);

    /// In pixels of the image.
    explicit HeatImage(const QSize& size);

    /// Adds a square of `width` pixels around a point.
    void addPoint(double x, double y, int width);
    /// Adds a line from left to right, one step a column; counts as `weight` lines. Both ends lie
    /// within the image's height.
    void addLine(double fromX, double fromY, double toX, double toY, float weight = 1);

    /// Transparent where there is nothing; the colour itself where there is the most.
    QImage image(const QColor& color) const;

private:
    QSize m_size;
    std::vector<float> m_counts;  ///< by row
};

}  // namespace views
