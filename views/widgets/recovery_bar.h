// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RecoveryBar: one line at the foot of the window that offers work which is in no file under a
// name, because a window ended or another model was opened. It waits for an answer and never takes
// the focus.

#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace views {

class RecoveryBar : public QWidget {
    Q_OBJECT

public:
    explicit RecoveryBar(QWidget* parent = nullptr);

    /// `more`: how many other offers there are.
    void offer(const QString& sentence, int more);
    /// Says what was taken away, and offers to take that back.
    void offerUndo(const QString& sentence);

signals:
    void recoverRequested();
    void discardRequested();
    void undoRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show(const QString& sentence, bool isOffer);

    QLabel *m_text, *m_more;
    QPushButton *m_recover, *m_discard, *m_undo, *m_later;
};

}  // namespace views
