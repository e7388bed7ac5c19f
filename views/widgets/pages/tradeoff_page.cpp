// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/tradeoff_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "views/colors.h"
#include "views/models/budget_text.h"
#include "views/widgets/fold_section.h"
#include "views/widgets/plots/parallel_plot.h"
#include "views/widgets/plots/tradeoff_plot.h"
#include "views/widgets/points_table.h"
#include "views/widgets/sweep_bar.h"

namespace views {
namespace {

constexpr int kSuggestions = 10;
constexpr int kBesideWidth = 1200;  ///< from which on the plots stand beside each other

std::optional<double> boardLimitOf(const PointLens& lens, const AxisSetting& axis,
                                   const types::Evaluation& shown) {
    const auto limitOf = [](const std::optional<types::Budget>& budget) {
        return budget ? std::optional(static_cast<double>(budget->limitBytes)) : std::nullopt;
    };
    if (axis.column == PointStore::flashColumn()) return limitOf(shown.flash);
    if (axis.column == PointStore::sramColumn()) return limitOf(shown.sram);
    return boardLimit(lens.store().column(axis.column).metric, shown);
}

}  // namespace

TradeoffPage::TradeoffPage(Selection& selection, EvaluationFeed& feed, QWidget* parent)
    : QWidget(parent),
      m_selection(selection),
      m_feed(feed),
      m_lens(feed.points()),
      m_points(m_lens) {
    auto* splitter = new QSplitter(Qt::Vertical);
    buildTable();
    splitter->addWidget(buildPlots());
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({600, 120});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(4);
    column->addWidget(buildSweep());
    column->addWidget(buildFilter());
    column->addWidget(splitter, 1);
    connectLens();
    fillAxisChoices();
    redraw();
}

void TradeoffPage::connectLens() {
    connect(&m_lens, &PointLens::changed, this, &TradeoffPage::redraw);
    connect(&m_lens, &PointLens::axesChanged, this, &TradeoffPage::redraw);
    connect(&m_selection, &Selection::variationChanged, this, &TradeoffPage::showPicked);
    connect(&m_feed, &EvaluationFeed::triedChanged, this, &TradeoffPage::redraw);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &TradeoffPage::askOfNewData);
    connect(&m_feed, &EvaluationFeed::evaluated, this, &TradeoffPage::redraw);
    for (CanvasPlot* plot :
         {static_cast<CanvasPlot*>(m_plot), static_cast<CanvasPlot*>(m_parallel)})
        connect(&m_feed, &EvaluationFeed::outdatedChanged, plot, &CanvasPlot::setDimmed);
    connect(m_plot, &TradeoffPlot::rowClicked, this, &TradeoffPage::pick);
    connect(m_plot, &TradeoffPlot::rowOpened, this, &TradeoffPage::open);
    connect(m_parallel, &ParallelPlot::rowClicked, this, &TradeoffPage::pick);
    connect(m_parallel, &ParallelPlot::rowOpened, this, &TradeoffPage::open);
    connect(m_table, &PointsTable::pointPicked, this, &TradeoffPage::pick);
    connect(m_table, &PointsTable::pointOpened, this, &TradeoffPage::open);
    connect(m_table, &PointsTable::marksEdited, this, &TradeoffPage::marksEdited);
}

QWidget* TradeoffPage::buildSweep() {
    m_sweep = new SweepBar;
    auto* section = new FoldSection(tr("Sweep"), m_sweep, false);
    connect(m_sweep, &SweepBar::summaryChanged, section, &FoldSection::setSummary);
    section->setSummary(m_sweep->summary());
    return section;
}

QWidget* TradeoffPage::buildFilter() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    m_filter = new QLineEdit;
    m_filter->setObjectName("filter");
    m_filter->setClearButtonEnabled(true);
    m_filter->setPlaceholderText(tr("Filter: acc>85 sram<100k star"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setToolTip(tr(
        "Conditions with a space between them all hold; \"or\" separates alternatives, \"not\" "
        "reverses one.\nQuantities: acc, agree, sram, flash, arena, latency, energy, macs, params, "
        "and knobs such as width or precision.\nUnits: k, M, KiB, MiB, us, ms, s, uJ, mJ, %.\n"
        "Words: star, note, fits, trained, or a part of a name."));
    m_counts = new QLabel;
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_clear = new QToolButton;
    m_clear->setText(tr("Remove limits"));
    m_clear->setToolTip(tr("Removes all brushes and limits"));
    m_clear->setAutoRaise(true);
    row->addWidget(m_filter, 1);
    row->addWidget(m_counts);
    row->addWidget(m_clear);
    addSwitch(row, tr("Plot"), tr("Show the scatter plot"), m_plot->parentWidget(), true);
    addSwitch(row, tr("Parallel"), tr("Show parallel coordinates"), m_parallel, true);
    addSwitch(row, tr("Table"), tr("Show the table"), m_table, true);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_filter, &QLineEdit::textChanged, this, &TradeoffPage::applyFilter);
    connect(m_clear, &QToolButton::clicked, &m_lens, &PointLens::clearNarrowing);
    return box;
}

