// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSearch: finds a layer by part of its number, op or name, and picks it (Ctrl+K).

#include <QLineEdit>
#include <QStringListModel>

#include "views/models/evaluation_feed.h"

class QCompleter;

namespace views {

class LayerSearch : public QLineEdit {
    Q_OBJECT

public:
    explicit LayerSearch(EvaluationFeed& feed, QWidget* parent = nullptr);

public slots:
    void startSearch();

signals:
    void layerChosen(int layer);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void listLayers();
    void choose(const QString& entry);

    EvaluationFeed& m_feed;
    QStringListModel m_entries;
    QCompleter* m_completer;
};

}  // namespace views
