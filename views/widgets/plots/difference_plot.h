// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DifferencePlot: the difference of each row in per cent with its interval, zero in the middle and
// the band of negligible differences. Filled: significant.

#include "types/session_comparison.h"
#include "views/widgets/plots/column_plot.h"

namespace views {

class DifferencePlot : public ColumnPlot {
    Q_OBJECT

public:
    explicit DifferencePlot(QWidget* parent = nullptr);

    void setComparison(const types::SessionComparison& comparison);

protected:
    void paintBehind(QPainter& painter) override;
    void paintOver(QPainter& painter) override;

private:
    void paintInterval(QPainter& painter, const types::ComparedRow& row, double x,
                       double cap) const;

    std::vector<types::ComparedRow> m_rows;
    double m_minimumEffect = 0;
};

}  // namespace views
