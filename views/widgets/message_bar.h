// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MessageBar: errors at the bottom of the window. They stay, one after another, until the user
// dismisses them; no dialog opens.

#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QWidget>

namespace views {

class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void addMessage(const QString& text);
    const QStringList& messages() const { return m_messages; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showFirst();

    QStringList m_messages;
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_copy;
    QPushButton* m_dismiss;
};

}  // namespace views
