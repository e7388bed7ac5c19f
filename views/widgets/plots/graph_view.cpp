// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/graph_view.h"

#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "views/widgets/plots/graph_minimap.h"

namespace views {
namespace {

constexpr int kGlideMs = 180;
constexpr double kHandle = 16;

}  // namespace

GraphView::GraphView(QWidget* parent)
    : CanvasPlot(QStringLiteral("graph"), parent), m_map(new GraphMinimap(*this)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Graph of the model"));
    setAccessibleDescription(
        tr("Arrow keys walk along the edges and to the neighbours, Enter unfolds a repeated block, "
           "plus and minus zoom, 0 shows everything"));
    m_gliding.setStartValue(0.0);
    m_gliding.setEndValue(1.0);
    m_gliding.setEasingCurve(QEasingCurve::OutCubic);
    connect(this, &GraphView::cameraMoved, m_map, &GraphMinimap::follow);
    connect(this, &GraphView::cameraMoved, this, qOverload<>(&QWidget::update));
}

void GraphView::setPicture(GraphPicturePtr picture, const QString& message, int held, int heldNow) {
    stopGliding();
    const bool wasShown = m_picture && m_hasPlace;
    const QPointF before = wasShown && held >= 0 ? rectOf(held).center() : QPointF();
    const QSizeF oldWorld = m_camera.world();
    const bool isHeld = wasShown && held >= 0 && heldNow >= 0;
    m_picture = std::move(picture);
    m_message = message;
    m_current = -1;
    m_picked.clear();
    m_found.clear();
    m_readings.clear();
    m_fills.clear();
    if (m_picture) {
        const types::DrawnGraph& drawn = m_picture->drawn();
        const QSizeF world(double(drawn.width), double(drawn.height));
        m_camera.setWorld(world, 44);
        m_hasPlace = isHeld || (wasShown && world == oldWorld);
        if (isHeld)
            m_camera.set(m_camera.zoom(), m_camera.centre() + rectOf(heldNow).center() - before);
    }
    indexPicture();
    if (m_picture && !m_hasPlace && width() > 1) {
        const GraphCamera::Place place = m_camera.beginning();
        m_camera.set(place.zoom, place.centre);
        m_hasPlace = isVisible();
    }
    m_map->drawAnew();
    emit cameraMoved();
}

void GraphView::indexPicture() {
    m_boxes = {};
    m_lines = {};
    if (!m_picture) return;
    const types::DrawnGraph& drawn = m_picture->drawn();
    for (int box = 0; box < int(drawn.boxes.size()); ++box)
        m_boxes.add(box, std::max(0.0, rectOf(box).top()), rectOf(box).bottom());
    for (int i = 0; i < int(drawn.lines.size()); ++i) {
        const types::DrawnLine& line = drawn.lines[size_t(i)];
        double top = rectOf(line.from).bottom(), bottom = rectOf(line.to).top();
        if (!line.route.empty()) {
            top = double(line.route.front().y);
            bottom = double(line.route.back().y);
        }
        m_lines.add(i, std::max(0.0, std::min(top, bottom)), std::max(top, bottom));
    }
}

void GraphView::setReadings(std::vector<Reading> readings, const HeatScale& scale) {
    m_readings = std::move(readings);
    m_scale = scale;
    m_fills.clear();
    for (const Reading& reading : m_readings)
        m_fills.push_back(reading.value ? m_scale.colorOf(*reading.value, palette()) : QColor());
    m_map->drawAnew();
    update();
}

void GraphView::setCurrent(int box, std::set<int> picked) {
    m_current = box;
    m_picked = std::move(picked);
    speak();
    m_map->update();
    update();
}

void GraphView::setFound(std::set<int> boxes) {
    m_found = std::move(boxes);
    m_map->update();
    update();
}

/// Screen readers hear the current box as the name of the view.
void GraphView::speak() {
    QString name = tr("Graph of the model");
    if (m_picture && m_current >= 0) {
        const BoxText& text = m_picture->text(m_current);
        name += ": " + text.title + ", " + text.subtitle;
        const auto box = static_cast<size_t>(m_current);
        if (box < m_readings.size() && m_readings[box].value)
            name += ", " + info(m_scale.metric()).name + ' ' +
                    describe(m_scale.metric(), m_readings[box]);
    }
    if (name == accessibleName()) return;
    setAccessibleName(name);
    QAccessibleEvent changed(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

QRectF GraphView::rectOf(int box) const {
    const types::DrawnBox& drawn = m_picture->box(box);
    return {double(drawn.centre.x - drawn.width / 2), double(drawn.centre.y - drawn.height / 2),
            double(drawn.width), double(drawn.height)};
}

int GraphView::boxAt(const QPointF& position) const {
    if (!m_picture) return -1;
    const QPointF world = m_camera.toWorld(position);
    int found = -1;
    m_boxes.each(world.y(), world.y(), [&](int box) {
        if (rectOf(box).contains(world)) found = box;
    });
    return found;
}

/// In view coordinates, of the same size at every zoom.
QRectF GraphView::handleOf(const types::DrawnFrame& frame) const {
    const QPointF corner =
        m_camera.toView({double(frame.left) + double(frame.width), double(frame.top)});
    return {corner.x() - kHandle - 3, corner.y() + 3, kHandle, kHandle};
}

int GraphView::frameHandleAt(const QPointF& position) const {
    if (!m_picture) return -1;
    const auto& frames = m_picture->drawn().frames;
    for (int i = int(frames.size()) - 1; i >= 0; --i)
        if (!frames[size_t(i)].isSubgraph && handleOf(frames[size_t(i)]).contains(position))
            return i;
    return -1;
}

QString GraphView::tipAt(const QPoint& position) {
    if (!m_picture || m_isDragging) return {};
    if (frameHandleAt(position) >= 0) return tr("Fold this block");
    const int box = boxAt(position);
    if (box < 0) return {};
    const auto index = static_cast<size_t>(box);
    return m_picture->toolTip(box, index < m_readings.size() ? m_readings[index] : Reading(),
                              m_scale.metric());
}

void GraphView::addOwnActions(QMenu& menu, const QPoint& position) {
    if (!m_picture) return;
    menu.addAction(tr("Show everything"), this, &GraphView::showAll);
    const int box = boxAt(position);
    if (box < 0) return;
    if (m_picture->box(box).block >= 0)
        menu.addAction(tr("Unfold"), this, [this, box] { toggleFold(box); });
    menu.addAction(tr("Pick"), this, [this, box] { pick(box, false); });
}

// ---- moving

void GraphView::glideTo(const GraphCamera::Place& place) {
    stopGliding();
    const bool isAnimated = isVisible() && style()->styleHint(QStyle::SH_Widget_Animate) != 0;
    if (!isAnimated) {
        m_camera.set(place.zoom, place.centre);
        moved();
        return;
    }
    const GraphCamera::Place start{m_camera.zoom(), m_camera.centre()};
    m_gliding.setDuration(kGlideMs);
    connect(&m_gliding, &QVariantAnimation::valueChanged, this,
            [this, start, place](const QVariant& value) {
                const double share = value.toDouble();
                m_camera.set(start.zoom * std::pow(place.zoom / start.zoom, share),
                             start.centre + (place.centre - start.centre) * share);
                moved();
            });
    m_gliding.start();
}

/// From now on the user's place is kept.
void GraphView::moved() {
    m_hasPlace = true;
    emit cameraMoved();
}

void GraphView::stopGliding() {
    m_gliding.stop();
    disconnect(&m_gliding, &QVariantAnimation::valueChanged, this, nullptr);
}

void GraphView::showAll() {
    if (m_picture) glideTo(m_camera.fitting());
}

void GraphView::bringIntoView(int box) {
    if (m_picture && box >= 0) glideTo(m_camera.showing(rectOf(box)));
}

void GraphView::zoomAtMiddle(double factor) {
    if (!m_picture) return;
    stopGliding();
    m_camera.zoomBy(factor, QPointF(width(), height()) / 2);
    moved();
}

void GraphView::resizeEvent(QResizeEvent* event) {
    CanvasPlot::resizeEvent(event);
    m_camera.setView(size());
    if (m_picture && !m_hasPlace) {
        const GraphCamera::Place place = m_camera.beginning();
        m_camera.set(place.zoom, place.centre);
    } else if (m_picture) {
        m_camera.set(m_camera.zoom(), m_camera.centre());
    }
    m_map->place();
    emit cameraMoved();
}

void GraphView::wheelEvent(QWheelEvent* event) {
    if (!m_picture) return;
    stopGliding();
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ShiftModifier)
        m_camera.panBy(turned.x() != 0 ? QPointF(turned) : QPointF(turned.y(), 0));
    else if (turned.y() != 0)
        m_camera.zoomBy(std::pow(1.0016, turned.y()), event->position());
    event->accept();
    QToolTip::hideText();
    moved();
}

void GraphView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    stopGliding();
    m_isPressed = true;
    m_isDragging = false;
    m_pressedAt = m_draggedFrom = event->localPos();
}

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_isPressed) {
        const bool isOver = boxAt(event->localPos()) >= 0 || frameHandleAt(event->localPos()) >= 0;
        setCursor(isOver ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return CanvasPlot::mouseMoveEvent(event);
    }
    const double distance = (event->localPos() - m_pressedAt).manhattanLength();
    if (!m_isDragging && distance < QApplication::startDragDistance()) return;
    if (!m_isDragging) {
        m_isDragging = true;
        setCursor(Qt::ClosedHandCursor);
        QToolTip::hideText();
    }
    m_camera.panBy(event->localPos() - m_draggedFrom);
    m_draggedFrom = event->localPos();
    moved();
}

void GraphView::mouseReleaseEvent(QMouseEvent* event) {
    const bool wasClick = m_isPressed && !m_isDragging && event->button() == Qt::LeftButton;
    m_isPressed = m_isDragging = false;
    setCursor(Qt::ArrowCursor);
    if (!wasClick) return;
    const int handle = frameHandleAt(event->localPos());
    if (handle >= 0)
        return emit foldRequested(m_picture->drawn().frames[size_t(handle)].unfolded, false);
    const int box = boxAt(event->localPos());
    if (box >= 0) pick(box, event->modifiers() & Qt::ControlModifier);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int box = boxAt(event->localPos());
    if (box >= 0) toggleFold(box);
}

}  // namespace views
