// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoxPlot: the layers of a session as box plots: median, quartiles, whiskers to the farthest sample
// within 1.5 interquartile ranges, outliers as dots, or as an arrow where they lie above the axis.
// A click picks the layer.

#include "views/models/session_boxes.h"
#include "views/widgets/plot_view.h"

namespace views {

class BoxPlot : public PlotView {
    Q_OBJECT

public:
    explicit BoxPlot(QWidget* parent = nullptr);

    void setBoxes(SessionBoxes boxes);
    void setSelectedLayer(int layer);

signals:
    void layerClicked(int layer);

protected:
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void paintBox(QPainter& painter, const SessionBox& box, const QRectF& column) const;
    void paintBeyond(QPainter& painter, double x) const;
    void paintName(QPainter& painter, const SessionBox& box, const QRectF& column) const;
    QRectF columnOf(size_t box) const;
    const SessionBox* boxAt(const QPoint& position) const;
    double yOf(double value) const;

    SessionBoxes m_boxes;
    QtCharts::QValueAxis *m_xAxis, *m_yAxis;
    int m_selected = -1;
};

}  // namespace views
