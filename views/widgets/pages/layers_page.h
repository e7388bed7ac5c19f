// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersPage: the complete table of the layers, with a filter above it.

#include <QWidget>

#include "views/metric.h"
#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

class QLabel;
class QLineEdit;

namespace views {

class LayersModel;
class LayersTable;

class LayersPage : public QWidget {
    Q_OBJECT

public:
    LayersPage(Selection& selection, EvaluationFeed& feed, LayersModel& layers,
               QWidget* parent = nullptr);

    void focusFilter();
    void sortBy(Metric metric);

private:
    void showCount();

    LayersModel& m_layers;
    QLineEdit* m_filter;
    QLabel* m_count;
    LayersTable* m_table;
};

}  // namespace views
