// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/recovery_bar.h"

#include <QHBoxLayout>
#include <QPainter>

#include "views/colors.h"

namespace views {

RecoveryBar::RecoveryBar(QWidget* parent)
    : QWidget(parent),
      m_text(new QLabel),
      m_more(new QLabel),
      m_recover(new QPushButton(tr("Recover"))),
      m_discard(new QPushButton(tr("Discard"))),
      m_undo(new QPushButton(tr("Undo"))),
      m_later(new QPushButton(tr("Later"))) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_more->setForegroundRole(QPalette::PlaceholderText);
    m_recover->setDefault(true);
    m_recover->setAutoDefault(true);
    m_recover->setAccessibleName(tr("Recover unsaved work"));
    m_discard->setAccessibleName(tr("Discard unsaved work"));
    m_undo->setAccessibleName(tr("Undo the discarding"));
    m_later->setToolTip(tr("It is kept, and offered again at the next start."));
    m_later->setAccessibleName(tr("Decide on unsaved work later"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_more, m_recover, m_undo, m_discard, m_later})
        row->addWidget(widget);
    connect(m_recover, &QPushButton::clicked, this, &RecoveryBar::recoverRequested);
    connect(m_discard, &QPushButton::clicked, this, &RecoveryBar::discardRequested);
    connect(m_undo, &QPushButton::clicked, this, &RecoveryBar::undoRequested);
    connect(m_later, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void RecoveryBar::offer(const QString& sentence, int more) {
    m_more->setText(more > 0 ? tr("%1 more").arg(more) : QString());
    show(sentence, true);
}

void RecoveryBar::offerUndo(const QString& sentence) {
    m_more->clear();
    show(sentence, false);
}

void RecoveryBar::show(const QString& sentence, bool isOffer) {
    m_text->setText(sentence);
    setAccessibleName(sentence);
    m_recover->setVisible(isOffer);
    m_discard->setVisible(isOffer);
    m_undo->setVisible(!isOffer);
    m_later->setText(isOffer ? tr("Later") : tr("Close"));
    setVisible(true);
}

void RecoveryBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor accent = palette().color(QPalette::Highlight);
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), accent, 0.10));
    painter.fillRect(QRect(0, 0, 4, height()), accent);
}

}  // namespace views
