// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MessageBar: errors at the bottom of the window, the newest in front. They stay until the user
// dismisses them, those about the open model until another one opens; no dialog opens.

#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QWidget>
#include <vector>

namespace views {

class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void addMessage(const QString& text, bool isAboutModel = false);
    /// Another model was opened: what was said about the one before is over.
    void dropAboutModel();
    /// The newest first.
    QStringList messages() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Message {
        QString text;
        bool isAboutModel;
    };
    void showNewest();

    std::vector<Message> m_messages;  ///< the newest first
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_copy;
    QPushButton* m_dismiss;
};

}  // namespace views
