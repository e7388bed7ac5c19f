// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerSearch: type part of a number, an op or a name and go to that layer (Ctrl+K).

#include <QLineEdit>
#include <QStringListModel>

#include "types/evaluation.h"

class QCompleter;

namespace views {

class LayerSearch : public QLineEdit {
    Q_OBJECT

public:
    explicit LayerSearch(QWidget* parent = nullptr);

    void setEvaluation(const types::Evaluation& evaluation);

public slots:
    void startSearch();

signals:
    void layerChosen(int layer);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(const QString& entry);

    QStringListModel m_entries;
    QCompleter* m_completer;
};

}  // namespace views
