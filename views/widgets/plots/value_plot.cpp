// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/value_plot.h"

#include <algorithm>
#include <cmath>

#include "views/colors.h"
#include "views/number_format.h"

namespace views {
namespace {

constexpr double kBarsHeight = 56;

}  // namespace

ValuePlot::ValuePlot(const QString& title, types::ValueHistogram histogram, QWidget* parent)
    : CanvasPlot(QStringLiteral("values"), parent),
      m_title(title),
      m_histogram(std::move(histogram)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(m_title + ": " + summary());
}

QSize ValuePlot::sizeHint() const {
    const int line = fontMetrics().height();
    const bool hasBars = !m_histogram.counts.empty();
    return {200, 2 * line + 4 + (hasBars ? int(kBarsHeight) + line + 6 : 0)};
}

QSize ValuePlot::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

QString ValuePlot::summary() const {
    if (m_histogram.values == 0) return tr("no values");
    if (m_histogram.counts.empty())
        return tr("all %1 values are %2")
            .arg(grouped(m_histogram.values), figureText(m_histogram.low));
    QString text = tr("mean %1, deviation %2")
                       .arg(figureText(m_histogram.mean), figureText(m_histogram.deviation));
    if (m_histogram.zeros > 0) {
        const double share = 100.0 * double(m_histogram.zeros) / double(m_histogram.values);
        text += tr(", zeros %1").arg(percentText(share, 'g', 3));
    }
    return text;
}

double ValuePlot::end() const {
    return m_histogram.binsFrom + m_histogram.binWidth * double(m_histogram.counts.size());
}

QRectF ValuePlot::area() const {
    const double top = 2 * fontMetrics().height() + 4;
    return {0, top, double(width()), kBarsHeight};
}

void ValuePlot::paint(QPainter& painter) {
    const int line = fontMetrics().height();
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_title, Qt::ElideRight, width()));
    painter.setPen(mutedColor(palette()));
    painter.drawText(QRectF(0, line, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(summary(), Qt::ElideRight, width()));
    if (m_histogram.counts.empty()) return;
    const QRectF bars = area();
    const int64_t most = *std::ranges::max_element(m_histogram.counts);
    const double wide = bars.width() / double(m_histogram.counts.size());
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (size_t i = 0; i < m_histogram.counts.size(); ++i) {
        if (m_histogram.counts[i] == 0) continue;
        const double high =
            std::max(1.0, bars.height() * double(m_histogram.counts[i]) / double(most));
        painter.fillRect(
            QRectF(wide * double(i), bars.bottom() - high, std::max(1.0, wide - 1), high),
            accentColor(palette()));
    }
    painter.setPen(lineColor(palette()));
    painter.drawLine(bars.bottomLeft(), bars.bottomRight());
    const QRectF below(0, bars.bottom() + 2, width(), line);
    painter.setPen(mutedColor(palette()));
    painter.drawText(below, Qt::AlignLeft, figureText(m_histogram.low));
    painter.drawText(below, Qt::AlignRight, figureText(m_histogram.high));
    const double zero = bars.width() * (0 - m_histogram.binsFrom) / (end() - m_histogram.binsFrom);
    const double room = fontMetrics().horizontalAdvance("00000000");
    if (zero < room || zero > width() - room) return;
    painter.drawText(QRectF(zero - 20, below.top(), 40, line), Qt::AlignHCenter, "0");
    painter.drawLine(QPointF(zero, bars.bottom()), QPointF(zero, bars.bottom() + 3));
}

QString ValuePlot::tipAt(const QPoint& position) {
    if (m_histogram.counts.empty() || width() <= 0) return summary();
    const auto count = double(m_histogram.counts.size());
    const double place = std::clamp(position.x() / double(width()) * count, 0.0, count - 1);
    const auto bin = static_cast<size_t>(place);
    const double from = m_histogram.binsFrom + m_histogram.binWidth * double(bin);
    return tr("%1 to %2: %3 of %4 values")
        .arg(figureText(from), figureText(from + m_histogram.binWidth),
             grouped(m_histogram.counts[bin]), grouped(m_histogram.values));
}

}  // namespace views
