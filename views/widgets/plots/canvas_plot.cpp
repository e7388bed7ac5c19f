// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/canvas_plot.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>

#include "views/widgets/plots/chart_saving.h"

namespace views {

CanvasPlot::CanvasPlot(const QString& name, QWidget* parent) : QWidget(parent), m_name(name) {
    setMouseTracking(true);
    setFocusPolicy(Qt::ClickFocus);
}

void CanvasPlot::setDimmed(bool dimmed) {
    m_isDimmed = dimmed;
    update();
}

bool CanvasPlot::event(QEvent* event) {
    // Where the mouse rests, Qt asks again and would otherwise hide what mouseMoveEvent() shows.
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    showTip(static_cast<QHelpEvent*>(event)->pos());
    return true;
}

void CanvasPlot::showTip(const QPoint& position) {
    const QString text = tipAt(position);
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(mapToGlobal(position), text, this);
}

void CanvasPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_isDimmed) painter.setOpacity(0.5);
    paint(painter);
}

void CanvasPlot::mouseMoveEvent(QMouseEvent* event) {
    showTip(event->pos());
}

void CanvasPlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    addOwnActions(menu, event->pos());
    if (!menu.isEmpty()) menu.addSeparator();
    addChartActions(
        menu, this, m_name,
        {size(), palette().color(QPalette::Window), [this](QPainter& painter) { paint(painter); }});
    menu.exec(event->globalPos());
}

}  // namespace views
