// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersPage: the complete table of the layers, with a filter above it, a choice of the runtime
// whose verdicts it shows, and the layers of called subgraphs below.

#include <QWidget>

#include "types/called_subgraph.h"
#include "types/support.h"
#include "views/metric.h"
#include "views/models/called_layers_model.h"
#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace views {

class DataTable;
class FoldSection;
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

    /// The layers inside of control flow, CALL_ONCE and composites; shown where there are any.
    void setCalled(const std::vector<types::CalledSubgraph>& called);

private:
    QWidget* buildRuntimeChoice();
    QWidget* buildCalled();
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
    CalledLayersModel m_called;
    DataTable* m_calledTable = nullptr;
    FoldSection* m_calledSection = nullptr;
};

}  // namespace views
