// SPDX-License-Identifier: GPL-3.0-or-later
// ParallelPlot: what it paints.
#include <algorithm>
#include <cmath>

#include "views/colors.h"
#include "views/widgets/plots/heat_image.h"
#include "views/widgets/plots/parallel_plot.h"

namespace views {
namespace {

constexpr int kFewestSteps = 48, kMostSteps = 120;  ///< of an axis, into which lines are sorted
constexpr double kBrushWidth = 10;

}  // namespace

/// Lines with the same steps at both ends are one line with their number.
void ParallelPlot::addDensity(HeatImage& heat, Which which, int axis, double scale) const {
    const int steps = std::clamp(static_cast<int>(m_area.height() / 2), kFewestSteps, kMostSteps);
    const auto side = static_cast<size_t>(steps) + 1;  // the last one is for missing values
    const auto stepOf = [&](float height) {
        if (height < 0) return side - 1;
        return static_cast<size_t>(height * static_cast<float>(steps - 1) + 0.5f);
    };
    const auto yOfStep = [&](size_t step) {
        const double height = step + 1 == side ? -1 : static_cast<double>(step) / (steps - 1);
        return yOf(height) * scale;
    };
    std::vector<float> counts(side * side, 0.0f);
    const auto &from = m_heights[size_t(axis)], &to = m_heights[size_t(axis) + 1];
    for (int row = 0; row < m_lens.store().count(); ++row)
        if (isDrawn(row, which))
            counts[stepOf(from[size_t(row)]) * side + stepOf(to[size_t(row)])] += 1;
    const double left = xOf(axis) * scale, right = xOf(axis + 1) * scale;
    for (size_t a = 0; a < side; ++a)
        for (size_t b = 0; b < side; ++b)
            if (counts[a * side + b] > 0)
                heat.addLine(left, yOfStep(a), right, yOfStep(b), counts[a * side + b]);
}

QPixmap ParallelPlot::drawLines(Which which) const {
    if (isDense()) return QPixmap::fromImage(densityImage(which));
    QPixmap pixmap(size() * m_ratio);
    pixmap.setDevicePixelRatio(m_ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLines(painter, which);
    return pixmap;
}

QImage ParallelPlot::densityImage(Which which) const {
    const double scale = HeatImage::scaleFor(size(), m_ratio);
    HeatImage heat((QSizeF(size()) * scale).toSize());
    for (int axis = 0; axis + 1 < axisCount(); ++axis)
        addDensity(heat, which, axis, scale);
    const QColor grey = mixed(palette().color(QPalette::Window), mutedColor(palette()), 0.45);
    return heat.image(which == Which::All ? grey : accentColor(palette()));
}

void ParallelPlot::paintLines(QPainter& painter, Which which) const {
    QColor color = which == Which::All ? mutedColor(palette()) : accentColor(palette());
    const int count = which == Which::All ? m_lens.shownCount() : int(m_lens.lit().size());
    color.setAlphaF((which == Which::All ? 0.3 : 0.85) * (count > 60 ? 0.6 : 1));
    painter.setPen(QPen(color, 1.3));
    painter.setBrush(Qt::NoBrush);
    for (int row = 0; row < m_lens.store().count(); ++row)
        if (isDrawn(row, which)) painter.drawPolyline(lineOf(row));
}

void ParallelPlot::paint(QPainter& painter) {
    prepare();
    painter.setFont(font());
    if (axisCount() < 2) {
        painter.setPen(mutedColor(palette()));
        painter.drawText(QRectF(QPointF(0, 0), QSizeF(size())), Qt::AlignCenter,
                         tr("Two variations that differ give the first axes."));
        return;
    }
    // Elsewhere than on the screen, lines are shapes, not pixels.
    const bool isOnScreen = isDense() || painter.device() == this;
    if (isOnScreen && !areAllLit()) painter.drawPixmap(rect(), m_all);
    if (isOnScreen) painter.drawPixmap(rect(), m_lit);
    if (!isOnScreen) paintLines(painter, Which::All);
    if (!isOnScreen) paintLines(painter, Which::Lit);
    const QColor ink = palette().color(QPalette::WindowText);
    paintPicked(painter, m_picked, ink, 1.4);
    paintPicked(painter, m_shown, ink, 2.2);
    paintPicked(painter, m_hovered, warningColor(palette()), 2);
    for (int axis = 0; axis < axisCount(); ++axis)
        paintAxis(painter, axis);
}

void ParallelPlot::paintPicked(QPainter& painter, int row, const QColor& color,
                               double width) const {
    const bool isThere =
        row >= 0 && row < m_lens.store().count() && m_lens.state(row) != PointState::Hidden;
    if (!isThere) return;
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(lineOf(row));
}

void ParallelPlot::paintAxis(QPainter& painter, int axis) const {
    const double x = xOf(axis);
    painter.setPen(QPen(mutedColor(palette()), 1.2));
    painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    paintBrush(painter, axis);
    paintTicks(painter, axis);
    paintName(painter, axis);
    const auto& heights = m_heights[size_t(axis)];
    const bool isKnob = m_lens.store().column(m_lens.axes()[size_t(axis)].column).isKnob;
    const bool hasGap = std::any_of(heights.begin(), heights.end(), [](float h) { return h < 0; });
    if (!hasGap) return;
    const double line = QFontMetricsF(painter.font()).height(), y = yOf(-1);
    painter.setPen(QPen(mutedColor(palette()), 1.2));
    painter.drawLine(QPointF(x - 4, y), QPointF(x + 4, y));
    painter.drawText(QRectF(x - 50, y + 1, 100, line), Qt::AlignHCenter | Qt::AlignTop,
                     isKnob ? tr("not set") : tr("missing"));
}

/// The texts stand beside the axis on a ground of their own, where lines would cover them.
void ParallelPlot::paintTicks(QPainter& painter, int axis) const {
    const QFontMetricsF metrics(painter.font());
    QColor ground = palette().color(QPalette::Window);
    ground.setAlphaF(0.75);
    double last = 1e300;
    std::vector<AxisTick> ticks = m_axes[size_t(axis)].ticks;
    const auto yOfTick = [&](const AxisTick& tick) {
        return yOf(heightOf(axis, tick.value * m_axes[size_t(axis)].divisor));
    };
    std::sort(ticks.begin(), ticks.end(),
              [&](const AxisTick& a, const AxisTick& b) { return yOfTick(a) > yOfTick(b); });
    for (const AxisTick& tick : ticks) {
        const double y = yOfTick(tick), x = xOf(axis);
        if (last - y < metrics.height()) continue;
        last = y;
        painter.setPen(QPen(mutedColor(palette()), 1));
        painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y));
        const double width = metrics.horizontalAdvance(tick.text) + 2;
        const bool isLast = axis + 1 == axisCount() && axis > 0;
        const QRectF room(isLast ? x - 6 - width : x + 6, y - metrics.height() / 2, width,
                          metrics.height());
        painter.fillRect(room, ground);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(room, Qt::AlignCenter | Qt::TextDontClip, tick.text);
    }
}

