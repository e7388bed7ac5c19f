// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerPlot: one bar per layer, coloured by operator class, with the predicted band as a whisker
// and the original's value as a hair line. A click in a column picks the layer; with Ctrl it is
// added to the picked ones.

#include "views/models/layer_bars.h"
#include "views/widgets/plots/plot_view.h"

namespace QtCharts {
class QStackedBarSeries;
}  // namespace QtCharts

namespace views {

class LayerPlot : public PlotView {
    Q_OBJECT

public:
    explicit LayerPlot(QWidget* parent = nullptr);

    void setBars(LayerBars bars);
    /// The picked layers; the arrow keys move from `current`.
    void setSelectedLayers(const std::vector<int>& layers, int current);
    const LayerBars& bars() const { return m_bars; }

signals:
    /// `isAdding`: with Ctrl, the layer is added to the picked ones or removed.
    void layerClicked(int layer, bool isAdding);

protected:
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuildSeries();
    void fitTicks();
    int layerAt(const QPoint& position) const;
    QRectF columnOf(int layer) const;
    double yOf(double value) const;

    LayerBars m_bars;
    QtCharts::QStackedBarSeries* m_series = nullptr;
    QtCharts::QValueAxis* m_xAxis;
    QtCharts::QValueAxis* m_yAxis;
    std::vector<int> m_selected;
    int m_current = -1;
};

}  // namespace views
