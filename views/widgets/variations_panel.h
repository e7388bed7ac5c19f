// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationsPanel: the tried variations under the model's name, sorted by a chosen metric. A
// click restores a variation.

#include <QLabel>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QWidget>

#include "views/models/variations_model.h"

class QComboBox;

namespace views {

class VariationsPanel : public QWidget {
    Q_OBJECT

public:
    explicit VariationsPanel(VariationsModel& variations, QWidget* parent = nullptr);

    void setModelName(const QString& name, const QString& path);

signals:
    void variationChosen(const types::Variation& variation);
    /// The user named, starred, noted or deleted a variation; `text` names the undo step.
    void marksEdited(const views::MarksEdit& edit, const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elideName();
    void addActions();
    QAction* addListAction(const QString& text, const QKeySequence& key,
                           void (VariationsPanel::*act)());
    const TriedVariation* currentEntry() const;
    void star();
    void rename();
    void note();
    void remove();
    void sortByChoice();

    VariationsModel& m_variations;
    QSortFilterProxyModel m_proxy;
    QString m_name;
    QLabel* m_title;
    QComboBox* m_sort;
    QListView* m_list;
};

}  // namespace views
