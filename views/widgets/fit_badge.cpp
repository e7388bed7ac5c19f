// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/fit_badge.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "views/colors.h"
#include "views/models/budget_text.h"
#include "views/number_format.h"

namespace views {
namespace {

constexpr int kBadgePadding = 8, kBadgeGap = 2;

}  // namespace

FitBadge::FitBadge(const QString& memory, QWidget* parent) : QWidget(parent), m_memory(memory) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setBudget({});
}

void FitBadge::setBudget(const std::optional<types::Budget>& budget) {
    m_isPassed = budget && budget->exceeds();
    m_isDoubtful =
        budget && !m_isPassed && (!budget->isKnown() || budget->mostBytes() > budget->limitBytes);
    if (!budget) {
        m_text = m_memory + ' ' + kUnknown;
        setToolTip(tr("Choose a board to see whether the model fits."));
    } else {
        const double share = static_cast<double>(budget->usedBytes) /
                             static_cast<double>(std::max<int64_t>(1, budget->limitBytes));
        const QString least = budget->isKnown() ? QString() : QStringLiteral("≥ ");
        m_text = m_memory + ' ' + least + shortText(Unit::Share, share);
        if (!budget->fits()) m_text += ", " + spareText(*budget);
        setToolTip(budgetSentence(*budget));
    }
    if (m_isPassed)
        setToolTip(toolTip() + tr("\nClick to search the smallest change with which it fits"));
    setCursor(m_isPassed ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

QSize FitBadge::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_text) + 2 * kBadgePadding + 2 * kBadgeGap,
            fontMetrics().height() + 8};
}

void FitBadge::mouseReleaseEvent(QMouseEvent* event) {
    const bool isClick = event->button() == Qt::LeftButton && rect().contains(event->pos());
    if (m_isPassed && isClick) emit fitRequested();
}

void FitBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor color = m_isPassed || m_isDoubtful ? warningColor(palette()) : ink;
    const QRectF pill = QRectF(kBadgeGap, (height() - sizeHint().height()) / 2.0,
                               width() - 2 * kBadgeGap, sizeHint().height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(palette().color(QPalette::Window), color, m_isPassed ? 0.14 : 0.06));
    painter.drawRoundedRect(pill, 4, 4);
    painter.setPen(color);
    painter.drawText(pill, Qt::AlignCenter, m_text);
}

}  // namespace views