QToolButton* TradeoffPage::addSwitch(QHBoxLayout* row, const QString& text, const QString& toolTip,
                                     QWidget* panel, bool isOn) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setChecked(isOn);
    row->addWidget(button);
    connect(button, &QToolButton::toggled, panel, &QWidget::setVisible);
    return button;
}

TradeoffPage::AxisChoice TradeoffPage::addAxisChoice(QHBoxLayout* row, const QString& name,
                                                     const QString& label, int chosen) {
    AxisChoice choice{new QComboBox, new QCheckBox(tr("log"))};
    choice.column->setObjectName(name);
    choice.column->setAccessibleName(label);
    // Narrow windows keep room for the docks.
    choice.column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice.column->setMinimumContentsLength(9);
    choice.logarithmic->setAccessibleName(tr("%1 logarithmic").arg(label));
    choice.column->addItem(QString(), chosen);
    row->addWidget(new QLabel(label));
    row->addWidget(choice.column);
    row->addWidget(choice.logarithmic);
    connect(choice.column, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &TradeoffPage::applyAxes);
    connect(choice.logarithmic, &QCheckBox::toggled, this, &TradeoffPage::applyAxes);
    return choice;
}

QWidget* TradeoffPage::buildPlots() {
    auto* scatter = new QWidget;
    auto* header = new QHBoxLayout;
    m_plot = new TradeoffPlot(m_lens);
    m_x = addAxisChoice(header, "across", tr("Across"), m_lens.x().column);
    header->addSpacing(8);
    m_y = addAxisChoice(header, "up", tr("Up"), m_lens.y().column);
    header->addStretch();
    m_suggest = new QToolButton;
    m_suggest->setText(tr("Suggest %1").arg(kSuggestions));
    m_suggest->setToolTip(
        tr("Marks the points of the front that together cover the most of the plot"));
    m_suggest->setCheckable(true);
    header->addWidget(m_suggest);
    m_suggestions = new QListWidget;
    m_suggestions->setAccessibleName(tr("Suggestions"));
    m_suggestions->setFrameShape(QFrame::NoFrame);
    m_suggestions->setMaximumHeight(96);
    m_suggestions->hide();
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(scatter);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(header);
    column->addWidget(m_plot, 1);
    column->addWidget(m_suggestions);
    column->addWidget(m_note);
    m_parallel = new ParallelPlot(m_lens);
    m_plots = new QSplitter(Qt::Vertical);
    m_plots->addWidget(scatter);
    m_plots->addWidget(m_parallel);
    m_plots->setStretchFactor(0, 3);
    m_plots->setStretchFactor(1, 2);
    m_plots->setChildrenCollapsible(false);
    m_plots->setSizes({360, 240});
    connect(m_suggest, &QToolButton::toggled, this, &TradeoffPage::suggest);
    connect(m_suggestions, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item) pick(item->data(Qt::UserRole).toInt());
    });
    return m_plots;
}

void TradeoffPage::buildTable() {
    m_table = new PointsTable(m_lens, m_points);
    m_table->setMinimumHeight(96);
}

/// Metrics that are known of some point, and knobs in which points differ.
void TradeoffPage::fillAxisChoices() {
    const PointStore& store = m_lens.store();
    std::vector<int> offered;
    for (int column = 0; column < store.columnCount(); ++column)
        if (!store.column(column).isKnob || store.varies(column)) offered.push_back(column);
    if (offered == m_offered) return;
    m_offered = offered;
    // A knob that the filter names may have points now.
    if (m_problem->isVisible()) applyFilter();
    for (const AxisChoice& choice : {m_x, m_y}) {
        const QSignalBlocker blocker(choice.column);
        const bool isX = choice.column == m_x.column;
        choice.column->clear();
        for (const int column : offered)
            choice.column->addItem(store.column(column).name, column);
        const int chosen = isX ? m_lens.x().column : m_lens.y().column;
        choice.column->setCurrentIndex(choice.column->findData(chosen));
    }
}

void TradeoffPage::applyAxes() {
    const auto settingOf = [](const AxisChoice& choice, const AxisSetting& before) {
        AxisSetting setting = before;
        setting.column = choice.column->currentData().toInt();
        setting.logarithmic = choice.logarithmic->isChecked();
        if (setting.column != before.column) setting.shown.reset();
        return setting;
    };
    m_lens.setPlotAxes(settingOf(m_x, m_lens.x()), settingOf(m_y, m_lens.y()));
}

void TradeoffPage::applyFilter() {
    auto filter = PointFilter::parse(m_filter->text(), m_lens.store());
    m_problem->setVisible(!filter);
    if (filter) return m_lens.setFilter(std::move(*filter));
    // While a condition is being typed, those before it hold.
    const QString before = m_filter->text().left(filter.error().termStart);
    if (auto whole = PointFilter::parse(before, m_lens.store()))
        m_lens.setFilter(std::move(*whole));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, warningColor(palette()));
    m_problem->setPalette(colors);
    m_problem->setText(filter.error().message);
}

