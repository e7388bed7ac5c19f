// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/graph_camera.h"

#include <algorithm>

namespace views {
namespace {

/// Pixels around a picture that fits, around what is brought into view, and of the picture that are
/// in view wherever it is moved.
constexpr double kPictureMargin = 20, kRoom = 64, kAlwaysShown = 80;
/// Text is readable at this zoom and above.
constexpr double kReadable = 0.6;

/// Keeps `least` of one axis in view; in the same unit as the sizes.
double boundedAlong(double centre, double size, double view, double least) {
    const double kept = std::min({least, size, view});
    return std::clamp(centre, kept - view / 2, size - kept + view / 2);
}

double movedInto(double centre, double view, double low, double high) {
    if (high - low > view) return (low + high) / 2;
    return std::clamp(centre, high - view / 2, low + view / 2);
}

}  // namespace

void GraphCamera::setWorld(const QSizeF& world, double boxHeight) {
    m_world = world;
    m_boxHeight = boxHeight;
}

QPointF GraphCamera::toView(const QPointF& world) const {
    return (world - m_centre) * m_zoom + QPointF(m_view.width(), m_view.height()) / 2;
}

QPointF GraphCamera::toWorld(const QPointF& view) const {
    return (view - QPointF(m_view.width(), m_view.height()) / 2) / m_zoom + m_centre;
}

QRectF GraphCamera::visible() const {
    return {toWorld({0, 0}), toWorld({m_view.width(), m_view.height()})};
}

bool GraphCamera::showsAll() const {
    return visible().adjusted(-1, -1, 1, 1).contains(QRectF({0, 0}, m_world));
}

double GraphCamera::wholeZoom() const {
    return std::min(
        std::max(1.0, m_view.width() - 2 * kPictureMargin) / std::max(1.0, m_world.width()),
        std::max(1.0, m_view.height() - 2 * kPictureMargin) / std::max(1.0, m_world.height()));
}

double GraphCamera::leastZoom() const {
    return std::min(1.0, std::max(wholeZoom(), kLeastBoxPixels / m_boxHeight));
}

QPointF GraphCamera::bounded(const QPointF& centre, double zoom) const {
    const double least = kAlwaysShown / zoom;
    return {boundedAlong(centre.x(), m_world.width(), m_view.width() / zoom, least),
            boundedAlong(centre.y(), m_world.height(), m_view.height() / zoom, least)};
}

void GraphCamera::set(double zoom, const QPointF& centre) {
    m_zoom = std::clamp(zoom, leastZoom(), kMostZoom);
    m_centre = bounded(centre, m_zoom);
}

void GraphCamera::zoomBy(double factor, const QPointF& anchor) {
    const QPointF kept = toWorld(anchor);
    m_zoom = std::clamp(m_zoom * factor, leastZoom(), kMostZoom);
    m_centre = bounded(m_centre + kept - toWorld(anchor), m_zoom);
}

void GraphCamera::panBy(const QPointF& pixels) {
    m_centre = bounded(m_centre - pixels / m_zoom, m_zoom);
}

GraphCamera::Place GraphCamera::fromTop(double zoom) const {
    return {zoom, {m_world.width() / 2, (m_view.height() / 2 - kPictureMargin) / zoom}};
}

GraphCamera::Place GraphCamera::fitting() const {
    const double whole = std::min(1.0, wholeZoom());
    if (whole >= leastZoom()) return {whole, {m_world.width() / 2, m_world.height() / 2}};
    return fromTop(leastZoom());
}

GraphCamera::Place GraphCamera::beginning() const {
    if (wholeZoom() >= kReadable) return fitting();
    const double wide = (m_view.width() - 2 * kPictureMargin) / std::max(1.0, m_world.width());
    return fromTop(std::clamp(wide, kReadable, 1.0));
}

GraphCamera::Place GraphCamera::showing(const QRectF& rect) const {
    const double zoom = std::max(m_zoom, kReadable);
    // Seen from nearby, a small move keeps the surroundings; else the rectangle comes to the
    // middle.
    const double room = std::min(kRoom, std::min(m_view.width(), m_view.height()) / 6) / zoom;
    const QRectF wanted = rect.adjusted(-room, -room, room, room);
    const QSizeF view = m_view / zoom;
    const bool isFar = !visible()
                            .adjusted(-view.width(), -view.height(), view.width(), view.height())
                            .intersects(wanted);
    if (isFar || zoom != m_zoom) return {zoom, rect.center()};
    return {zoom,
            {movedInto(m_centre.x(), view.width(), wanted.left(), wanted.right()),
             movedInto(m_centre.y(), view.height(), wanted.top(), wanted.bottom())}};
}

}  // namespace views
