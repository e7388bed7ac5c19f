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
        m_messages.erase(m_messages.begin());
        showNewest();
    });
    hide();
}

void MessageBar::addMessage(const QString& text, bool isAboutModel) {
    std::erase_if(m_messages, [&](const Message& message) { return message.text == text; });
    m_messages.insert(m_messages.begin(), {text, isAboutModel});
    showNewest();
}

void MessageBar::dropAboutModel() {
    std::erase_if(m_messages, [](const Message& message) { return message.isAboutModel; });
    showNewest();
}

QStringList MessageBar::messages() const {
    QStringList texts;
    for (const Message& message : m_messages)
        texts << message.text;
    return texts;
}

void MessageBar::showNewest() {
    setVisible(!m_messages.empty());
    if (m_messages.empty()) return;
    m_text->setText(m_messages.front().text);
    setAccessibleName(m_messages.front().text);
    const size_t older = m_messages.size() - 1;
    m_count->setText(older > 0 ? tr("%1 older").arg(older) : QString());
    m_count->setToolTip(messages().mid(1).join('\n'));
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor warning = warningColor(palette());
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), warning, 0.12));
    painter.fillRect(QRect(0, 0, 4, height()), warning);
}

}  // namespace views
