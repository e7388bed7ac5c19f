// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/layer_search.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>

#include "views/models/buffers_model.h"

namespace views {

LayerSearch::LayerSearch(EvaluationFeed& feed, QWidget* parent)
    : QLineEdit(parent), m_feed(feed), m_completer(new QCompleter(this)) {
    setPlaceholderText(tr("Go to layer (Ctrl+K)"));
    setAccessibleName(tr("Go to layer"));
    setFixedWidth(184);
    m_completer->setModel(&m_entries);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setMinimumWidth(420);
    setCompleter(m_completer);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &LayerSearch::listLayers);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this,
            &LayerSearch::choose, Qt::QueuedConnection);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        // Return without a choice selects the first match.
        if (m_completer->completionCount() > 0 && !text().isEmpty())
            choose(m_completer->currentCompletion());
    });
}

void LayerSearch::listLayers() {
    QStringList entries;
    for (const types::LayerEvaluation& layer : m_feed.shown()->layers)
        entries << QStringLiteral("#%1 %2  %3")
                       .arg(layer.index)
                       .arg(QString::fromStdString(layer.op), shortName(layer.name));
    if (entries != m_entries.stringList()) m_entries.setStringList(entries);
}

void LayerSearch::startSearch() {
    setFocus(Qt::ShortcutFocusReason);
    clear();
    m_completer->setCompletionPrefix({});
    m_completer->complete();
}

void LayerSearch::choose(const QString& entry) {
    const int layer = m_entries.stringList().indexOf(entry);
    clear();
    clearFocus();
    if (layer >= 0) emit layerChosen(layer);
}

void LayerSearch::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        clear();
        clearFocus();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

}  // namespace views
