// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/mix_plot.h"

#include <algorithm>

#include "views/colors.h"

namespace views {

namespace {

constexpr double kMixBarShare = 0.72;
constexpr double kMaxMixBar = 56;

}  // namespace

MixPlot::MixPlot(QWidget* parent) : ColumnPlot(QStringLiteral("instructions"), parent) {
    setAccessibleName(tr("Instructions per layer by class; the table holds the same numbers"));
}

void MixPlot::setBars(MixBars bars) {
    m_bars = std::move(bars);
    std::vector<ColumnFacts> columns;
    for (const MixBar& bar : m_bars.bars)
        columns.push_back({bar.layer, bar.toolTip});
    setColumns(std::move(columns));
    setRoundRange(&yAxis(), 0, m_bars.largest > 0 ? m_bars.largest : 1);
    yAxis().setTitleText(m_bars.axisTitle);
}

void MixPlot::paintOver(QPainter& painter) {
    for (size_t i = 0; i < m_bars.bars.size(); ++i) {
        paintBar(painter, m_bars.bars[i], columnOf(i));
        paintNumber(painter, i);
    }
}

void MixPlot::paintBar(QPainter& painter, const MixBar& bar, const QRectF& column) const {
    const double half = std::min(column.width() * kMixBarShare, kMaxMixBar) / 2;
    double below = 0;
    for (size_t c = 0; c < bar.parts.size(); ++c) {
        const double top = yOf(below + bar.parts[c]), bottom = yOf(below);
        painter.fillRect(QRectF(column.center().x() - half, top, 2 * half, bottom - top),
                         instructionClassColor(c));
        below += bar.parts[c];
    }
    if (below > 0) return;
    painter.setPen(mutedColor(palette()));
    painter.drawText(QRectF(column.left(), column.bottom() - 20, column.width(), 18),
                     Qt::AlignCenter, kUnknown);
}

}  // namespace views
