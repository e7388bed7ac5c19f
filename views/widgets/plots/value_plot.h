// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ValuePlot: the histogram of a tensor's values with its ends, zero, mean and deviation in words;
// hovering tells a bin.

#include "types/value_histogram.h"
#include "views/widgets/plots/canvas_plot.h"

namespace views {

class ValuePlot : public CanvasPlot {
    Q_OBJECT

public:
    /// `title`: "T4 weights", ...
    ValuePlot(const QString& title, types::ValueHistogram histogram, QWidget* parent = nullptr);

    const types::ValueHistogram& histogram() const { return m_histogram; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paint(QPainter& painter) override;
    QString tipAt(const QPoint& position) override;

private:
    QRectF area() const;
    QString summary() const;
    double end() const;

    QString m_title;
    types::ValueHistogram m_histogram;
};

}  // namespace views
