// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/arena_map.h"

#include <QContextMenuEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "views/colors.h"
#include "views/models/buffers_model.h"
#include "views/number_format.h"
#include "views/widgets/plots/chart_saving.h"

namespace views {
namespace {

constexpr double kLeft = 64, kRight = 8, kTop = 24, kBottom = 28;
constexpr double kTotals = 56, kArenaGap = 24;

/// A round step in bytes for about five ticks: powers of two, as for memory sizes.
int64_t tickBytes(int64_t top) {
    int64_t step = 16;
    while (step * 6 < top)
        step *= 2;
    return step;
}

}  // namespace

ArenaMap::ArenaMap(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Arena map; the list beside it holds the same buffers"));
}

void ArenaMap::setPlan(types::EvaluationPtr evaluation, const types::MemoryPlan* plan) {
    m_evaluation = std::move(evaluation);
    m_plan = plan;
    m_hovered = -1;
    if (underMouse()) QToolTip::hideText();  // it told a buffer of the plan before
    relayout();
}

void ArenaMap::setSelectedLayers(const std::vector<int>& layers) {
    m_selected = layers;
    update();
}

void ArenaMap::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    update();
}

void ArenaMap::setLeastTop(int64_t bytes) {
    m_leastTop = bytes;
    relayout();
}

int64_t ArenaMap::topBytes() const {
    const int64_t arena = std::max(m_plan->arenaBytes, m_leastTop);
    // A limit far above would flatten the map; it is then shown as text only.
    const int64_t limit = m_evaluation->arenaRoomBytes().value_or(0);
    return std::max(arena, limit < arena * 3 / 2 ? limit : 0) * 26 / 25;
}

void ArenaMap::relayout() {
    if (!m_evaluation) {
        m_layout = {};
        return update();
    }
    const double wide = std::max(1.0, width() - kLeft - kRight);
    const QRectF totals(kLeft, kTop, wide, kTotals);
    const double top = totals.bottom() + kArenaGap;
    const QRectF map(kLeft, top, wide, std::max(1.0, height() - top - kBottom));
    const int ops = static_cast<int>(m_evaluation->layers.size());
    m_layout = ArenaLayout(*m_plan, ops, totals, map, topBytes());
    update();
}

void ArenaMap::resizeEvent(QResizeEvent*) {
    relayout();
}

QColor ArenaMap::bufferColor(const types::PlannedBuffer& buffer) const {
    const int op = buffer.firstOp;
    if (op < 0 || op >= m_layout.opCount()) return opClassColor(OpClass::Other);
    return opColor(m_evaluation->layers[static_cast<size_t>(layerAt(*m_plan, op))].kind);
}

void ArenaMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintMap(painter);
}

void ArenaMap::paintMap(QPainter& painter) const {
    painter.setFont(font());
    if (!m_evaluation || m_layout.opCount() == 0) {
        painter.setPen(mutedColor(palette()));
        painter.drawText(rect(), Qt::AlignCenter, tr("The arena of the open model appears here."));
        return;
    }
    painter.setOpacity(m_dimmed ? 0.5 : 1.0);
    paintColumns(painter);
    paintAxes(painter);
    paintTotals(painter);
    paintBuffers(painter);
    paintSelection(painter);
    paintBands(painter);
    paintLimit(painter);
}

const std::vector<types::OperatorBand>& ArenaMap::bands() const {
    static const std::vector<types::OperatorBand> none;
    const bool isOfSchedule = m_evaluation->schedule && m_plan == &m_evaluation->netcaliperPlan;
    return isOfSchedule ? m_evaluation->schedule->bands : none;
}

const types::OperatorBand* ArenaMap::bandAt(int op) const {
    for (const types::OperatorBand& band : bands())
        if (band.first <= op && op < band.end) return &band;
    return nullptr;
}

/// A bar under the operators that run together.
void ArenaMap::paintBands(QPainter& painter) const {
    for (const types::OperatorBand& band : bands()) {
        const QRectF first = m_layout.opColumn(band.first);
        const double right = m_layout.opColumn(band.end - 1).right();
        painter.fillRect(QRectF(first.left() + 1, first.bottom() + 1, right - first.left() - 2, 3),
                         accentColor(palette()));
    }
}

void ArenaMap::paintColumns(QPainter& painter) const {
    const QColor ground = palette().color(QPalette::Window);
    const auto band = [&](int op, const QColor& color, double share) {
        QRectF column = m_layout.opColumn(op);
        column.setTop(m_layout.totals().top());
        painter.fillRect(column, mixed(ground, color, share));
    };
    const int peak = m_plan->peakOp;
    if (peak >= 0 && peak < m_layout.opCount())
        band(peak, palette().color(QPalette::WindowText), 0.1);
    for (int layer : m_selected)
        if (layer < m_layout.opCount()) band(timeOf(*m_plan, layer), accentColor(palette()), 0.2);
}

