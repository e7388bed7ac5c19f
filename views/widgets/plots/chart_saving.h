// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Saves a chart as PNG (twice the size on screen, for print) or SVG (vectors); a widget paints it
// at the given size.

#include <QPainter>
#include <QSize>
#include <QString>
#include <QWidget>
#include <functional>

class QMenu;

namespace views {

struct ChartPicture {
    QSize size;
    QColor ground;
    std::function<void(QPainter&)> paint;
};

/// Writes by the extension of `path` (.svg, else PNG). Returns false where the file cannot be
/// written.
bool saveChart(const ChartPicture& picture, const QString& path);

/// Adds the actions that every chart's context menu has to one that has others, too.
void addChartActions(QMenu& menu, QWidget* chart, const QString& name, const ChartPicture& picture);

/// The context menu of every chart.
void showChartMenu(QWidget* chart, const QPoint& globalPosition, const QString& name,
                   const ChartPicture& picture);

}  // namespace views
