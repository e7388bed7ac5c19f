// SPDX-License-Identifier: GPL-3.0-or-later
// GraphView's painting: frames, lines, boxes, marks, each with as much detail as the zoom shows.
#include <QPainterPath>
#include <cmath>

#include "views/widgets/plots/graph_view.h"

namespace views {
namespace {

/// Zooms from which boxes have text and round corners, and lines their tensors' shapes: first where
/// no box shows them, then everywhere.
constexpr double kTextZoom = 0.42, kCornerZoom = 0.2, kShapeZoom = 0.75, kAllShapesZoom = 1.2;
constexpr double kCorner = 6, kStripe = 5, kBoxPadding = 9, kHandleRoom = 24, kStack = 6;
constexpr int kTitlePixels = 12, kSmallPixels = 11;

void addRoute(QPainterPath& path, const std::vector<types::DrawnPoint>& route) {
    path.moveTo(double(route[0].x), double(route[0].y));
    for (size_t i = 1; i < route.size(); ++i) {
        const QPointF from(double(route[i - 1].x), double(route[i - 1].y));
        const QPointF to(double(route[i].x), double(route[i].y));
        const double middle = (from.y() + to.y()) / 2;
        if (from.x() == to.x())
            path.lineTo(to);
        else
            path.cubicTo({from.x(), middle}, {to.x(), middle}, to);
    }
}

void addPieces(QVector<QLineF>& pieces, const std::vector<types::DrawnPoint>& route) {
    for (size_t i = 1; i < route.size(); ++i)
        pieces.append(QLineF(double(route[i - 1].x), double(route[i - 1].y), double(route[i].x),
                             double(route[i].y)));
}

/// The left end of a box, round as its corners.
QPainterPath stripeOf(const QRectF& box) {
    const QRectF rect = box.adjusted(0.5, 0.5, 0, -0.5);
    QPainterPath path(QPointF(rect.left() + kStripe, rect.top()));
    path.quadTo(rect.topLeft(), {rect.left(), rect.top() + kCorner});
    path.lineTo(rect.left(), rect.bottom() - kCorner);
    path.quadTo(rect.bottomLeft(), {rect.left() + kStripe, rect.bottom()});
    path.closeSubpath();
    return path;
}

/// Of a size in the picture's own pixels.
QFont pictureFont(const QFont& base, int pixels, bool isBold) {
    QFont font = base;
    font.setPixelSize(pixels);
    font.setBold(isBold);
    // Hinting to whole pixels would make letters jump while zooming.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

}  // namespace

void GraphView::paint(QPainter& painter) {
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (!m_picture || m_picture->drawn().boxes.empty()) return paintMessage(painter);
    painter.save();
    painter.translate(QPointF(width(), height()) / 2);
    painter.scale(m_camera.zoom(), m_camera.zoom());
    painter.translate(-m_camera.centre());
    painter.setRenderHint(QPainter::Antialiasing, m_camera.zoom() >= kCornerZoom);
    paintFrames(painter);
    paintCallers(painter);
    paintLines(painter);
    paintBoxes(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter);
    painter.restore();
    if (!hasFocus()) return;
    painter.setPen(QPen(accentColor(palette()), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void GraphView::paintMessage(QPainter& painter) const {
    painter.setPen(mutedColor(palette()));
    const QString text = m_picture ? tr("This model has no operators.") : m_message;
    painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void GraphView::paintFrames(QPainter& painter) const {
    const QRectF visible = m_camera.visible();
    const QColor ground = palette().color(QPalette::Base);
    for (const types::DrawnFrame& frame : m_picture->drawn().frames) {
        const QRectF rect(double(frame.left), double(frame.top), double(frame.width),
                          double(frame.height));
        if (!rect.intersects(visible)) continue;
        const double share = frame.isSubgraph ? 0.035 : frame.unfolded.round < 0 ? 0.045 : 0.05;
        painter.setPen(QPen(lineColor(palette()), 0));
        painter.setBrush(mixed(ground, palette().color(QPalette::WindowText), share));
        painter.drawRoundedRect(rect, kCorner + 4, kCorner + 4);
        if (m_camera.zoom() >= kTextZoom) paintFrameText(painter, frame, rect);
        if (!frame.isSubgraph && m_camera.zoom() >= kCornerZoom) {
            painter.save();
            painter.resetTransform();
            const QRectF handle = handleOf(frame);
            painter.setPen(QPen(mutedColor(palette()), 1.4));
            painter.drawRoundedRect(handle.adjusted(1, 1, -1, -1), 3, 3);
            painter.drawLine(handle.center() - QPointF(3.5, 0), handle.center() + QPointF(3.5, 0));
            painter.restore();
        }
    }
    painter.setBrush(Qt::NoBrush);
}

void GraphView::paintFrameText(QPainter& painter, const types::DrawnFrame& frame,
                               const QRectF& rect) const {
    QString text;
    if (frame.isSubgraph) {
        const types::Subgraph& other =
            m_picture->graph().others[static_cast<size_t>(frame.subgraph) - 1];
        text = tr("Subgraph %1 %2").arg(frame.subgraph).arg(QString::fromStdString(other.name));
    } else if (frame.unfolded.round < 0) {
        const types::RepeatedBlock& block =
            m_picture->drawn().blocks[static_cast<size_t>(frame.block)];
        text = block.length == 1 ? tr("%1 ×").arg(block.rounds)
                                 : tr("%1 × %2 operators").arg(block.rounds).arg(block.length);
    } else {
        return;
    }
    painter.setFont(pictureFont(font(), kSmallPixels, false));
    painter.setPen(mutedColor(palette()));
    const QRectF room = rect.adjusted(kBoxPadding + 1, 4, -kHandleRoom, 0);
    painter.drawText(QRectF(room.topLeft(), QSizeF(room.width(), 18)),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, int(room.width())));
}

/// Dotted, from the side of a calling operator to the frame of what it calls.
void GraphView::paintCallers(QPainter& painter) const {
    QPen pen(mutedColor(palette()), 1.2 / std::max(1.0, m_camera.zoom()), Qt::DashLine);
    pen.setCosmetic(m_camera.zoom() < 1);
    painter.setPen(pen);
    for (const types::DrawnFrame& frame : m_picture->drawn().frames)
        for (int32_t caller : frame.callers) {
            const QRectF from = rectOf(caller);
            const QPointF start(from.right(), from.center().y());
            const QPointF end(double(frame.left), double(frame.top) + 20);
            if (!QRectF(start, end)
                     .normalized()
                     .adjusted(-1, -1, 1, 1)
                     .intersects(m_camera.visible()))
                continue;
            QPainterPath path(start);
            const double middle = (start.x() + end.x()) / 2;
            path.cubicTo({middle, start.y()}, {middle, end.y()}, end);
            painter.drawPath(path);
        }
}

std::vector<int> GraphView::linesInView() const {
    const QRectF visible = m_camera.visible();
    std::vector<int> lines;
    m_lines.each(visible.top(), visible.bottom(), [&](int line) { lines.push_back(line); });
    return lines;
}

void GraphView::paintLines(QPainter& painter) const {
    const types::DrawnGraph& drawn = m_picture->drawn();
    const std::vector<int> lines = linesInView();
    const bool isSimple = m_camera.zoom() < kCornerZoom;
    QPainterPath plain, lit;
    QVector<QLineF> pieces;
    for (int index : lines) {
        const types::DrawnLine& line = drawn.lines[size_t(index)];
        if (line.route.empty()) continue;
        const bool isLit = line.from == m_current || line.to == m_current;
        if (isSimple && !isLit)
            addPieces(pieces, line.route);
        else
            addRoute(isLit ? lit : plain, line.route);
    }
    const double thin = m_camera.zoom() < 1 ? 0 : 1.2;
    const QColor color =
        mixed(palette().color(QPalette::Base), palette().color(QPalette::WindowText), 0.42);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, thin));
    painter.drawLines(pieces);
    painter.drawPath(plain);
    QPen strong(accentColor(palette()), 2);
    strong.setCosmetic(true);
    painter.setPen(strong);
    painter.drawPath(lit);
    if (isSimple) return;
    paintLineEnds(painter, lines);
    if (m_camera.zoom() >= kShapeZoom) paintLineTexts(painter, lines);
}

/// Arrow heads; and both ends of lines that have no route.
void GraphView::paintLineEnds(QPainter& painter, const std::vector<int>& lines) const {
    const types::DrawnGraph& drawn = m_picture->drawn();
    const QColor color =
        mixed(palette().color(QPalette::Base), palette().color(QPalette::WindowText), 0.42);
    constexpr double kHalf = 3.5, kLong = 6, kStub = 16;
    for (int index : lines) {
        const types::DrawnLine& line = drawn.lines[size_t(index)];
        const bool isLit = line.from == m_current || line.to == m_current;
        const QColor ink = isLit ? accentColor(palette()) : color;
        if (line.route.empty()) {
            painter.setPen(QPen(ink, 1.2, Qt::DotLine));
            const QRectF from = rectOf(line.from), to = rectOf(line.to);
            const QPointF start(from.center().x(), from.bottom()), end(to.center().x(), to.top());
            painter.drawLine(start, start + QPointF(0, kStub));
            painter.drawLine(end, end - QPointF(0, kStub));
            continue;
        }
        const QPointF tip(double(line.route.back().x), double(line.route.back().y));
        const bool isUp = line.route.back().y < line.route.front().y;
        const double along = isUp ? kLong : -kLong;
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPolygon(
            QPolygonF({tip, tip + QPointF(-kHalf, along), tip + QPointF(kHalf, along)}));
    }
    painter.setBrush(Qt::NoBrush);
}

/// The shape of each tensor, once, beside where it leaves its writer.
void GraphView::paintLineTexts(QPainter& painter, const std::vector<int>& lines) const {
    painter.setFont(pictureFont(font(), kSmallPixels - 1, false));
    painter.setPen(mutedColor(palette()));
    const types::DrawnGraph& drawn = m_picture->drawn();
    std::set<std::pair<int, int>> written;
    for (int index : lines) {
        const types::DrawnLine& line = drawn.lines[size_t(index)];
        // Boxes of operators show the shape of their first output themselves.
        const bool isShown = drawn.boxes[size_t(line.from)].kind == types::BoxKind::Operator &&
                             m_picture->readers(line.from).size() < 2 &&
                             m_camera.zoom() < kAllShapesZoom;
        if (line.route.empty() || isShown) continue;
        if (!written.emplace(line.from, line.tensor).second) continue;
        const bool isStack = drawn.boxes[size_t(line.from)].block >= 0;
        const double x = double(line.route.front().x);
        const double y = double(line.route.front().y) + (isStack ? kStack : 0);
        painter.drawText(QRectF(x + 5, y, 160, 15), Qt::AlignLeft | Qt::AlignVCenter,
                         m_picture->lineText(line));
    }
}

QColor GraphView::fillOf(int box) const {
    const auto index = static_cast<size_t>(box);
    return index < m_fills.size() ? m_fills[index] : QColor();
}

void GraphView::paintBoxes(QPainter& painter) const {
    const QRectF visible = m_camera.visible();
    const bool isSimple = m_camera.zoom() < kCornerZoom;
    const QColor unknown =
        mixed(palette().color(QPalette::Base), palette().color(QPalette::WindowText), 0.1);
    m_boxes.each(visible.top(), visible.bottom(), [&](int box) {
        const QRectF rect = rectOf(box);
        if (!rect.intersects(visible)) return;
        if (!isSimple) return paintBox(painter, box);
        const QColor fill = fillOf(box);
        painter.fillRect(rect, fill.isValid() ? fill : unknown);
    });
}

void GraphView::paintBox(QPainter& painter, int index) const {
    const types::DrawnBox& box = m_picture->box(index);
    const QRectF rect = rectOf(index);
    const QColor base = palette().color(QPalette::Base),
                 text = palette().color(QPalette::WindowText);
    const bool isEnd = box.firstOp < 0;
    const QColor known = fillOf(index);
    const QColor fill = isEnd ? mixed(base, text, 0.06) : known.isValid() ? known : base;
    QPen edge(mixed(base, text, 0.32), 1);
    if (!isEnd && !known.isValid()) edge.setStyle(Qt::DashLine);
    painter.setPen(edge);
    painter.setBrush(fill);
    if (box.block >= 0) {
        // A stack: what lies behind looks out below.
        const QColor behind = mixed(base, fill, 0.6);
        painter.setBrush(behind);
        for (double shift : {kStack, kStack / 2})
            painter.drawRoundedRect(rect.translated(0, shift).adjusted(shift, 0, -shift, 0),
                                    kCorner, kCorner);
        painter.setBrush(fill);
    }
    const double corner = isEnd ? rect.height() / 2 : kCorner;
    painter.drawRoundedRect(rect, corner, corner);
    if (!isEnd) painter.fillPath(stripeOf(rect), opClassColor(m_picture->text(index).opClass));
    painter.setBrush(Qt::NoBrush);
    if (m_camera.zoom() >= kTextZoom) paintBoxText(painter, index, rect, inkOn(fill));
}

void GraphView::paintBoxText(QPainter& painter, int index, const QRectF& rect,
                             const QColor& ink) const {
    const BoxText& text = m_picture->text(index);
    const bool isEnd = m_picture->box(index).firstOp < 0;
    const QRectF room =
        rect.adjusted(isEnd ? kBoxPadding : kStripe + kBoxPadding - 2, 0, -kBoxPadding, 0);
    if (isEnd) {
        painter.setFont(pictureFont(font(), kSmallPixels, false));
        painter.setPen(ink);
        return painter.drawText(
            room, Qt::AlignCenter,
            painter.fontMetrics().elidedText(text.title + "  " + text.subtitle, Qt::ElideRight,
                                             int(room.width())));
    }
    const auto box = static_cast<size_t>(index);
    QString figure;
    if (box < m_readings.size())
        figure = m_readings[box].value
                     ? shortText(info(m_scale.metric()).unit, *m_readings[box].value)
                     : kUnknown;
    const double half = rect.height() / 2;
    const QRectF upper(room.left(), rect.top() + 3, room.width(), half - 2);
    const QRectF lower(room.left(), rect.top() + half - 1, room.width(), half - 3);
    painter.setFont(pictureFont(font(), kTitlePixels, true));
    painter.setPen(ink);
    painter.drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(text.title, Qt::ElideRight, int(upper.width())));
    painter.setFont(pictureFont(font(), kSmallPixels, false));
    const QFontMetrics metrics = painter.fontMetrics();
    const int wide = metrics.horizontalAdvance(figure);
    painter.drawText(lower, Qt::AlignRight | Qt::AlignVCenter, figure);
    painter.drawText(
        lower, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(text.subtitle, Qt::ElideRight, int(lower.width()) - wide - 6));
}

/// Around what was found, what is picked, and the current box.
void GraphView::paintMarks(QPainter& painter) const {
    const QRectF visible = m_camera.visible();
    const double pixel = 1 / m_camera.zoom();
    const auto mark = [&](int box, const QColor& color, double pixels) {
        const QRectF rect = rectOf(box);
        if (!rect.intersects(visible)) return;
        const double out = (pixels / 2 + 1) * pixel;
        QPen pen(color, pixels);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), kCorner + out, kCorner + out);
    };
    painter.setBrush(Qt::NoBrush);
    for (int box : m_found)
        mark(box, warningColor(palette()), 2);
    for (int box : m_picked)
        if (box != m_current) mark(box, accentColor(palette()), 1.5);
    if (m_current >= 0) mark(m_current, accentColor(palette()), 3);
}

}  // namespace views
