// SPDX-License-Identifier: GPL-3.0-or-later
// GraphView's keys: walking along the edges, folding, moving the view.
#include <QKeyEvent>
#include <cmath>

#include "views/widgets/plots/graph_view.h"

namespace views {
namespace {

constexpr double kKeyPan = 60;

}  // namespace

void GraphView::pick(int box, bool isAdding) {
    emit boxPicked(box, isAdding);
}

/// Unfolds a block; folds the innermost one around an operator.
void GraphView::toggleFold(int index) {
    const types::DrawnBox& box = m_picture->box(index);
    const types::DrawnGraph& drawn = m_picture->drawn();
    if (box.block >= 0) {
        const types::RepeatedBlock& block = drawn.blocks[size_t(box.block)];
        const int round =
            box.kind == types::BoxKind::Round ? (box.firstOp - block.first) / block.length : -1;
        return emit foldRequested({box.subgraph, block.first, round}, true);
    }
    for (size_t i = drawn.frames.size(); i-- > 0;) {
        const types::DrawnFrame& frame = drawn.frames[i];
        if (frame.isSubgraph || frame.subgraph != box.subgraph) continue;
        const types::RepeatedBlock& block = drawn.blocks[size_t(frame.block)];
        const int round = frame.unfolded.round;
        const int first = round < 0 ? block.first : block.first + round * block.length;
        const int end = round < 0 ? block.end() : first + block.length;
        if (first <= box.firstOp && box.lastOp < end)
            return emit foldRequested(frame.unfolded, false);
    }
}

void GraphView::walk(int key) {
    if (m_current < 0) return pick(0, false);
    int next = -1;
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        next = m_picture->beside(m_current, key == Qt::Key_Left ? -1 : 1);
    } else {
        const auto& boxes =
            key == Qt::Key_Down ? m_picture->readers(m_current) : m_picture->sources(m_current);
        // Straight on where there are several.
        const float x = m_picture->box(m_current).centre.x;
        float least = 0;
        for (int box : boxes) {
            const float distance = std::abs(m_picture->box(box).centre.x - x);
            if (next >= 0 && distance >= least) continue;
            next = box;
            least = distance;
        }
    }
    if (next >= 0) pick(next, false);
}

bool GraphView::isShortcutOfOurs(const QKeyEvent& event) const {
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return false;
    switch (event.key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Plus:
        case Qt::Key_Equal:
        case Qt::Key_Minus:
        case Qt::Key_0:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return true;
        default:
            return false;
    }
}

bool GraphView::event(QEvent* event) {
    // Shortcuts of the window do not take the keys of this view.
    if (event->type() == QEvent::ShortcutOverride &&
        isShortcutOfOurs(*static_cast<QKeyEvent*>(event)))
        event->accept();
    return CanvasPlot::event(event);
}

void GraphView::changeEvent(QEvent* event) {
    CanvasPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) setReadings(std::move(m_readings), m_scale);
}

void GraphView::keyPressEvent(QKeyEvent* event) {
    if (!m_picture || m_picture->drawn().boxes.empty() || !isShortcutOfOurs(*event))
        return CanvasPlot::keyPressEvent(event);
    const bool isPanning = event->modifiers() & Qt::ShiftModifier;
    const auto pan = [this](double x, double y) {
        stopGliding();
        m_camera.panBy({x, y});
        moved();
    };
    const int last = int(m_picture->drawn().boxes.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Up:
            return isPanning ? pan(0, kKeyPan) : walk(event->key());
        case Qt::Key_Down:
            return isPanning ? pan(0, -kKeyPan) : walk(event->key());
        case Qt::Key_Left:
            return isPanning ? pan(kKeyPan, 0) : walk(event->key());
        case Qt::Key_Right:
            return isPanning ? pan(-kKeyPan, 0) : walk(event->key());
        case Qt::Key_PageUp:
            return pan(0, height() * 0.8);
        case Qt::Key_PageDown:
            return pan(0, -height() * 0.8);
        case Qt::Key_Home:
            return pick(0, false);
        case Qt::Key_End:
            return pick(last, false);
        case Qt::Key_Minus:
            return zoomOut();
        case Qt::Key_0:
            return showAll();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) toggleFold(m_current);
            return;
        default:
            return zoomIn();
    }
}

}  // namespace views
