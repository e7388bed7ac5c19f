// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PlotView: base of our charts that hides Qt Charts: colours from the palette, a light grid, hooks
// to paint behind and over the series, saving, dimming.

#include <QtCharts/QChartView>
#include <QtCharts/QValueAxis>

#include "views/number_format.h"

namespace views {

class PlotView : public QtCharts::QChartView {
    Q_OBJECT

public:
    explicit PlotView(const QString& name, QWidget* parent = nullptr);

    void setDimmed(bool dimmed);

protected:
    /// Painted in the chart's coordinates, under and over the series.
    virtual void paintBehind(QPainter&) {}
    virtual void paintOver(QPainter&) {}
    /// Called when the palette changes and before the first show.
    virtual void applyColors();

    /// Adds axes to a plot that paints its contents itself.
    void addAxes(QtCharts::QValueAxis* x, QtCharts::QValueAxis* y);
    QRectF plotArea() const { return chart()->plotArea(); }
    void styleAxis(QtCharts::QAbstractAxis* axis) const;

    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    QString m_name;
};

/// Sets range and ticks of `axis` to round numbers that contain 0..largest.
void setRoundRange(QtCharts::QValueAxis* axis, double lowest, double largest);

}  // namespace views
