// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OverviewPage: a summary of the whole model: the verdict, summary cards, the per-layer chart of
// one metric and the table of the same layers.

#include <QWidget>
#include <vector>

#include "types/model_verdict.h"
#include "views/metric.h"
#include "views/models/evaluation_feed.h"
#include "views/models/metric_choice.h"
#include "views/models/selection.h"

class QComboBox;
class QLabel;

namespace views {

class LayerPlot;
class LayersModel;
class LayersTable;
class LegendStrip;
class SummaryCard;
class VerdictLine;

class OverviewPage : public QWidget {
    Q_OBJECT

public:
    OverviewPage(Selection& selection, EvaluationFeed& feed, LayersModel& layers,
                 MetricChoice& metric, QWidget* parent = nullptr);

    /// The latency that a picked session measured of the shown model.
    void setMeasured(const std::optional<types::MeasuredLatency>& measured);

protected:
    void showEvent(QShowEvent* event) override;

signals:
    void cardClicked(views::Metric metric);
    void dataRequested();
    void fitRequested();

private:
    void followMetric();
    Metric shownMetric(Metric card) const;
    QWidget* buildCards();
    QWidget* buildChart();
    void fillCards();
    void showVerdict();
    void redrawChart();
    void setDimmed(bool dimmed);

    Selection& m_selection;
    EvaluationFeed& m_feed;
    MetricChoice& m_choice;
    bool m_isStale = false;  ///< a hidden chart is redrawn when it is shown
    std::optional<types::MeasuredLatency> m_measured;
    VerdictLine* m_verdict = nullptr;
    std::vector<SummaryCard*> m_cards;
    QComboBox* m_metric = nullptr;
    LayerPlot* m_plot = nullptr;
    LegendStrip* m_legend = nullptr;
    LayersTable* m_table = nullptr;
};

}  // namespace views
