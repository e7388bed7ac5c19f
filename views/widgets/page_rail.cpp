// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/page_rail.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "views/colors.h"

namespace views {
namespace {

constexpr int kPageRole = Qt::UserRole;  ///< index of the page; of groups: not set
constexpr int kIcon = 18, kRailPadding = 9, kRowHeight = 30, kGroupHeight = 26, kGapHeight = 13;

bool isGroup(const QModelIndex& index) {
    return !index.data(kPageRole).isValid();
}

/// A group is a small grey title, in a compact rail a line; the chosen page is tinted.
class RailDelegate : public QStyledItemDelegate {
public:
    explicit RailDelegate(const PageRail& rail) : QStyledItemDelegate(nullptr), m_rail(rail) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        if (!isGroup(index)) return {10, kRowHeight};
        return {10, m_rail.isCompact() ? kGapHeight : kGroupHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        if (isGroup(index))
            paintGroup(*painter, option, index);
        else
            paintPage(*painter, option, index);
        painter->restore();
    }

private:
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const {
        if (m_rail.isCompact()) {
            if (index.row() == 0) return;
            painter.setPen(lineColor(option.palette));
            const int y = option.rect.center().y();
            painter.drawLine(option.rect.left() + kRailPadding, y, option.rect.right() - kRailPadding, y);
            return;
        }
        QFont small = option.font;
        small.setPointSizeF(small.pointSizeF() * 0.85);
        painter.setFont(small);
        painter.setPen(mutedColor(option.palette));
        painter.drawText(option.rect.adjusted(kRailPadding, 0, -2, -3), Qt::AlignLeft | Qt::AlignBottom,
                         index.data().toString());
    }

    void paintPage(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const {
        const QColor window = option.palette.color(QPalette::Window);
        const QColor accent = accentColor(option.palette);
        const bool isChosen = option.state & QStyle::State_Selected;
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChosen || (option.state & QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(mixed(window, accent, isChosen ? 0.18 : 0.07));
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 4, 4);
        }
        if (option.state & QStyle::State_HasFocus && isChosen) {
            painter.setPen(QPen(accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), 4, 4);
        }
        const QRect icon(option.rect.left() + kRailPadding, option.rect.center().y() - kIcon / 2 + 1,
                         kIcon, kIcon);
        index.data(Qt::DecorationRole).value<QIcon>().paint(&painter, icon);
        if (m_rail.isCompact()) return;
        painter.setFont(option.font);
        painter.setPen(option.palette.color(QPalette::WindowText));
        painter.drawText(option.rect.adjusted(kRailPadding + kIcon + 8, 0, -4, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    }

    const PageRail& m_rail;
};

}  // namespace

PageRail::PageRail(QWidget* parent) : QListWidget(parent) {
    setObjectName("rail");
    setAccessibleName(tr("Pages"));
    setItemDelegate(new RailDelegate(*this));
    itemDelegate()->setParent(this);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item && item->data(kPageRole).isValid()) emit pageChosen(item->data(kPageRole).toInt());
    });
}

void PageRail::addGroup(const QString& title) {
    auto* item = new QListWidgetItem(title, this);
    item->setFlags(Qt::NoItemFlags);
}

void PageRail::addPage(const QIcon& icon, const QString& title, const QString& shortcut) {
    int pages = 0;
    for (int row = 0; row < count(); ++row)
        pages += item(row)->data(kPageRole).isValid();
    auto* entry = new QListWidgetItem(icon, title, this);
    entry->setData(kPageRole, pages);
    entry->setToolTip(shortcut.isEmpty() ? title : title + "  (" + shortcut + ')');
}

QListWidgetItem* PageRail::itemOf(int page) const {
    for (int row = 0; row < count(); ++row)
        if (item(row)->data(kPageRole).isValid() && item(row)->data(kPageRole).toInt() == page)
            return item(row);
    return nullptr;
}

void PageRail::setCurrentPage(int page) {
    if (QListWidgetItem* entry = itemOf(page)) setCurrentItem(entry);
}

void PageRail::setCompact(bool isCompact) {
    if (isCompact == m_isCompact) return;
    m_isCompact = isCompact;
    scheduleDelayedItemsLayout();
    updateGeometry();
}

QSize PageRail::sizeHint() const {
    int widest = 0, height = 8;
    for (int row = 0; row < count(); ++row) {
        widest = std::max(widest, fontMetrics().horizontalAdvance(item(row)->text()));
        const bool isPage = item(row)->data(kPageRole).isValid();
        height += isPage ? kRowHeight : m_isCompact ? kGapHeight : kGroupHeight;
    }
    const int text = m_isCompact ? 0 : 8 + widest + 6;
    return {2 * kRailPadding + kIcon + text, height};
}

}  // namespace views
