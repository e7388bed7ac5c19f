// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DiffPlot: one metric of the matched layers: two bars per match, the baseline's and the
// candidate's, in the order of the document. The side in front is filled, the other an outline. A
// click picks a match, the arrow keys move.

#include "types/model_diff.h"
#include "views/models/diff_cards.h"
#include "views/models/diff_rows_model.h"
#include "views/widgets/plots/canvas_plot.h"

namespace views {

class DiffPlot : public CanvasPlot {
    Q_OBJECT

public:
    explicit DiffPlot(QWidget* parent = nullptr);

    void setDiff(types::ModelDiffPtr diff);
    void setMetric(Metric metric);
    void setFront(DiffFront front);
    /// Index of the picked match; -1: none.
    void setPicked(int row);

    QSize minimumSizeHint() const override { return {240, 120}; }

signals:
    void rowClicked(int row);

protected:
    void paint(QPainter& painter) override;
    QString tipAt(const QPoint& position) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF area() const;
    double axisWidth() const;
    int rows() const { return m_diff ? static_cast<int>(m_diff->layers.size()) : 0; }
    int rowAt(const QPoint& position) const;
    double valueOf(int row, DiffFront side) const;
    void paintAxis(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void findLargest();

    types::ModelDiffPtr m_diff;
    Metric m_metric = Metric::Macs;
    DiffFront m_front = DiffFront::Candidate;
    double m_largest = 0;
    int m_picked = -1;
};

}  // namespace views
