// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/heat_image.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace views {
namespace {

/// Of a single line or point; fainter would be hard to see.
constexpr float kLeastShare = 0.22f;

/// log2(value) for value >= 1, exact at powers of two and straight between them.
float roughLog2(float value) {
    return (static_cast<float>(std::bit_cast<uint32_t>(value)) - 127.0f * (1 << 23)) / (1 << 23);
}

}  // namespace

double HeatImage::scaleFor(const QSize& widget, double ratio) {
    constexpr double kMostPixels = 0.7e6;
    const double area = std::max(1.0, 1.0 * widget.width() * widget.height());
    return std::min(ratio, std::sqrt(kMostPixels / area));
}

HeatImage::HeatImage(const QSize& size)
    : m_size(std::max(size.width(), 1), std::max(size.height(), 1)),
      m_counts(static_cast<size_t>(m_size.width()) * static_cast<size_t>(m_size.height()), 0.0f) {}

void HeatImage::addPoint(double x, double y, int width) {
    const int left = static_cast<int>(std::floor(x)) - width / 2;
    const int top = static_cast<int>(std::floor(y)) - width / 2;
    const int fromX = std::max(left, 0), toX = std::min(left + width, m_size.width());
    const int fromY = std::max(top, 0), toY = std::min(top + width, m_size.height());
    for (int row = fromY; row < toY; ++row) {
        float* const counts = &m_counts[static_cast<size_t>(row) * size_t(m_size.width())];
        for (int column = fromX; column < toX; ++column)
            counts[column] += 1;
    }
}

void HeatImage::addLine(double fromX, double fromY, double toX, double toY, float weight) {
    const int first = std::max(0, static_cast<int>(std::ceil(fromX)));
    const int last = std::min(m_size.width() - 1, static_cast<int>(std::floor(toX)));
    const double bottom = std::max(m_size.height() - 2, 0);
    const double startY = std::clamp(fromY, 0.0, bottom), endY = std::clamp(toY, 0.0, bottom);
    const auto slope = static_cast<float>((endY - startY) / std::max(toX - fromX, 1e-9));
    float y = static_cast<float>(startY) + slope * static_cast<float>(first - fromX);
    const int stride = m_size.width();
    const bool hasBelow = m_size.height() > 1;
    for (int x = first; x <= last; ++x, y += slope) {
        // Rounding may leave the image by less than a pixel.
        const int row = static_cast<int>(std::max(y, 0.0f));
        const float below = std::max(y, 0.0f) - static_cast<float>(row);
        float* const at = m_counts.data() + static_cast<std::ptrdiff_t>(row) * stride + x;
        at[0] += weight * (1 - below);
        if (hasBelow) at[stride] += weight * below;
    }
}

QImage HeatImage::image(const QColor& color) const {
    QImage image(m_size, QImage::Format_ARGB32_Premultiplied);
    const float most = *std::max_element(m_counts.begin(), m_counts.end());
    const float scale = (1 - kLeastShare) / std::max(roughLog2(1 + most), 1.0f);
    // Premultiplied colours by their alpha.
    std::array<QRgb, 256> colors{};
    for (int alpha = 0; alpha < 256; ++alpha)
        colors[size_t(alpha)] =
            qPremultiply(qRgba(color.red(), color.green(), color.blue(), alpha));
    size_t index = 0;
    for (int row = 0; row < m_size.height(); ++row) {
        auto* const pixels = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < m_size.width(); ++column, ++index) {
            const float count = m_counts[index];
            float share = 0;
            if (count > 0)
                share = std::min(count, 1.0f) * kLeastShare + scale * roughLog2(1 + count);
            pixels[column] = colors[static_cast<size_t>(std::min(share, 1.0f) * 255)];
        }
    }
    return image;
}

}  // namespace views
