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

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elideName();
    void sortByChoice();

    VariationsModel& m_variations;
    QSortFilterProxyModel m_proxy;
    QString m_name;
    QLabel* m_title;
    QComboBox* m_sort;
    QListView* m_list;
};

}  // namespace views
