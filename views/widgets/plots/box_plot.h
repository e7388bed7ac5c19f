// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoxPlot: the layers of a session as box plots: median, quartiles, whiskers to the farthest sample
// within 1.5 interquartile ranges, and outliers as dots, or as an arrow above the axis.

#include "views/models/session_boxes.h"
#include "views/widgets/plots/column_plot.h"

namespace views {

class BoxPlot : public ColumnPlot {
    Q_OBJECT

public:
    explicit BoxPlot(QWidget* parent = nullptr);

    void setBoxes(SessionBoxes boxes);

protected:
    void paintOver(QPainter& painter) override;

private:
    void paintBox(QPainter& painter, const SessionBox& box, const QRectF& column) const;
    void paintBeyond(QPainter& painter, double x) const;

    SessionBoxes m_boxes;
};

}  // namespace views
