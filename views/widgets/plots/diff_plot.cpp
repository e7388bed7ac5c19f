// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/diff_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

#include "views/colors.h"

namespace views {
namespace {

constexpr double kLegendHeight = 24, kNumbersHeight = 20;
constexpr int kTicks = 3;

}  // namespace

DiffPlot::DiffPlot(QWidget* parent) : CanvasPlot(QStringLiteral("compare"), parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(
        tr("Baseline and candidate, layer by layer; the table holds the same numbers"));
}

void DiffPlot::setDiff(types::ModelDiffPtr diff) {
    m_diff = std::move(diff);
    m_picked = -1;
    findLargest();
}

void DiffPlot::setMetric(Metric metric) {
    m_metric = metric;
    findLargest();
}

void DiffPlot::setFront(DiffFront front) {
    m_front = front;
    update();
}

void DiffPlot::setPicked(int row) {
    m_picked = row;
    update();
}

void DiffPlot::findLargest() {
    m_largest = 0;
    for (int row = 0; row < rows(); ++row)
        for (const DiffFront side : {DiffFront::Baseline, DiffFront::Candidate})
            m_largest = std::max(m_largest, valueOf(row, side));
    update();
}

double DiffPlot::valueOf(int row, DiffFront side) const {
    const types::DiffLayer& layer = m_diff->layers[static_cast<size_t>(row)];
    return diffValue(m_metric, side == DiffFront::Baseline ? layer.baseline : layer.candidate)
        .value_or(0);
}

/// Of the widest number at the axis, with a gap.
double DiffPlot::axisWidth() const {
    double widest = 32;
    for (int tick = 0; tick <= kTicks; ++tick)
        widest = std::max<double>(widest, fontMetrics().horizontalAdvance(tickText(
                                              info(m_metric).unit, m_largest * tick / kTicks)));
    return widest + 12;
}

QRectF DiffPlot::area() const {
    return QRectF(rect()).adjusted(axisWidth(), kLegendHeight, -8, -kNumbersHeight);
}

int DiffPlot::rowAt(const QPoint& position) const {
    const QRectF inside = area();
    const double share = (position.x() - inside.left()) / inside.width();
    if (rows() == 0 || share < 0 || share >= 1) return -1;
    return static_cast<int>(share * rows());
}

void DiffPlot::paint(QPainter& painter) {
    painter.setFont(font());
    if (rows() == 0 || area().height() < 20) return;
    const double column = area().width() / rows();
    if (m_picked >= 0 && m_picked < rows())
        painter.fillRect(QRectF(area().left() + m_picked * column, area().top(),
                                std::max(2.0, column), area().height()),
                         mixed(palette().color(QPalette::Window), accentColor(palette()), 0.18));
    paintAxis(painter);
    paintBars(painter);
    paintLegend(painter);
}

void DiffPlot::paintAxis(QPainter& painter) const {
    const Unit unit = info(m_metric).unit;
    for (int tick = 0; tick <= kTicks; ++tick) {
        const double y = area().bottom() - area().height() * tick / kTicks;
        painter.setPen(lineColor(palette()));
        painter.drawLine(QPointF(area().left(), y), QPointF(area().right(), y));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(0, y - 10, area().left() - 6, 20),
                         Qt::AlignRight | Qt::AlignVCenter,
                         tickText(unit, m_largest * tick / kTicks));
    }
    const double column = area().width() / rows();
    int every = 1;
    while (every * column < 32)
        every = every == 1 ? 2 : every == 2 ? 5 : every * 2;
    for (int row = 0; row < rows(); row += every) {
        const types::LayerMatch& match = m_diff->layers[static_cast<size_t>(row)].match;
        const auto& own = m_front == DiffFront::Candidate ? match.candidate : match.baseline;
        const QString text = own.empty() ? kUnknown : QString::number(own.front());
        painter.drawText(QRectF(area().left() + row * column + column / 2 - 24, area().bottom() + 2,
                                48, kNumbersHeight - 2),
                         Qt::AlignHCenter | Qt::AlignTop, text);
    }
}

void DiffPlot::paintBars(QPainter& painter) const {
    if (m_largest <= 0) return;
    const double column = area().width() / rows();
    const double bar = std::clamp(column * 0.4, 0.5, 24.0);
    const QColor ink = mutedColor(palette()), accent = accentColor(palette());
    for (int row = 0; row < rows(); ++row) {
        const double middle = area().left() + (row + 0.5) * column;
        for (const DiffFront side : {DiffFront::Baseline, DiffFront::Candidate}) {
            const double high = area().height() * valueOf(row, side) / m_largest;
            if (high <= 0) continue;
            const bool isBaseline = side == DiffFront::Baseline;
            const QRectF box(isBaseline ? middle - bar : middle, area().bottom() - high, bar, high);
            const QColor color = isBaseline ? ink : accent;
            const bool isFilled = side == m_front || bar < 4;
            painter.fillRect(
                box, isFilled ? color : mixed(palette().color(QPalette::Window), color, 0.25));
            painter.setPen(QPen(color, 1));
            if (bar >= 4) painter.drawRect(box.adjusted(0.5, 0.5, -0.5, 0));
        }
    }
}

void DiffPlot::paintLegend(QPainter& painter) const {
    double x = area().left();
    const auto entry = [&](const QString& text, const QColor& color, bool isFront) {
        painter.fillRect(QRectF(x, 6, 10, 10),
                         isFront ? color : mixed(palette().color(QPalette::Window), color, 0.25));
        painter.setPen(color);
        painter.drawRect(QRectF(x + 0.5, 6.5, 9, 9));
        painter.setPen(palette().color(QPalette::WindowText));
        QFont own = font();
        own.setBold(isFront);
        painter.setFont(own);
        painter.drawText(QPointF(x + 16, 16), text);
        x += 16 + QFontMetricsF(own).horizontalAdvance(text) + 16;
    };
    const bool isCandidate = m_front == DiffFront::Candidate;
    entry(tr("baseline"), mutedColor(palette()), !isCandidate);
    entry(tr("candidate"), accentColor(palette()), isCandidate);
    painter.setFont(font());
}

QString DiffPlot::tipAt(const QPoint& position) {
    const int row = rowAt(position);
    if (row < 0) return {};
    const types::DiffLayer& layer = m_diff->layers[static_cast<size_t>(row)];
    const Unit unit = info(m_metric).unit;
    const auto side = [&](const types::LayerFigures& figures, const std::vector<int32_t>& layers) {
        if (layers.empty()) return tr("no such layer");
        const auto value = diffValue(m_metric, figures);
        return diffSideText(figures, layers) + ": " + (value ? exactText(unit, *value) : kUnknown);
    };
    return tr("Baseline %1\nCandidate %2\n%3")
        .arg(side(layer.baseline, layer.match.baseline),
             side(layer.candidate, layer.match.candidate), QString::fromStdString(layer.why));
}

void DiffPlot::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (event->button() == Qt::LeftButton && row >= 0) emit rowClicked(row);
}

void DiffPlot::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || rows() == 0) return CanvasPlot::keyPressEvent(event);
    emit rowClicked(std::clamp(m_picked + step, 0, rows() - 1));
}

}  // namespace views
