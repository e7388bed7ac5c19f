// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphView: the drawing of a model, to walk through: the wheel zooms at the pointer, dragging
// moves, a click picks, a double click unfolds or folds a repeated block. Arrow keys walk along the
// edges, + and - zoom, 0 shows everything. Only what is in view is painted, with as much detail as
// can be seen. A map beside it shows where one is.

#include <QVariantAnimation>
#include <memory>
#include <set>
#include <vector>

#include "views/models/band_index.h"
#include "views/models/graph_picture.h"
#include "views/models/heat_scale.h"
#include "views/widgets/plots/canvas_plot.h"
#include "views/widgets/plots/graph_camera.h"

namespace views {

class GraphMinimap;

class GraphView : public CanvasPlot {
    Q_OBJECT

public:
    explicit GraphView(QWidget* parent = nullptr);

    /// Null: `message` instead of a picture. Where box `held` of the old picture is box `heldNow`
    /// of the new one, it stays at its place; with -1 the view starts at the beginning, unless
    /// the picture has the size of the one before.
    void setPicture(GraphPicturePtr picture, const QString& message, int held = -1,
                    int heldNow = -1);
    /// Colours and figures of the boxes.
    void setReadings(std::vector<Reading> readings, const HeatScale& scale);
    /// The box that keys start from; -1: none. `picked`: all picked boxes.
    void setCurrent(int box, std::set<int> picked);
    /// Boxes found by a search.
    void setFound(std::set<int> boxes);
    void bringIntoView(int box);

    const GraphPicturePtr& picture() const { return m_picture; }
    int current() const { return m_current; }
    const GraphCamera& camera() const { return m_camera; }
    int boxAt(const QPointF& position) const;
    QSize minimumSizeHint() const override { return {240, 200}; }

public slots:
    void showAll();
    void zoomIn() { zoomAtMiddle(1.25); }
    void zoomOut() { zoomAtMiddle(0.8); }

signals:
    void boxPicked(int box, bool isAdding);
    /// A block or round is to be unfolded, or folded again.
    void foldRequested(types::Unfolded what, bool isUnfolded);
    void cameraMoved();

protected:
    void paint(QPainter& painter) override;
    QString tipAt(const QPoint& position) override;
    void addOwnActions(QMenu& menu, const QPoint& position) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    friend class GraphMinimap;

    QRectF rectOf(int box) const;
    QRectF handleOf(const types::DrawnFrame& frame) const;
    int frameHandleAt(const QPointF& position) const;
    QColor fillOf(int box) const;
    void indexPicture();
    void glideTo(const GraphCamera::Place& place);
    void stopGliding();
    void moved();
    void zoomAtMiddle(double factor);
    void walk(int key);
    void pick(int box, bool isAdding);
    void toggleFold(int box);
    bool isShortcutOfOurs(const QKeyEvent& event) const;
    void speak();

    void paintMessage(QPainter& painter) const;
    void paintFrames(QPainter& painter) const;
    void paintFrameText(QPainter& painter, const types::DrawnFrame& frame,
                        const QRectF& rect) const;
    void paintCallers(QPainter& painter) const;
    void paintLines(QPainter& painter) const;
    void paintLineEnds(QPainter& painter, const std::vector<int>& lines) const;
    void paintLineTexts(QPainter& painter, const std::vector<int>& lines) const;
    void paintBoxes(QPainter& painter) const;
    void paintBox(QPainter& painter, int box) const;
    void paintBoxText(QPainter& painter, int box, const QRectF& rect, const QColor& ink) const;
    void paintMarks(QPainter& painter) const;
    std::vector<int> linesInView() const;

    GraphPicturePtr m_picture;
    QString m_message;
    std::vector<Reading> m_readings;
    HeatScale m_scale;
    std::vector<QColor> m_fills;  ///< per box
    BandIndex m_boxes, m_lines;
    int m_current = -1;
    std::set<int> m_picked, m_found;
    GraphCamera m_camera;
    bool m_hasPlace = false;  ///< the camera was set for this picture
    GraphMinimap* m_map;
    QVariantAnimation m_gliding;
    QPointF m_pressedAt, m_draggedFrom;
    bool m_isPressed = false, m_isDragging = false;
};

}  // namespace views
