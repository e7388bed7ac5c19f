// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FoldSection: a heading that folds and unfolds its contents, with a summary of their settings
// beside the title.

#include <QWidget>

class QToolButton;
class QLabel;

namespace views {

class FoldSection : public QWidget {
    Q_OBJECT

public:
    FoldSection(const QString& title, QWidget* content, bool isOpen);

    void setSummary(const QString& text);
    void setOpen(bool isOpen);

private:
    QToolButton* m_heading;
    QLabel* m_summary;
    QWidget* m_content;
};

}  // namespace views
