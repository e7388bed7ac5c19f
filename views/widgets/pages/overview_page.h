// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OverviewPage: the whole model at a glance: summary cards, the per-layer chart of one metric and
// the table of the same layers. A page is shown an Evaluation and what it
// costs over time, and keeps nothing else.

#include <QWidget>
#include <vector>

#include "types/duty_cycle.h"
#include "types/evaluation.h"
#include "views/metric.h"
#include "views/models/selection.h"

class QComboBox;
class QLabel;

namespace views {

class LayerPlot;
class LayersModel;
class LayersTable;
class LegendStrip;
class SummaryCard;

class OverviewPage : public QWidget {
    Q_OBJECT

public:
    OverviewPage(Selection& selection, LayersModel& layers, QWidget* parent = nullptr);

    void setEvaluation(types::EvaluationPtr evaluation, types::EvaluationPtr original);
    /// How often the board infers, and what that costs; none where the user does not say.
    void setDuty(const std::optional<types::DutyCost>& duty);
    void setDimmed(bool dimmed);
    void setMetric(Metric quantity);

protected:
    void showEvent(QShowEvent* event) override;

signals:
    void cardClicked(views::Metric quantity);

private:
    Metric shownQuantity(Metric card) const;
    QWidget* buildCards();
    QWidget* buildChart();
    void fillCards();
    void redrawChart();

    Selection& m_selection;
    types::EvaluationPtr m_evaluation, m_original;
    std::optional<types::DutyCost> m_duty;
    bool m_isStale = false;  ///< a hidden chart is redrawn when it is shown
    std::vector<SummaryCard*> m_cards;
    QComboBox* m_metric = nullptr;
    LayerPlot* m_plot = nullptr;
    LegendStrip* m_legend = nullptr;
    LayersTable* m_table = nullptr;
};

}  // namespace views
