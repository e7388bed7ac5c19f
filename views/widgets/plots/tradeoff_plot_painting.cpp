// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffPlot: what it paints.
#include <algorithm>
#include <cmath>

#include "views/colors.h"
#include "views/models/point_labels.h"
#include "views/widgets/plots/heat_image.h"
#include "views/widgets/plots/scale_painting.h"
#include "views/widgets/plots/tradeoff_plot.h"

namespace views {
namespace {

constexpr double kTradeoffMarker = 11, kSmallMarker = 7;
constexpr int kAllLabels = 12;  ///< so many points all have their names
constexpr size_t kMostLabels = 40;
constexpr int kDensePoint = 3;  ///< pixels

/// Of a point with little room for it.
double markerOf(int shown) {
    return shown <= 300 ? kTradeoffMarker : kSmallMarker;
}

}  // namespace

void TradeoffPlot::drawCloud() {
    m_ratio = devicePixelRatioF();
    if (isDense()) {
        m_cloud = QPixmap::fromImage(densityImage(HeatImage::scaleFor(size(), m_ratio)));
        return;
    }
    m_cloud = QPixmap(size() * m_ratio);
    m_cloud.setDevicePixelRatio(m_ratio);
    m_cloud.fill(Qt::transparent);
    QPainter painter(&m_cloud);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarkers(painter);
}

/// Grey points below, lit points above.
QImage TradeoffPlot::densityImage(double scale) const {
    const int point = std::max(2, static_cast<int>(std::lround(kDensePoint * scale)));
    const QSize pixels = (QSizeF(size()) * scale).toSize();
    HeatImage dimmed(pixels), lit(pixels);
    for (size_t row = 0; row < m_places.size(); ++row) {
        if (!isPlaced(m_places[row])) continue;
        const bool isLit = m_lens.state(static_cast<int>(row)) == PointState::Lit;
        (isLit ? lit : dimmed)
            .addPoint(m_places[row].x() * scale, m_places[row].y() * scale, point);
    }
    const QImage above = lit.image(accentColor(palette()));
    if (static_cast<int>(m_lens.lit().size()) == m_lens.shownCount()) return above;
    QImage image =
        dimmed.image(mixed(palette().color(QPalette::Window), mutedColor(palette()), 0.5));
    QPainter(&image).drawImage(0, 0, above);
    return image;
}

void TradeoffPlot::paintMarkers(QPainter& painter) const {
    const auto paintAll = [&](PointState state) {
        for (size_t row = 0; row < m_places.size(); ++row)
            if (isPlaced(m_places[row]) && m_lens.state(int(row)) == state)
                paintMarker(painter, int(row));
    };
    for (size_t row = 0; showsBands() && row < m_places.size(); ++row)
        if (isPlaced(m_places[row])) paintBands(painter, int(row));
    paintAll(PointState::Dimmed);
    paintAll(PointState::Lit);
}

void TradeoffPlot::paintMarker(QPainter& painter, int row) const {
    const PointStore& store = m_lens.store();
    const bool isPredicted = store.figure(m_lens.x().column, row).isPredicted ||
                             store.figure(m_lens.y().column, row).isPredicted;
    const QColor ground = palette().color(QPalette::Window);
    const bool isLit = m_lens.state(row) == PointState::Lit;
    const QColor ink = isLit ? accentColor(palette()) : mixed(ground, mutedColor(palette()), 0.55);
    const double half = markerOf(m_lens.shownCount()) / 2 - 0.5;
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(isPredicted ? ground : ink);
    const QPointF at = m_places[size_t(row)];
    if (!store.isTrained(row)) return painter.drawEllipse(at, half, half);
    const double tip = half * 1.25;
    const QPointF diamond[] = {{at.x() - tip, at.y()},
                               {at.x(), at.y() - tip},
                               {at.x() + tip, at.y()},
                               {at.x(), at.y() + tip}};
    painter.drawPolygon(diamond, 4);
}

/// From the marker's rim outwards.
std::vector<QLineF> TradeoffPlot::bandsOf(int row) const {
    const PointStore& store = m_lens.store();
    const PointFigure x = store.figure(m_lens.x().column, row);
    const PointFigure y = store.figure(m_lens.y().column, row);
    std::vector<QLineF> bands;
    const QPointF centre = m_places[size_t(row)];
    const double gap = markerOf(m_lens.shownCount()) / 2;
    const auto add = [&](double toX, double toY) {
        const double lowX = m_x.range.logarithmic ? m_x.range.low * m_x.divisor : -1e300;
        const double lowY = m_y.range.logarithmic ? m_y.range.low * m_y.divisor : -1e300;
        const QPointF to = positionOf(std::max(toX, lowX), std::max(toY, lowY));
        QLineF line(centre, to);
        if (line.length() <= gap) return;
        line.setP1(centre + (to - centre) * (gap / line.length()));
        bands.push_back(line);
    };
    for (const double end : {x.low, x.high})
        add(end, y.value);
    for (const double end : {y.low, y.high})
        add(x.value, end);
    return bands;
}

void TradeoffPlot::paintBands(QPainter& painter, int row) const {
    const bool isLit = m_lens.state(row) == PointState::Lit;
    painter.setPen(
        QPen(mixed(palette().color(QPalette::Window),
                   isLit ? accentColor(palette()) : mutedColor(palette()), isLit ? 0.6 : 0.3),
             1.2));
    for (const QLineF& band : bandsOf(row))
        painter.drawLine(band);
}

void TradeoffPlot::paint(QPainter& painter) {
    prepare();
    painter.setFont(font());
    paintLimits(painter);
    paintScale(painter, m_area, m_x.range, m_x.ticks, m_x.title(), Qt::Horizontal, palette());
    paintScale(painter, m_area, m_y.range, m_y.ticks, m_y.title(), Qt::Vertical, palette());
    paintBrushes(painter);
    paintFront(painter);
    // Elsewhere than on the screen, markers are shapes, not pixels.
    if (isDense() || painter.device() == this)
        painter.drawPixmap(rect(), m_cloud);
    else
        paintMarkers(painter);
    paintRings(painter);
    paintSuggestions(painter);
    paintLabels(painter);
    for (const bool isX : {true, false})
        paintHandle(painter, isX);
    if (m_drag != Drag::Brush) return;
    painter.setPen(QPen(accentColor(palette()), 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(m_dragStart, m_dragEnd).normalized() & m_area);
}

/// Shades what is worse than the limit.
void TradeoffPlot::paintBeyond(QPainter& painter, bool isX, double limit,
                               const QString& words) const {
    const Side of = side(isX);
    const double share = std::clamp(of.axis.shareOf(limit), 0.0, 1.0);
    const bool isLowWorse = of.column.higherIsBetter;
    if (share <= 0 && isLowWorse) return;
    if (share >= 1 && !isLowWorse) return;
    QRectF beyond = m_area;
    const double at =
        isX ? m_area.left() + share * m_area.width() : m_area.bottom() - share * m_area.height();
    if (isX)
        isLowWorse ? beyond.setRight(at) : beyond.setLeft(at);
    else
        isLowWorse ? beyond.setTop(at) : beyond.setBottom(at);
    painter.fillRect(beyond,
                     mixed(palette().color(QPalette::Window), warningColor(palette()), 0.12));
    painter.setPen(warningColor(palette()));
    const QRectF text = m_area.adjusted(6, 2, -6, -2);
    const int across = isX && !isLowWorse ? Qt::AlignRight : Qt::AlignLeft;
    const int upward = isX || isLowWorse ? Qt::AlignBottom : Qt::AlignTop;
    painter.drawText(text, across | upward, words);
}

/// The user's own limit is named where it is narrower than the board's.
void TradeoffPlot::paintLimits(QPainter& painter) const {
    for (const bool isX : {true, false}) {
        const Side of = side(isX);
        if (of.board && (!of.limit || *of.limit > *of.board))
            paintBeyond(painter, isX, *of.board,
                        tr("%1: too much for the board").arg(of.column.name));
        else if (of.limit)
            paintBeyond(painter, isX, *of.limit,
                        (of.column.higherIsBetter ? tr("%1 below %2") : tr("%1 above %2"))
                            .arg(of.column.name, of.column.text(*of.limit)));
    }
}

void TradeoffPlot::paintBrushes(QPainter& painter) const {
    const auto spanX = m_lens.brush(m_lens.x().column), spanY = m_lens.brush(m_lens.y().column);
    if (!spanX && !spanY) return;
    const auto share = [](const PointAxis& axis, double value, double otherwise) {
        return std::isinf(value) ? otherwise : std::clamp(axis.shareOf(value), 0.0, 1.0);
    };
    const Span x = spanX.value_or(Span()), y = spanY.value_or(Span());
    const QPointF low(m_area.left() + m_area.width() * share(m_x, x.low, 0),
                      m_area.bottom() - m_area.height() * share(m_y, y.low, 0));
    const QPointF high(m_area.left() + m_area.width() * share(m_x, x.high, 1),
                       m_area.bottom() - m_area.height() * share(m_y, y.high, 1));
    painter.setPen(QPen(accentColor(palette()), 1, Qt::DashLine));
    painter.setBrush(mixed(palette().color(QPalette::Window), accentColor(palette()), 0.08));
    painter.drawRect(QRectF(low, high).normalized());
}

void TradeoffPlot::paintHandle(QPainter& painter, bool isX) const {
    const QPointF tip = handleAt(isX);
    const bool isSet = side(isX).limit.has_value();
    painter.setPen(QPen(isSet ? warningColor(palette()) : mutedColor(palette()), 1.2));
    painter.setBrush(isSet ? warningColor(palette()) : palette().color(QPalette::Window));
    const QPointF across = isX ? QPointF(kHandle * 0.7, 0) : QPointF(0, kHandle * 0.7);
    const QPointF back = isX ? QPointF(0, kHandle) : QPointF(-kHandle, 0);
    const QPointF triangle[] = {tip, tip + back + across, tip + back - across};
    painter.drawPolygon(triangle, 3);
}

void TradeoffPlot::paintFront(QPainter& painter) const {
    QPolygonF line;
    for (const int row : m_lens.front())
        if (isPlaced(m_places[size_t(row)])) line << m_places[size_t(row)];
    const QColor ground = palette().color(QPalette::Window);
    // Over density it needs to stand out.
    const QColor ink = isDense() ? palette().color(QPalette::WindowText)
                                 : mixed(ground, accentColor(palette()), 0.7);
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
}

void TradeoffPlot::paintRings(QPainter& painter) const {
    const QColor ink = palette().color(QPalette::WindowText);
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](int row, double width, Qt::PenStyle style) {
        if (row < 0 || row >= int(m_places.size()) || !isPlaced(m_places[size_t(row)])) return;
        painter.setPen(QPen(ink, width, style));
        painter.drawEllipse(m_places[size_t(row)], kTradeoffMarker, kTradeoffMarker);
    };
    ring(m_shown, 2, Qt::SolidLine);
    if (m_picked != m_shown) ring(m_picked, 1.2, Qt::DotLine);
    ring(m_hovered, 1, Qt::SolidLine);
    painter.setPen(ink);
    for (size_t row = 0; row < m_places.size(); ++row)
        if (isPlaced(m_places[row]) && m_lens.store().marks(int(row)).isStarred)
            painter.drawText(QRectF(m_places[row] - QPointF(20, 24), QSizeF(40, 20)),
                             Qt::AlignCenter, QString(QChar(0x2605)));
}

void TradeoffPlot::paintSuggestions(QPainter& painter) const {
    const QColor ground = palette().color(QPalette::Window), ink = warningColor(palette());
    const double radius = QFontMetricsF(font()).height() * 0.5 + 1;
    int number = 0;
    for (const Suggestion& suggestion : m_suggestions) {
        ++number;
        if (suggestion.row >= int(m_places.size()) || !isPlaced(m_places[size_t(suggestion.row)]))
            continue;
        const QPointF at = m_places[size_t(suggestion.row)];
        const QRectF disc(at - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(ground);
        painter.drawEllipse(disc);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(disc, Qt::AlignCenter | Qt::TextDontClip, QString::number(number));
    }
}

/// The shown variation's name is placed first; in a crowd only points of interest have one.
std::vector<int> TradeoffPlot::namedRows() const {
    std::vector<int> rows;
    const auto add = [&](int row) {
        const bool isSeen =
            row >= 0 && row < int(m_places.size()) && isPlaced(m_places[size_t(row)]);
        if (isSeen && std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    };
    for (const int row : {m_shown, m_picked, m_hovered})
        add(row);
    for (const Suggestion& suggestion : m_suggestions)
        add(suggestion.row);
    const std::vector<int> front = m_lens.front();
    if (front.size() <= kMostLabels)
        for (const int row : front)
            add(row);
    if (m_lens.shownCount() <= kAllLabels)
        for (size_t row = 0; row < m_places.size(); ++row)
            add(static_cast<int>(row));
    if (rows.size() > kMostLabels) rows.resize(kMostLabels);
    return rows;
}

void TradeoffPlot::paintLabels(QPainter& painter) const {
    const QFontMetricsF metrics(painter.font());
    const double widest = std::max(80.0, m_area.width() / 3);
    std::vector<NamedPoint> named;
    QStringList names;
    const bool hasBands = showsBands();
    for (const int row : namedRows()) {
        const size_t same = m_lens.store().variations(row).size();
        const QString count = same > 1 ? QStringLiteral(" ×%1").arg(same) : QString();
        names << metrics.elidedText(m_lens.store().name(row), Qt::ElideMiddle, widest) + count;
        named.push_back({m_places[size_t(row)],
                         QSizeF(metrics.horizontalAdvance(names.last()), metrics.height()),
                         hasBands ? bandsOf(row) : std::vector<QLineF>()});
    }
    // The area above the plot is free for names of points at its upper edge.
    const auto places =
        placeLabels(named, m_area.adjusted(0, -kTradeoffMarker, 0, 0), kTradeoffMarker);
    const QColor ground = palette().color(QPalette::Window);
    for (size_t i = 0; i < named.size(); ++i) {
        if (!places[i]) continue;
        if (isDense()) painter.fillRect(places[i]->adjusted(-2, 0, 2, 0), ground);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(*places[i], Qt::AlignCenter | Qt::TextDontClip, names[int(i)]);
    }
}

}  // namespace views
