// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Saving a chart: as PNG (twice the size on screen, for print) or as SVG (vectors), of whatever a
// widget can paint into a given size.

#include <QPainter>
#include <QSize>
#include <QString>
#include <QWidget>
#include <functional>

namespace views {

struct ChartPicture {
    QSize size;
    QColor ground;
    std::function<void(QPainter&)> paint;
};

/// Writes by the ending of `path` (.svg, else PNG). False where the file cannot be written.
bool saveChart(const ChartPicture& picture, const QString& path);

/// The context menu of every chart.
void showChartMenu(QWidget* chart, const QPoint& globalPosition, const QString& name,
                   const ChartPicture& picture);

}  // namespace views