/// Draws the picked columns again, over the buffers that hide them.
void ArenaMap::paintSelection(QPainter& painter) const {
    painter.setPen(QPen(accentColor(palette()), 1.5));
    for (int layer : m_selected) {
        if (layer >= m_layout.opCount()) continue;
        QRectF column = m_layout.opColumn(timeOf(*m_plan, layer));
        column.setTop(m_layout.totals().top());
        painter.drawLine(column.topLeft(), column.bottomLeft());
        painter.drawLine(column.topRight(), column.bottomRight());
    }
}

void ArenaMap::paintAxes(QPainter& painter) const {
    const QRectF& map = m_layout.map();
    painter.setPen(mutedColor(palette()));
    painter.drawText(QRectF(0, 0, width(), kTop - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Bytes alive"));
    const QString address = bands().empty()
                                ? tr("Address")
                                : tr("Address; lined: line buffers; bars: run together by rows");
    const QFontMetrics metrics = painter.fontMetrics();
    const int limited = metrics.horizontalAdvance(limitText(metrics)) + 12;
    painter.drawText(QRectF(0, m_layout.totals().bottom(), width(), kArenaGap),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(address, Qt::ElideRight, width() - limited));
    const int64_t step = tickBytes(topBytes());
    for (int64_t bytes = 0; bytes <= topBytes(); bytes += step) {
        const double y = m_layout.yOf(bytes);
        painter.setPen(lineColor(palette()));
        painter.drawLine(QPointF(map.left(), y), QPointF(map.right(), y));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(0, y - 10, kLeft - 6, 20), Qt::AlignRight | Qt::AlignVCenter,
                         tickText(Unit::Bytes, static_cast<double>(bytes)));
    }
    const double column = map.width() / m_layout.opCount();
    int every = 1;
    while (every * column < 32)
        every = every == 1 ? 2 : every == 2 ? 5 : every + 5;
    for (int op = 0; op < m_layout.opCount(); op += every)
        painter.drawText(m_layout.opColumn(op).adjusted(-20, map.height() + 4, 20, kBottom),
                         Qt::AlignHCenter | Qt::AlignTop, QString::number(layerAt(*m_plan, op)));
}

void ArenaMap::paintTotals(QPainter& painter) const {
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor fill = mixed(palette().color(QPalette::Window), ink, 0.22);
    for (int op = 0; op < m_layout.opCount(); ++op) {
        QRectF bar = m_layout.opColumn(op);
        bar.setTop(m_layout.totalYOf(m_layout.aliveBytes(op)));
        bar.setBottom(m_layout.totals().bottom());
        painter.fillRect(bar, op == m_plan->peakOp ? mutedColor(palette()) : fill);
    }
    const int peak = std::clamp(m_plan->peakOp, 0, m_layout.opCount() - 1);
    const QString text =
        tr("peak at #%1: %2")
            .arg(layerAt(*m_plan, peak))
            .arg(exactText(Unit::Bytes, static_cast<double>(m_layout.aliveBytes(peak))));
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 8;
    const double x = std::clamp(m_layout.opColumn(peak).center().x() - wide / 2, kLeft + 80.0,
                                std::max(kLeft + 80.0, width() - wide));
    painter.setPen(ink);
    painter.drawText(QRectF(x, 0, wide, kTop - 4), Qt::AlignCenter, text);
}

void ArenaMap::paintBuffers(QPainter& painter) const {
    const QColor ground = palette().color(QPalette::Window);
    for (size_t i = 0; i < m_plan->buffers.size(); ++i) {
        const types::PlannedBuffer& buffer = m_plan->buffers[i];
        const QRectF box = m_layout.bufferRect(i).adjusted(0.5, 0.5, -0.5, -0.5);
        if (box.width() <= 0) continue;
        const QColor color = bufferColor(buffer);
        const bool isHovered = m_hovered == static_cast<int>(i);
        painter.setPen(
            QPen(isHovered ? palette().color(QPalette::WindowText) : color, isHovered ? 2 : 1));
        painter.setBrush(mixed(ground, color, isDark(palette()) ? 0.5 : 0.4));
        if (buffer.isScratch()) painter.setBrush(QBrush(color, Qt::BDiagPattern));
        painter.drawRect(box);
        if (windowRows(*m_evaluation, buffer) > 0)
            painter.fillRect(box, QBrush(mixed(ground, color, 0.75), Qt::HorPattern));
        paintBufferText(painter, i);
    }
    painter.setBrush(Qt::NoBrush);
}

void ArenaMap::paintBufferText(QPainter& painter, size_t buffer) const {
    const types::PlannedBuffer& planned = m_plan->buffers[buffer];
    const QRectF box = m_layout.bufferRect(buffer).adjusted(4, 0, -4, 0);
    if (box.height() < 16 || box.width() < 40 || planned.isScratch()) return;
    const QString size = shortText(Unit::Bytes, static_cast<double>(planned.size));
    const int rows = windowRows(*m_evaluation, planned);
    const QString tensor = QStringLiteral("T%1").arg(planned.tensor);
    const QString name = rows > 0 ? tr("%1: %2 rows").arg(tensor).arg(rows) : tensor;
    const QString over = planned.overwrites < 0
                             ? name
                             : QStringLiteral("%1 over T%2").arg(name).arg(planned.overwrites);
    painter.setPen(palette().color(QPalette::WindowText));
    // The longest text that fits the box.
    for (const QString& text : {over + "  " + size, over, name, tensor})
        if (text == tensor || painter.fontMetrics().horizontalAdvance(text) < box.width())
            return painter.drawText(box, Qt::AlignCenter, text);
}

QString ArenaMap::limitText(const QFontMetrics& metrics) const {
    const auto limit = m_evaluation->arenaRoomBytes();
    if (!limit) return {};
    // A long name leaves the word "Address" its place.
    const QString board = metrics.elidedText(QString::fromStdString(m_evaluation->device->name),
                                             Qt::ElideMiddle, width() / 2 - int(kLeft));
    return *limit == 0 ? tr("no room on %1").arg(board)
                       : tr("room on %1: %2")
                             .arg(board, shortText(Unit::Bytes, static_cast<double>(*limit)));
}

void ArenaMap::paintLimit(QPainter& painter) const {
    const auto limit = m_evaluation->arenaRoomBytes();
    if (!limit) return;
    const bool passed = *limit < m_plan->arenaBytes;
    painter.setPen(passed ? warningColor(palette()) : mutedColor(palette()));
    const QRectF above(kLeft, m_layout.totals().bottom(), m_layout.map().width(), kArenaGap);
    painter.drawText(above, Qt::AlignRight | Qt::AlignVCenter, limitText(painter.fontMetrics()));
    if (*limit > topBytes()) return;
    const double y = m_layout.yOf(*limit);
    painter.setPen(QPen(passed ? warningColor(palette()) : palette().color(QPalette::WindowText),
                        1.5, Qt::DashLine));
    painter.drawLine(QPointF(m_layout.map().left(), y), QPointF(m_layout.map().right(), y));
}

void ArenaMap::mousePressEvent(QMouseEvent* event) {
    const int op = m_layout.opAt(event->localPos());
    if (event->button() == Qt::LeftButton && op >= 0)
        emit layerClicked(layerAt(*m_plan, op), event->modifiers() & Qt::ControlModifier);
}

void ArenaMap::mouseMoveEvent(QMouseEvent* event) {
    const int hovered = m_layout.bufferAt(event->localPos());
    if (hovered != m_hovered) update();
    m_hovered = hovered;
    const int op = m_layout.opAt(event->localPos());
    if (hovered >= 0) {
        const auto& buffer = m_plan->buffers[static_cast<size_t>(hovered)];
        QToolTip::showText(
            event->globalPos(),
            tr("%1\n%2 at address %3\nlives %4")
                .arg(bufferName(*m_evaluation, buffer),
                     exactText(Unit::Bytes, static_cast<double>(buffer.size)),
                     grouped(buffer.offset), bufferLifetime(*m_evaluation, *m_plan, buffer)),
            this);
    } else if (op >= 0) {
        const int index = layerAt(*m_plan, op);
        const auto& layer = m_evaluation->layers[static_cast<size_t>(index)];
        QString text =
            tr("#%1 %2\n%3 alive")
                .arg(index)
                .arg(QString::fromStdString(layer.op),
                     exactText(Unit::Bytes, static_cast<double>(m_layout.aliveBytes(op))));
        if (const types::OperatorBand* band = bandAt(op))
            text += tr("\nruns by %1 rows together with #%2 to #%3")
                        .arg(band->rows)
                        .arg(layerAt(*m_plan, band->first))
                        .arg(layerAt(*m_plan, band->end - 1));
        QToolTip::showText(event->globalPos(), text, this);
    } else {
        QToolTip::hideText();
    }
}

void ArenaMap::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void ArenaMap::contextMenuEvent(QContextMenuEvent* event) {
    const ChartPicture picture{size(), palette().color(QPalette::Window),
                               [this](QPainter& painter) { paintMap(painter); }};
    showChartMenu(this, event->globalPos(), QStringLiteral("arena"), picture);
}

}  // namespace views
