// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ExportCard: one form in which the shown model leaves the window: what it is, how much it is, the
// command line that makes it, and a button that saves it.

#include <QFrame>
#include <QString>

class QLabel;
class QLineEdit;
class QPushButton;

namespace views {

struct ExportForm {
    QString id;       ///< "c-array"
    QString title;    ///< "C array for TFLM"
    QString what;     ///< one or two sentences: what it is and for whom
    QString size;     ///< "53,936 bytes of flash"
    QString command;  ///< lines for a shell; the last one is shown
};

class ExportCard : public QFrame {
    Q_OBJECT

public:
    explicit ExportCard(QWidget* parent = nullptr);

    void setForm(const ExportForm& form);
    const ExportForm& form() const { return m_form; }

signals:
    void saveRequested(const QString& id);

private:
    void copyCommand();

    ExportForm m_form;
    QLabel *m_title, *m_what, *m_size;
    QLineEdit* m_command;
    QPushButton *m_copy, *m_save;
};

}  // namespace views
