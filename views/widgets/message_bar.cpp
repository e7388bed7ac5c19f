// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/message_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

#include "views/colors.h"

namespace views {

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent),
      m_text(new QLabel),
      m_count(new QLabel),
      m_copy(new QPushButton(tr("Copy"))),
      m_dismiss(new QPushButton(tr("Dismiss"))) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_count);
    row->addWidget(m_copy);
    row->addWidget(m_dismiss);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->text()); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_messages.removeFirst();
        showFirst();
    });
    hide();
}

void MessageBar::addMessage(const QString& text) {
    if (m_messages.contains(text)) return;
    m_messages << text;
    showFirst();
}

void MessageBar::showFirst() {
    setVisible(!m_messages.isEmpty());
    if (m_messages.isEmpty()) return;
    m_text->setText(m_messages.first());
    m_count->setText(m_messages.size() > 1 ? tr("%1 more").arg(m_messages.size() - 1) : QString());
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor warning = warningColor(palette());
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), warning, 0.12));
    painter.fillRect(QRect(0, 0, 4, height()), warning);
}

}  // namespace views
