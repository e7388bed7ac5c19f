// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace app {
namespace {

constexpr int kMaxFiles = 9;
const char* const kKey = "recentFiles";

}  // namespace

RecentFiles::RecentFiles(QWidget* parent) : QMenu(tr("Open &recent"), parent) {
    m_files = QSettings().value(kKey).toStringList();
    setToolTipsVisible(true);
    rebuild();
}

void RecentFiles::add(const QString& path) {
    const QString full = QFileInfo(path).absoluteFilePath();
    m_files.removeAll(full);
    m_files.prepend(full);
    m_files = m_files.mid(0, kMaxFiles);
    save();
    rebuild();
}

void RecentFiles::save() const {
    QSettings().setValue(kKey, m_files);
}

void RecentFiles::rebuild() {
    clear();
    int number = 1;
    for (const QString& file : m_files) {
        const QString name = QFileInfo(file).fileName().replace('&', "&&");
        QAction* action = addAction(QStringLiteral("&%1  %2").arg(number++).arg(name));
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { emit chosen(file); });
    }
    setEnabled(!m_files.isEmpty());
    if (m_files.isEmpty()) return;
    addSeparator();
    connect(addAction(tr("&Clear this list")), &QAction::triggered, this, [this] {
        m_files.clear();
        save();
        rebuild();
    });
}

}  // namespace app
