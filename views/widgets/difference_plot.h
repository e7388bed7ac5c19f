// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DifferencePlot: the difference of each row in per cent with its interval, zero in the middle and
// the band of differences that are too small to matter. Filled: significant.

#include "types/session_comparison.h"
#include "views/widgets/plot_view.h"

namespace views {

class DifferencePlot : public PlotView {
    Q_OBJECT

public:
    explicit DifferencePlot(QWidget* parent = nullptr);

    void setComparison(const types::SessionComparison& comparison);

protected:
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QRectF columnOf(size_t row) const;
    double yOf(double percent) const;

    std::vector<types::ComparedRow> m_rows;
    double m_minimumEffect = 0;
    QtCharts::QValueAxis *m_xAxis, *m_yAxis;
};

}  // namespace views
