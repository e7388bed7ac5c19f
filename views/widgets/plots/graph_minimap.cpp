// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/graph_minimap.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

#include "views/widgets/plots/graph_view.h"

namespace views {
namespace {

/// Of the picture, where the map has room for that.
constexpr double kScale = 0.13;
constexpr double kWidest = 130, kNarrowest = 32, kInset = 6, kFromEdge = 10;
constexpr double kLeastMark = 2;

}  // namespace

GraphMinimap::GraphMinimap(GraphView& view) : QWidget(&view), m_view(view) {
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Map of the graph"));
    setToolTip(tr("The whole graph; a click goes there"));
    hide();
}

void GraphMinimap::drawAnew() {
    m_picture = {};
    place();
}

void GraphMinimap::place() {
    const QSizeF world = m_view.camera().world();
    const double tallest = std::max(60.0, m_view.height() - 2 * kFromEdge);
    const double width = std::clamp(world.width() * kScale, kNarrowest, kWidest) + 2 * kInset;
    const double height =
        std::min(std::max(world.height() * kScale, kNarrowest) + 2 * kInset, tallest);
    setGeometry(int(m_view.width() - width - kFromEdge), int(kFromEdge), int(width), int(height));
    m_picture = {};
    follow();
}

void GraphMinimap::follow() {
    setVisible(m_view.picture() && !m_view.camera().showsAll() && m_view.width() > 320);
    update();
}

QSizeF GraphMinimap::scale() const {
    const QSizeF world = m_view.camera().world();
    return {(width() - 2 * kInset) / std::max(1.0, world.width()),
            (height() - 2 * kInset) / std::max(1.0, world.height())};
}

QRectF GraphMinimap::mapped(const QRectF& world) const {
    const QSizeF by = scale();
    return {kInset + world.x() * by.width(), kInset + world.y() * by.height(),
            world.width() * by.width(), world.height() * by.height()};
}

/// What stands out is drawn last, so that it is seen where boxes share a pixel.
void GraphMinimap::render() {
    m_picture = QPixmap(size() * devicePixelRatioF());
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    const QColor ground = palette().color(QPalette::Window);
    const QColor unknown = mixed(ground, palette().color(QPalette::WindowText), 0.25);
    std::vector<std::pair<double, int>> boxes;
    for (int box = 0; box < int(m_view.m_picture->drawn().boxes.size()); ++box) {
        const auto index = static_cast<size_t>(box);
        const bool isKnown = index < m_view.m_readings.size() && m_view.m_readings[index].value;
        const double share = isKnown ? m_view.m_scale.shareOf(*m_view.m_readings[index].value) : -1;
        boxes.emplace_back(share, box);
    }
    std::ranges::stable_sort(boxes, {}, [](const auto& entry) { return entry.first; });
    for (const auto& [share, box] : boxes) {
        QRectF rect = mapped(m_view.rectOf(box));
        rect.setWidth(std::max(rect.width(), kLeastMark));
        rect.setHeight(std::max(rect.height(), 1.0));
        const QColor fill = m_view.fillOf(box);
        painter.fillRect(rect, fill.isValid() ? mixed(unknown, fill, 0.9) : unknown);
    }
}

void GraphMinimap::paintEvent(QPaintEvent*) {
    if (!m_view.m_picture) return;
    if (m_picture.isNull()) render();
    QPainter painter(this);
    QColor ground = palette().color(QPalette::Window);
    ground.setAlphaF(0.94);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(lineColor(palette()));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.drawPixmap(0, 0, m_picture);
    const auto mark = [&](int box, const QColor& color) {
        const QPointF middle = mapped(m_view.rectOf(box)).center();
        painter.fillRect(QRectF(kInset - 2, middle.y() - 1, width() - 2 * kInset + 4, 2), color);
    };
    for (int box : m_view.m_found)
        mark(box, warningColor(palette()));
    if (m_view.m_current >= 0) mark(m_view.m_current, accentColor(palette()));
    QRectF shown = mapped(m_view.camera().visible()) & QRectF(rect()).adjusted(2, 2, -2, -2);
    if (shown.height() < 6) shown.adjust(0, -3, 0, 3);
    QColor veil = accentColor(palette());
    painter.setPen(QPen(veil, 1.5));
    veil.setAlphaF(0.12);
    painter.setBrush(veil);
    painter.drawRoundedRect(shown, 2, 2);
}

void GraphMinimap::goTo(const QPointF& position) {
    const QSizeF by = scale();
    m_view.stopGliding();
    m_view.m_camera.set(m_view.m_camera.zoom(), {(position.x() - kInset) / by.width(),
                                                 (position.y() - kInset) / by.height()});
    m_view.moved();
}

void GraphMinimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) goTo(event->localPos());
}

void GraphMinimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) goTo(event->localPos());
}

/// Zooms at the middle of what is in view.
void GraphMinimap::wheelEvent(QWheelEvent* event) {
    if (event->angleDelta().y() != 0)
        m_view.zoomAtMiddle(event->angleDelta().y() > 0 ? 1.15 : 1 / 1.15);
    event->accept();
}

}  // namespace views
