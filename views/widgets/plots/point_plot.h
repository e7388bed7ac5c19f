// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PointPlot: a chart of points (types/study.h): filled where measured, hollow where predicted, with
// bands and fitted lines, over two scales or over a scale and named rows. A legend is above;
// hovering shows a point's tool tip. It paints everything itself, so that row names get the space
// they need and logarithmic axes have more ticks than decades.

#include "types/study.h"
#include "views/models/axis_ticks.h"
#include "views/widgets/plots/plot_view.h"

namespace views {

class PointPlot : public PlotView {
    Q_OBJECT

public:
    explicit PointPlot(const QString& name, QWidget* parent = nullptr);

    /// `colors`: one per series; empty: those of Okabe and Ito in turn.
    void setChart(types::StudyChart chart, std::vector<QColor> colors = {});

protected:
    void applyColors() override;
    void paintOver(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Hit {
        int series = -1, point = -1;
    };
    struct LegendEntry {
        int series;
        QPointF position;  ///< left centre of its marker
        QString text;
    };

    bool hasRows() const { return !m_chart.y.categories.empty(); }
    QColor colorOf(int series) const;
    AxisRange rangeOf(bool isX) const;
    QPointF positionOf(double x, double y) const;
    /// Points of a crowded row are spread over its height, so that their number shows.
    QPointF placeOf(const types::StudySeries& series, size_t point) const;
    Hit hitAt(const QPoint& position) const;

    /// Legend, area and row names for a drawing of this size.
    void layOut(const QSizeF& size);
    double layOutLegend(double width);
    double roomForRows(double width) const;

    void paintLegend(QPainter& painter) const;
    void paintAxis(QPainter& painter, bool isX) const;
    void paintRows(QPainter& painter) const;
    void paintRowName(QPainter& painter, const QString& name, double y, double row) const;
    void paintLine(QPainter& painter, const types::StudyLine& line) const;
    void paintBand(QPainter& painter, const types::StudyPoint& point) const;
    void paintMarker(QPainter& painter, int series, const QPointF& at) const;

    types::StudyChart m_chart;
    std::vector<QColor> m_colors;
    AxisRange m_x, m_y;
    QRectF m_area;
    std::vector<LegendEntry> m_legend;
    int m_legendLeftOut = 0;
};

}  // namespace views
