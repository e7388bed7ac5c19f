// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSourcesPanel: sources of measured layers: sessions with layers, and a table opened here,
// with a filter of its lines. Several may be picked.

#include <QWidget>

#include "types/session.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace views {

class LayerSourcesPanel : public QWidget {
    Q_OBJECT

public:
    explicit LayerSourcesPanel(QWidget* parent = nullptr);

    /// Sessions without layers are left out; picked ones stay picked.
    void setSessions(const std::vector<types::SessionPtr>& sessions);
    /// Like the button: lists and picks the table.
    void openTable(const QString& path);

    bool isEmpty() const { return m_sessions.empty() && m_table.isEmpty(); }
    std::vector<types::SessionPtr> pickedSessions() const;
    QString pickedTable() const;  ///< path; empty: none
    QString filter() const;

signals:
    void pickChanged();
    /// A click picked this session.
    void sessionPicked(types::SessionPtr session);

private:
    void chooseTable();
    void list(const std::vector<types::SessionPtr>& picked, bool picksTable);
    void tellPicked(const QListWidgetItem* item);

    std::vector<types::SessionPtr> m_sessions;
    QString m_table;
    QListWidget* m_list;
    QLineEdit* m_filter;
};

}  // namespace views
