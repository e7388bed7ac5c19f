// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CanvasPlot: base of plots of many points that paint themselves: text at the mouse that stays
// while it rests, a context menu that saves the picture, dimming.

#include <QPainter>
#include <QWidget>

class QMenu;

namespace views {

class CanvasPlot : public QWidget {
    Q_OBJECT

public:
    /// `name`: of the files it is saved to.
    explicit CanvasPlot(const QString& name, QWidget* parent = nullptr);

    void setDimmed(bool dimmed);

protected:
    /// Paints the whole picture, at the widget's size, on the widget or another device.
    virtual void paint(QPainter& painter) = 0;
    /// Text for the mouse at this place; empty: none.
    virtual QString tipAt(const QPoint& position) = 0;
    /// Adds the plot's own actions for a click at this place.
    virtual void addOwnActions(QMenu&, const QPoint&) {}

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void showTip(const QPoint& position);

    QString m_name;
    bool m_isDimmed = false;
};

}  // namespace views
