// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/heat_scale.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "views/colors.h"

namespace views {
namespace {

constexpr std::array<QRgb, 10> kCividis = {0xff00204d, 0xff00336f, 0xff39486b, 0xff575c6d,
                                           0xff707173, 0xff8a8779, 0xffa69d75, 0xffc4b56c,
                                           0xffe4cf5b, 0xffffea46};
constexpr QRgb kBelow = 0xff0072b2, kAbove = 0xffd55e00;
/// Of the colour in the ground at the calm end.
constexpr double kFaintest = 0.16;

QColor cividis(double share) {
    const double place = std::clamp(share, 0.0, 1.0) * (kCividis.size() - 1);
    const auto step = std::min(static_cast<size_t>(place), kCividis.size() - 2);
    return mixed(QColor(kCividis[step]), QColor(kCividis[step + 1]), place - double(step));
}

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

}  // namespace

HeatScale::HeatScale(Metric metric, const std::vector<double>& values)
    : m_metric(metric), m_isEmpty(values.empty()) {
    if (m_isEmpty) return;
    const auto [least, most] = std::ranges::minmax(values);
    if (isDifference()) {
        m_last = std::max(std::abs(least), std::abs(most));
        m_first = -m_last;
    } else if (info(metric).higherIsBetter) {
        m_first = most;
        m_last = least;
    } else {
        m_first = std::min(0.0, least);
        m_last = most;
    }
}

double HeatScale::shareOf(double value) const {
    if (m_last == m_first) return isDifference() ? 0.5 : 0;
    return std::clamp((value - m_first) / (m_last - m_first), 0.0, 1.0);
}

QColor HeatScale::colorAt(double share, const QPalette& palette) const {
    // Also the calm end differs from what surrounds a box.
    const QColor text = palette.color(QPalette::WindowText);
    const QColor ground = mixed(palette.color(QPalette::Base), text, isDark(palette) ? 0.14 : 0.06);
    if (isDifference()) {
        const QColor middle = mixed(ground, text, 0.1);
        const double distance = std::abs(share - 0.5) * 2;
        return mixed(middle, QColor(share < 0.5 ? kBelow : kAbove), distance);
    }
    const QColor heat = cividis(isDark(palette) ? share : 1 - share);
    return mixed(ground, heat, kFaintest + (1 - kFaintest) * std::sqrt(share));
}

QColor inkOn(const QColor& ground) {
    // Contrast with white is above that with black where (L + 0.05)^2 < 1.05 * 0.05 (WCAG 2).
    const double light = luminance(ground) + 0.05;
    return light * light < 1.05 * 0.05 ? Qt::white : Qt::black;
}

}  // namespace views
