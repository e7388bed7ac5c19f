// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ParallelPlot: every point of a PointLens as a line over the lens' axes (parallel coordinates). A
// missing value lies on a tick below its axis. Lit lines are coloured, others grey; more than 500
// are drawn as density. The shown and the picked variation are drawn on top.
//
// The mouse: a drag along an axis brushes it, a drag of the brush moves it or one end, a click
// removes it; a drag of a name moves the axis, a click on it turns the axis round; the context menu
// has scale, range, best values, and further axes. A click on a line picks it.
//
// Speed: heights are kept per point and axis, and between two axes every pair of steps is drawn
// once, with the number of its lines; the lines of all points stay while a brush moves.

#include <functional>

#include "views/models/point_axis.h"
#include "views/widgets/plots/canvas_plot.h"

namespace views {

class HeatImage;

class ParallelPlot : public CanvasPlot {
    Q_OBJECT

public:
    explicit ParallelPlot(PointLens& lens, QWidget* parent = nullptr);

    /// Rows of the shown and of the picked variation; -1: none.
    void setPicked(int shown, int picked);

    /// Row whose line is within reach of a place, lit ones only; -1: none.
    int rowAt(const QPoint& position);
    /// Where the line of a row crosses an axis; for tests and tools.
    QPointF placeOf(int row, int axis);
    /// The area of the axes.
    QRectF area();

    QSize minimumSizeHint() const override { return {240, 160}; }

signals:
    void rowClicked(int row);
    void rowOpened(int row);

protected:
    void paint(QPainter& painter) override;
    QString tipAt(const QPoint& position) override;
    void addOwnActions(QMenu& menu, const QPoint& position) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    enum class Drag { None, NewBrush, Move, Low, High, Name };
    enum class Which { All, Lit };

    void refreshAll();
    void refreshLit();
    void prepare();
    void layOut();
    void placeHeights();
    QPixmap drawLines(Which which) const;
    QImage densityImage(Which which) const;
    void addDensity(HeatImage& heat, Which which, int axis, double scale) const;
    bool isDrawn(int row, Which which) const;
    bool areAllLit() const { return static_cast<int>(m_lens.lit().size()) == m_lens.shownCount(); }
    bool isDense() const { return m_lens.shownCount() > kMostLines; }

    int axisCount() const { return static_cast<int>(m_axes.size()); }
    double xOf(int axis) const;
    /// 0 at the bottom of the axis, 1 at its top; below 0 for missing values.
    double heightOf(int axis, double value) const;
    double yOf(double height) const;
    double valueAtY(int axis, double y) const;
    /// The axis at this place, within reach; -1: none.
    int axisAt(const QPoint& position) const;
    int nameAt(const QPoint& position) const;
    QPolygonF lineOf(int row) const;

    void startBrush(int axis, const QPoint& position);
    void dragBrush(const QPoint& position);
    void moveAxis(const QPoint& position);
    void change(int axis, const std::function<void(AxisSetting&)>& edit);
    void addAxisActions(QMenu& menu, int axis);
    void addFurtherAxes(QMenu& menu);
    void askRange(int axis);

    void paintLines(QPainter& painter, Which which) const;
    void paintAxis(QPainter& painter, int axis) const;
    void paintTicks(QPainter& painter, int axis) const;
    void paintName(QPainter& painter, int axis) const;
    void paintBrush(QPainter& painter, int axis) const;
    void paintPicked(QPainter& painter, int row, const QColor& color, double width) const;

    /// More lines are drawn as density.
    static constexpr int kMostLines = 500;

    PointLens& m_lens;
    std::vector<PointAxis> m_axes;
    std::vector<std::vector<float>> m_heights;  ///< by axis and row
    QRectF m_area;
    QPixmap m_all, m_lit;  ///< of lines, or of density, which is scaled
    double m_ratio = 0;    ///< pixels of the screen for one of the widget, when they were drawn
    bool m_isStale = true, m_isAllStale = true, m_isLitStale = true;
    quint64 m_shownRevision = 0;
    int m_shown = -1, m_picked = -1, m_hovered = -1;
    Drag m_drag = Drag::None;
    int m_dragAxis = -1;
    QPoint m_dragStart;
    double m_grip = 0;  ///< where a brush that moves was taken, above its low end
};

}  // namespace views
