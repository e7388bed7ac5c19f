// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SchedulePlot: the front of schedules in bands of rows: the arena to the right, and upwards the
// predicted time, or the MACs where the board gives no time. Filled points hold the input as a
// whole in the arena, hollow ones are fed by rows; a cross is the model without a schedule. A click
// chooses a point.

#include <vector>

#include "types/chosen_schedule.h"
#include "views/widgets/plots/canvas_plot.h"

namespace views {

/// What the plot shows.
struct ScheduleFigures {
    std::vector<types::ScheduleRow> rows;
    types::ScheduleRow whole;  ///< each operator as a whole
    QString problem = {};      ///< why there are no rows; empty: they are there
};

class SchedulePlot : public CanvasPlot {
    Q_OBJECT

public:
    explicit SchedulePlot(QWidget* parent = nullptr);

    /// `text` where there is nothing to show yet.
    void setMessage(const QString& text);
    void setFigures(ScheduleFigures figures);
    /// The number of the row that the model runs by; 0: none.
    void setChosen(int number);

    QSize sizeHint() const override { return {320, 194}; }
    QSize minimumSizeHint() const override { return {240, 140}; }

signals:
    /// 0: the model without a schedule.
    void rowClicked(int number);

protected:
    void paint(QPainter& painter) override;
    QString tipAt(const QPoint& position) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Point {
        const types::ScheduleRow* row;
        QPointF place;
    };

    bool isTimed() const { return m_figures.whole.timeUs.has_value(); }
    double costOf(const types::ScheduleRow& row) const;
    QRectF area() const;
    std::vector<Point> points() const;
    const types::ScheduleRow* rowAt(const QPointF& position) const;
    void paintAxes(QPainter& painter, const QRectF& area) const;
    void paintPoint(QPainter& painter, const Point& point) const;

    ScheduleFigures m_figures;
    QString m_message;
    int m_chosen = 0;
};

}  // namespace views
