// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TradeoffPlot: the points of a PointLens in two columns. Hollow marker with a bar: predicted, with
// its band; filled: exact; diamond: trained; grey: outside of brushes and limits. Thousands of
// points are drawn as density. The Pareto front is a line, the shown variation has a ring.
//
// The mouse: a click picks a point, a double click opens it; a drag over the plot brushes both
// axes, a double click beside all points removes these brushes; the handle at the end of each axis
// is dragged to set a limit, beyond which the plot is shaded.
//
// Speed: points are drawn into a pixmap when something changes; moving the mouse paints only what
// lies above it.

#include "views/models/point_axis.h"
#include "views/models/point_grid.h"
#include "views/widgets/plots/canvas_plot.h"

namespace views {

class TradeoffPlot : public CanvasPlot {
    Q_OBJECT

public:
    explicit TradeoffPlot(PointLens& lens, QWidget* parent = nullptr);

    /// Rows of the shown and of the picked variation; -1: none.
    void setPicked(int shown, int picked);
    /// Largest values that fit the board; shaded beyond.
    void setBoardLimits(const std::optional<double>& x, const std::optional<double>& y);
    /// Marked with their numbers.
    void setSuggestions(std::vector<Suggestion> suggestions);

    /// Row of the point within reach of a place; -1: none.
    int rowAt(const QPoint& position);
    /// Where the row's point lies; for tests and tools.
    QPointF placeOf(int row);
    /// Tip of the handle of an axis' limit.
    QPointF handleAt(bool isX) const;

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
    enum class Drag { None, Brush, LimitX, LimitY };
    /// What differs between the two axes.
    struct Side {
        const PointAxis& axis;
        const AxisSetting& setting;
        const PointColumn& column;
        std::optional<double> limit, board;
    };

    void refresh();
    /// Axes, positions and the pixmap for the present size, where something changed.
    void prepare();
    void layOut();
    void placePoints();
    void drawCloud();
    bool isDense() const { return m_lens.shownCount() > kMostMarkers; }
    bool showsBands() const { return m_lens.shownCount() <= kMostBands; }

    Side side(bool isX) const;
    QPointF positionOf(double x, double y) const;
    bool isAtHandle(bool isX, const QPoint& position) const;
    void dragLimit(bool isX, const QPoint& position);
    void brushArea(const QRectF& area);
    void clearPlotBrushes();

    QImage densityImage(double scale) const;
    void paintMarkers(QPainter& painter) const;
    void paintMarker(QPainter& painter, int row) const;
    void paintBands(QPainter& painter, int row) const;
    std::vector<QLineF> bandsOf(int row) const;
    void paintBeyond(QPainter& painter, bool isX, double limit, const QString& words) const;
    void paintLimits(QPainter& painter) const;
    void paintBrushes(QPainter& painter) const;
    void paintHandle(QPainter& painter, bool isX) const;
    void paintFront(QPainter& painter) const;
    void paintRings(QPainter& painter) const;
    void paintSuggestions(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    std::vector<int> namedRows() const;

    static bool isPlaced(const QPointF& place) { return place.x() == place.x(); }  // not NaN

    static constexpr double kHandle = 7;  ///< half the width of a limit's handle
    /// More points are drawn as density, without bands beyond the smaller number.
    static constexpr int kMostMarkers = 2000, kMostBands = 300;

    PointLens& m_lens;
    PointAxis m_x, m_y;
    QRectF m_area;
    std::vector<QPointF> m_places;  ///< by row; NaN: not drawn
    PointGrid m_grid;
    QPixmap m_cloud;     ///< of markers, or of density, which is scaled
    double m_ratio = 0;  ///< pixels of the screen for one of the widget, when it was drawn
    bool m_isStale = true;
    int m_shown = -1, m_picked = -1, m_hovered = -1;
    std::optional<double> m_boardX, m_boardY;
    std::vector<Suggestion> m_suggestions;
    Drag m_drag = Drag::None;
    QPoint m_dragStart, m_dragEnd;
};

}  // namespace views
