// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ColumnPlot: a plot with a column per layer that its heirs paint themselves, and the layer's
// number below it.

#include "views/widgets/plot_view.h"

namespace views {

class ColumnPlot : public PlotView {
    Q_OBJECT

protected:
    ColumnPlot(const QString& name, QWidget* parent);

    void setColumns(size_t count);
    QtCharts::QValueAxis& yAxis() const { return *m_yAxis; }
    QRectF columnOf(size_t index) const;
    double yOf(double value) const;
    /// Where columns are narrow, every tenth is named.
    void paintNumber(QPainter& painter, size_t index, int layer) const;

private:
    size_t m_count = 0;
    QtCharts::QValueAxis *m_xAxis, *m_yAxis;
};

}  // namespace views
