// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ColumnPlot: a plot with one column per layer that subclasses paint, and the layer's number below
// it. A click picks the layer, the picked one has a coloured background, and hovering shows a tool
// tip.

#include <vector>

#include "views/models/selection.h"
#include "views/widgets/plots/plot_view.h"

namespace views {

class ColumnPlot : public PlotView {
    Q_OBJECT

public:
    void setSelectedLayer(int layer);
    /// Links the plot to the selection: a click picks the layer, and the picked one is shown.
    void follow(Selection& selection);

signals:
    void layerClicked(int layer);

protected:
    struct ColumnFacts {
        int layer = -1;  ///< -1: the column is no layer
        QString toolTip;
    };

    ColumnPlot(const QString& name, QWidget* parent);

    void setColumns(std::vector<ColumnFacts> columns);
    QtCharts::QValueAxis& yAxis() const { return *m_yAxis; }
    QRectF columnOf(size_t index) const;
    double yOf(double value) const;
    /// Where columns are narrow, only every tenth is numbered.
    void paintNumber(QPainter& painter, size_t index) const;

    void paintBehind(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    /// Null where there is no column.
    const ColumnFacts* columnAt(const QPoint& position) const;

    std::vector<ColumnFacts> m_columns;
    int m_selected = -1;
    QtCharts::QValueAxis *m_xAxis, *m_yAxis;
};

}  // namespace views
