// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/overview_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include "views/widgets/layers_table.h"
#include "views/widgets/plots/layer_plot.h"
#include "views/widgets/plots/legend_strip.h"
#include "views/widgets/summary_card.h"
#include "views/widgets/verdict_line.h"

namespace views {

OverviewPage::OverviewPage(Selection& selection, EvaluationFeed& feed, LayersModel& layers,
                           MetricChoice& metric, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_feed(feed), m_choice(metric) {
    m_table = new LayersTable(selection, layers);
    m_table->showFewColumns();
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(buildChart());
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    m_verdict = new VerdictLine;
    m_verdict->hide();
    column->addWidget(m_verdict);
    column->addWidget(buildCards());
    connect(m_verdict, &VerdictLine::dataRequested, this, &OverviewPage::dataRequested);
    connect(m_verdict, &VerdictLine::fitRequested, this, &OverviewPage::fitRequested);
    column->addWidget(splitter, 1);
    connect(&m_selection, &Selection::layerChanged, m_plot,
            [this](int current) { m_plot->setSelectedLayers(m_selection.layers(), current); });
    connect(&m_feed, &EvaluationFeed::evaluated, this, [this] {
        showVerdict();
        fillCards();
        redrawChart();
    });
    connect(&m_feed, &EvaluationFeed::dutyCostChanged, this, &OverviewPage::fillCards);
    connect(&m_feed, &EvaluationFeed::outdatedChanged, this, &OverviewPage::setDimmed);
}

QWidget* OverviewPage::buildCards() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (Metric metric : cardMetrics()) {
        auto* card = new SummaryCard;
        card->setContent(cardContent(metric, nullptr, nullptr));
        connect(card, &QAbstractButton::clicked, this,
                [this, metric] { emit cardClicked(metric); });
        layout->addWidget(card, 1);
        m_cards.push_back(card);
    }
    return row;
}

QWidget* OverviewPage::buildChart() {
    m_metric = new QComboBox;
    m_metric->setAccessibleName(tr("Metric of the chart"));
    for (Metric metric : windowMetrics())
        m_metric->addItem(info(metric).name, static_cast<int>(metric));
    m_legend = new LegendStrip;
    m_plot = new LayerPlot;
    auto* header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(new QLabel(tr("Per layer:")));
    header->addWidget(m_metric);
    header->addSpacing(8);
    header->addWidget(m_legend, 1);
    auto* chart = new QWidget;
    auto* column = new QVBoxLayout(chart);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(header);
    column->addWidget(m_plot, 1);
    m_plot->setMinimumHeight(160);
    connect(m_metric, qOverload<int>(&QComboBox::activated), this,
            [this] { m_choice.setMetric(static_cast<Metric>(m_metric->currentData().toInt())); });
    connect(&m_choice, &MetricChoice::changed, this, &OverviewPage::followMetric);
    connect(m_plot, &LayerPlot::layerClicked, &m_selection, &Selection::pick);
    return chart;
}

/// The metric of the last card depends on the dataset.
Metric OverviewPage::shownMetric(Metric card) const {
    return card == Metric::Accuracy && m_feed.shown() ? qualityOf(*m_feed.shown()) : card;
}

void OverviewPage::setMeasured(const std::optional<types::MeasuredLatency>& measured) {
    m_measured = measured;
    showVerdict();
}

void OverviewPage::showVerdict() {
    const types::EvaluationPtr& shown = m_feed.shown();
    m_verdict->setVisible(shown != nullptr);
    if (!shown) return;
    const bool lacksData = !shown->quality && shown->notRunnableReason.empty();
    m_verdict->setVerdict(types::modelVerdict(*shown, m_measured), lacksData);
}

void OverviewPage::fillCards() {
    for (size_t i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setContent(cardContent(shownMetric(cardMetrics()[i]), m_feed.shown().get(),
                                           m_feed.original().get(), m_feed.dutyCost()));
}

void OverviewPage::followMetric() {
    m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(m_choice.metric())));
    redrawChart();
}

void OverviewPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) redrawChart();
}

void OverviewPage::redrawChart() {
    m_isStale = !isVisible();
    if (m_isStale) return;
    const Metric metric = m_choice.metric();
    m_metric->setToolTip(info(metric).definition);
    if (!m_feed.shown()) return m_plot->setBars({});
    LayerBars bars =
        layerBars(*m_feed.shown(), m_feed.original().get(), metric, m_choice.measuredUs());
    const bool isCompared = !bars.bars.empty() && bars.bars.front().original.has_value();
    m_legend->setClasses(bars.classes, isCompared);
    m_plot->setBars(std::move(bars));
}

void OverviewPage::setDimmed(bool dimmed) {
    m_verdict->setDimmed(dimmed);
    for (SummaryCard* card : m_cards)
        card->setDimmed(dimmed);
    m_plot->setDimmed(dimmed);
    m_table->setDimmed(dimmed);
}

}  // namespace views