/// Name above unit and direction, as wide as the axes are apart.
void ParallelPlot::paintName(QPainter& painter, int axis) const {
    const QFontMetricsF metrics(painter.font());
    const PointAxis& of = m_axes[size_t(axis)];
    const AxisSetting& setting = m_lens.axes()[size_t(axis)];
    const double apart = axisCount() > 1 ? m_area.width() / (axisCount() - 1) : m_area.width();
    const double half = std::min({apart / 2 - 4, xOf(axis), width() - xOf(axis)});
    const QRectF room(xOf(axis) - half, 2, 2 * half, metrics.height());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(room, Qt::AlignCenter | Qt::TextDontClip,
                     metrics.elidedText(of.name, Qt::ElideRight, room.width()));
    QString below = setting.isFlipped ? QStringLiteral("↓") : QStringLiteral("↑");
    if (!of.unit.isEmpty()) below += ' ' + of.unit;
    if (of.range.logarithmic) below += tr(", log");
    painter.setPen(mutedColor(palette()));
    painter.drawText(room.translated(0, metrics.height()), Qt::AlignCenter | Qt::TextDontClip,
                     below);
}

void ParallelPlot::paintBrush(QPainter& painter, int axis) const {
    const auto span = m_lens.brush(m_lens.axes()[size_t(axis)].column);
    if (!span) return;
    const auto yOfEnd = [&](double value) {
        const PointAxis& of = m_axes[size_t(axis)];
        const double inside = std::clamp(value, of.valueAt(0), of.valueAt(1));
        return yOf(heightOf(axis, inside));
    };
    const QRectF brush = QRectF(QPointF(xOf(axis) - kBrushWidth / 2, yOfEnd(span->low)),
                                QPointF(xOf(axis) + kBrushWidth / 2, yOfEnd(span->high)))
                             .normalized();
    QColor fill = accentColor(palette());
    fill.setAlphaF(0.35);
    painter.setPen(QPen(accentColor(palette()), 1.2));
    painter.setBrush(fill);
    painter.drawRect(brush);
}

}  // namespace views