/// With new data, shows the quality on them.
void TradeoffPage::askOfNewData() {
    const types::EvaluationPtr& shown = m_feed.shown();
    if (shown->datasetPath == m_shownDataset) return;
    m_shownDataset = shown->datasetPath;
    const Metric asked = shown->quality ? qualityOf(*shown) : Metric::Agreement;
    m_y.column->setCurrentIndex(m_y.column->findData(PointStore::columnOf(asked)));
}

void TradeoffPage::suggest() {
    m_suggestions->setVisible(m_suggest->isChecked());
    std::vector<Suggestion> list;
    if (m_suggest->isChecked()) list = m_lens.suggestions(kSuggestions);
    const QSignalBlocker blocker(m_suggestions);
    m_suggestions->clear();
    for (size_t i = 0; i < list.size(); ++i) {
        auto* item =
            new QListWidgetItem(QStringLiteral("%1  %2: %3")
                                    .arg(i + 1)
                                    .arg(m_lens.store().name(list[i].row), list[i].reason));
        item->setData(Qt::UserRole, list[i].row);
        item->setToolTip(list[i].reason);
        m_suggestions->addItem(item);
    }
    m_plot->setSuggestions(std::move(list));
}

void TradeoffPage::pick(int point) {
    m_selection.setVariation(m_lens.store().variations(point).front());
}

void TradeoffPage::open(int point) {
    emit variationOpened(m_lens.store().variations(point).front());
}

void TradeoffPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) redraw();
}

void TradeoffPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const auto wanted = width() >= kBesideWidth ? Qt::Horizontal : Qt::Vertical;
    if (wanted == m_plots->orientation()) return;
    m_plots->setOrientation(wanted);
    // Beside each other, the many axes need the more room.
    m_plots->setSizes(wanted == Qt::Horizontal ? QList<int>{500, 600} : QList<int>{360, 240});
}

void TradeoffPage::redraw() {
    m_isStale = !isVisible();
    if (m_isStale) return;
    fillAxisChoices();
    // The axes follow the points until the user changes them.
    const std::vector<AxisSetting> usual = m_lens.usualAxes();
    const bool isUntouched = m_lens.axes() == m_usualAxes;
    if (usual != m_usualAxes) {
        m_usualAxes = usual;
        if (isUntouched) m_lens.setAxes(usual);
    }
    if (const types::EvaluationPtr& shown = m_feed.shown()) {
        m_plot->setBoardLimits(boardLimitOf(m_lens, m_lens.x(), *shown),
                               boardLimitOf(m_lens, m_lens.y(), *shown));
    }
    if (m_suggest->isChecked()) suggest();
    showCounts();
    showNote();
    showPicked();
}

void TradeoffPage::showCounts() {
    int count = 0;
    const PointStore& store = m_lens.store();
    for (int row = 0; row < store.count(); ++row)
        count += !store.isGone(row);
    const auto lit = static_cast<int>(m_lens.lit().size());
    m_counts->setText(lit == count ? tr("%1 points").arg(grouped(count))
                                   : tr("%1 of %2").arg(grouped(lit), grouped(count)));
    m_counts->setVisible(count > 1);
    m_clear->setVisible(m_lens.isNarrowed());
}

void TradeoffPage::showNote() {
    QStringList notes;
    const PointStore& store = m_lens.store();
    int leftOut = 0, predicted = 0;
    for (const int row : m_lens.lit()) {
        const PointFigure x = store.figure(m_lens.x().column, row);
        const PointFigure y = store.figure(m_lens.y().column, row);
        leftOut += std::isnan(x.value) || std::isnan(y.value);
        predicted += x.isPredicted || y.isPredicted;
    }
    if (store.count() < 2) notes << tr("Move the width slider to add variations to compare.");
    if (store.count() >= 2 && m_lens.lit().empty())
        notes << tr("No point is left: widen the filter, the brushes or the limits.");
    if (leftOut > 0)
        notes << tr("%1 without %2 or %3 are not in the plot.")
                     .arg(grouped(leftOut), store.column(m_lens.x().column).name,
                          store.column(m_lens.y().column).name);
    if (predicted > 0 && m_lens.shownCount() >= 2)
        notes << tr(
            "Hollow: predicted, the bar holds it in nine of ten cases. Line: Pareto front. "
            "Ring: shown now. Diamond: trained.");
    m_note->setText(notes.join(' '));
    m_note->setVisible(!notes.isEmpty());
}

void TradeoffPage::showPicked() {
    if (!isVisible()) return;
    const PointStore& store = m_lens.store();
    const int shown = m_feed.shown() ? store.rowOf(m_feed.current()) : -1;
    const int picked = m_selection.variation() ? store.rowOf(*m_selection.variation()) : -1;
    m_plot->setPicked(shown, picked);
    m_parallel->setPicked(shown, picked);
    m_points.setShown(shown);
    m_table->showPoint(picked);
}

}  // namespace views
