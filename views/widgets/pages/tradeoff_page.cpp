// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/tradeoff_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include "views/widgets/data_table.h"

namespace views {

TradeoffPlot::Axis TradeoffPage::AxisChoice::axis() const {
    return {static_cast<Metric>(metric->currentData().toInt()), logarithmic->isChecked()};
}

TradeoffPage::TradeoffPage(Selection& selection, EvaluationFeed& feed, VariationsModel& variations,
                           QWidget* parent)
    : QWidget(parent), m_selection(selection), m_feed(feed), m_variations(variations) {
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(buildPlot());
    buildTable();
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addWidget(splitter);
    connect(&m_selection, &Selection::variationChanged, this, &TradeoffPage::showPicked);
    connect(&m_feed, &EvaluationFeed::triedChanged, this, &TradeoffPage::redraw);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &TradeoffPage::askOfNewData);
    connect(&m_feed, &EvaluationFeed::outdatedChanged, m_plot, &TradeoffPlot::setDimmed);
}

TradeoffPage::AxisChoice TradeoffPage::addAxisChoice(QHBoxLayout* row, const QString& label,
                                                     Metric chosen) {
    AxisChoice choice{new QComboBox, new QCheckBox(tr("log"))};
    for (Metric metric : totalMetrics())
        choice.metric->addItem(headerText(metric), static_cast<int>(metric));
    choice.metric->setCurrentIndex(choice.metric->findData(static_cast<int>(chosen)));
    choice.metric->setAccessibleName(label);
    row->addWidget(new QLabel(label));
    row->addWidget(choice.metric);
    row->addWidget(choice.logarithmic);
    row->addSpacing(16);
    connect(choice.metric, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &TradeoffPage::redraw);
    connect(choice.logarithmic, &QCheckBox::toggled, this, &TradeoffPage::redraw);
    return choice;
}

/// With new data, shows the quality on them.
void TradeoffPage::askOfNewData() {
    const types::EvaluationPtr& shown = m_feed.shown();
    if (shown->datasetPath == m_shownDataset) return;
    m_shownDataset = shown->datasetPath;
    const Metric asked = shown->quality ? qualityOf(*shown) : Metric::Agreement;
    m_y.metric->setCurrentIndex(m_y.metric->findData(static_cast<int>(asked)));
}

QWidget* TradeoffPage::buildPlot() {
    auto* header = new QHBoxLayout;
    m_plot = new TradeoffPlot;
    m_plot->setMinimumHeight(160);
    m_x = addAxisChoice(header, tr("Across:"), Metric::LatencyUs);
    m_y = addAxisChoice(header, tr("Up:"), Metric::Agreement);
    header->addStretch();
    m_note = new QLabel;
    m_note->setWordWrap(true);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(header);
    column->addWidget(m_plot, 1);
    column->addWidget(m_note);
    connect(m_plot, &TradeoffPlot::rowClicked, this,
            [this](int row) { m_selection.setVariation(m_variations.at(row).variation); });
    connect(m_plot, &TradeoffPlot::rowOpened, this, &TradeoffPage::openRow);
    return side;
}

void TradeoffPage::buildTable() {
    m_table = new DataTable;
    m_table->setSource(&m_variations);
    m_table->setAccessibleName(tr("Variations tried"));
    m_table->hideColumn(VariationsModel::columnOf(Metric::Ops));
    // Its text may be long, so it comes after the figures.
    m_table->horizontalHeader()->moveSection(VariationsModel::Fit, m_variations.columnCount() - 1);
    connect(&m_variations, &QAbstractItemModel::modelReset, m_table,
            &QTableView::resizeColumnsToContents);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        const int row = m_table->currentSourceRow();
        if (row >= 0) m_selection.setVariation(m_variations.at(row).variation);
    });
    connect(m_table, &QAbstractItemView::activated, this,
            [this] { openRow(m_table->currentSourceRow()); });
}

void TradeoffPage::openRow(int row) {
    if (row >= 0 && row < m_variations.rowCount())
        emit variationOpened(m_variations.at(row).variation);
}

void TradeoffPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) redraw();
}

void TradeoffPage::redraw() {
    m_isStale = !isVisible();
    if (m_isStale) return;
    const TradeoffPlot::Axis x = m_x.axis(), y = m_y.axis();
    TradeoffPoints points = tradeoffPoints(m_feed.tried(), m_feed.current(), x.metric, y.metric);
    QStringList notes;
    if (m_feed.tried().size() < 2)
        notes << tr("Move the width slider to add variations to compare.");
    if (points.leftOut > 0)
        notes << tr("%1 left out: %2.").arg(points.leftOut).arg(points.leftOutReason);
    if (points.points.size() >= 2)
        notes << tr(
            "Hollow: predicted, the bar holds it in nine of ten cases. Line: Pareto front. "
            "Ring: shown now.");
    m_note->setText(notes.join(' '));
    m_plot->setPoints(std::move(points), x, y);
    showPicked();
}

void TradeoffPage::showPicked() {
    const int row = m_variations.rowOf(m_selection.variation());
    m_plot->setSelectedRow(row);
    if (row >= 0) m_table->setCurrentSourceRow(row);
}

}  // namespace views
