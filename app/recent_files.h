// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RecentFiles: the menu of recently opened models, newest first, kept between starts.

#include <QMenu>
#include <QStringList>

namespace app {

class RecentFiles : public QMenu {
    Q_OBJECT

public:
    explicit RecentFiles(QWidget* parent = nullptr);

    void add(const QString& path);
    const QStringList& files() const { return m_files; }

signals:
    void chosen(const QString& path);

private:
    void rebuild();
    void save() const;

    QStringList m_files;
};

}  // namespace app
