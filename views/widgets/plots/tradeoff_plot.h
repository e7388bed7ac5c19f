// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TradeoffPlot: variations as points in two metrics. Hollow marker with a bar: predicted, with
// its band; filled: exact. The Pareto front is a line; the area beyond a limit of the board is
// shaded; the shown variation has a ring.

#include <QtCharts/QAbstractAxis>

#include "views/models/tradeoff_points.h"
#include "views/widgets/plots/plot_view.h"

namespace QtCharts {
class QLogValueAxis;
class QXYSeries;
}  // namespace QtCharts

namespace views {

class TradeoffPlot : public PlotView {
    Q_OBJECT

public:
    explicit TradeoffPlot(QWidget* parent = nullptr);

    struct Axis {
        Metric metric = Metric::LatencyUs;
        bool logarithmic = false;
    };
    void setPoints(TradeoffPoints points, Axis x, Axis y);
    /// Row of the picked variation, -1 for none.
    void setSelectedRow(int row);

signals:
    void rowClicked(int row);
    void rowOpened(int row);

protected:
    void applyColors() override;
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Range {
        double low = 0, high = 1, divisor = 1;
        double smallest = 0;  ///< of the points, for the start of a logarithmic axis
    };
    void rebuild();
    std::vector<QtCharts::QXYSeries*> makeSeries() const;
    QtCharts::QAbstractAxis* addAxis(const Axis& choice, Range& range, Qt::Alignment side);
    QtCharts::QValueAxis* makePlainAxis(Unit unit, const Range& range) const;
    QtCharts::QLogValueAxis* makeLogAxis(const Range& range) const;
    Range rangeOf(bool isX) const;
    QPointF positionOf(double x, double y) const;
    const TradeoffPoint* pointAt(const QPoint& position) const;
    std::vector<QLineF> bandsOf(const TradeoffPoint& point) const;
    void paintLabels(QPainter& painter) const;

    TradeoffPoints m_points;
    Axis m_x, m_y;
    Range m_rangeX, m_rangeY;
    int m_selectedRow = -1;
};

}  // namespace views
