// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GraphCamera: the part of a picture that a view shows: world coordinates are those of the picture,
// view coordinates pixels of the widget. Keeps some of the picture in view.

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace views {

class GraphCamera {
public:
    static constexpr double kMostZoom = 3;
    /// Boxes smaller than this many pixels could not be told apart.
    static constexpr double kLeastBoxPixels = 5;

    void setView(const QSizeF& view) { m_view = view; }
    /// `boxHeight`: of a usual box, which limits how small the picture gets.
    void setWorld(const QSizeF& world, double boxHeight);

    double zoom() const { return m_zoom; }
    /// World position in the middle of the view.
    QPointF centre() const { return m_centre; }
    QSizeF world() const { return m_world; }

    QPointF toView(const QPointF& world) const;
    QPointF toWorld(const QPointF& view) const;
    QRectF visible() const;
    bool showsAll() const;

    void set(double zoom, const QPointF& centre);
    /// The world position under `anchor`, a view position, stays where it is.
    void zoomBy(double factor, const QPointF& anchor);
    void panBy(const QPointF& pixels);

    struct Place {
        double zoom;
        QPointF centre;
    };
    /// All of the picture; where boxes would become too small, its width, from the top.
    Place fitting() const;
    /// Readable boxes: all of the picture where it fits, else its top.
    Place beginning() const;
    /// The least move after which `rect` is in view with some room around.
    Place showing(const QRectF& rect) const;

private:
    double leastZoom() const;
    QPointF bounded(const QPointF& centre, double zoom) const;
    double wholeZoom() const;
    Place fromTop(double zoom) const;

    QSizeF m_view{1, 1}, m_world{1, 1};
    double m_boxHeight = 44;
    double m_zoom = 1;
    QPointF m_centre;
};

}  // namespace views
