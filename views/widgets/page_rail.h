// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PageRail: the window's pages as a vertical list in groups, each with an icon. Up and Down move
// through it, a letter jumps. A compact rail shows the icons alone.

#include <QListWidget>

namespace views {

class PageRail : public QListWidget {
    Q_OBJECT

public:
    explicit PageRail(QWidget* parent = nullptr);

    void addGroup(const QString& title);
    /// Pages count from 0 in the order of adding.
    void addPage(const QIcon& icon, const QString& title, const QString& shortcut);
    void setCurrentPage(int page);
    void setCompact(bool isCompact);
    bool isCompact() const { return m_isCompact; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 0}; }

signals:
    void pageChosen(int page);

private:
    QListWidgetItem* itemOf(int page) const;

    bool m_isCompact = false;
};

}  // namespace views
