// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersPage: the complete table of the layers, with a filter above it, and a choice of the runtime
// whose verdicts it shows.

#include <QWidget>

#include "types/support.h"
#include "views/metric.h"
#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

class QCheckBox;
class QComboBox;
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
    /// The verdicts on the layers in the table; the chosen runtime stays chosen.
    void setRuntimes(std::vector<types::RuntimeSupport> runtimes);

private:
    QWidget* buildRuntimeChoice();
    void showRuntime();
    void filter();
    void showCount();

    LayersModel& m_layers;
    QLineEdit* m_filter;
    QLabel* m_count;
    QComboBox* m_runtime = nullptr;
    QCheckBox* m_onlyTroubled = nullptr;
    std::vector<types::RuntimeSupport> m_runtimes;
    LayersTable* m_table;
};

}  // namespace views
