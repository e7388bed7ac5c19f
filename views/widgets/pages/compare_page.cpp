// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/compare_page.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSplitter>
#include <algorithm>
#include <utility>

#include "views/widgets/data_table.h"
#include "views/widgets/diff_memory.h"
#include "views/widgets/plain_column.h"
#include "views/widgets/plots/diff_plot.h"
#include "views/widgets/summary_card.h"
#include "views/widgets/work_strip.h"

namespace views {
namespace {

constexpr int kWidestOp = 200;
/// Below it, cards stand in two rows.
constexpr int kCardWidth = 116;

enum Shown { kNothing, kComparison };

/// The first entry of both lists.
const char* const kFollowsShown = QT_TRANSLATE_NOOP("ComparePage", "shown (%1)");

}  // namespace

ComparePage::ComparePage(Selection& selection, EvaluationFeed& feed, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_feed(feed) {
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildContents());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    m_strip = new WorkStrip;
    column->addWidget(buildChoice());
    column->addWidget(m_stack, 1);
    column->addWidget(m_strip);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_plot, m_table, m_memory})
        widget->installEventFilter(this);
    setFocusProxy(m_table);
    connect(&m_feed, &EvaluationFeed::triedChanged, this, [this] {
        fillChoices();
        ask();
    });
    connect(&m_feed, &EvaluationFeed::evaluated, this, &ComparePage::ask);
    connect(&m_selection, &Selection::layerChanged, this, &ComparePage::followSelection);
    fillChoices();
}

QWidget* ComparePage::buildChoice() {
    const auto box = [this](const QString& name) {
        auto* combo = new QComboBox;
        combo->setAccessibleName(name);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        combo->setMinimumWidth(96);
        return combo;
    };
    const auto button = [](const QString& text, const QString& tip) {
        auto* tool = new QToolButton;
        tool->setText(text);
        tool->setToolTip(tip);
        tool->setAutoRaise(true);
        return tool;
    };
    m_baseline = box(tr("Baseline"));
    m_candidate = box(tr("Candidate"));
    auto* exchange = button(QStringLiteral("⇄"), tr("Exchange baseline and candidate"));
    exchange->setAccessibleName(exchange->toolTip());
    auto* open = button(tr("Second model…"), tr("Compare with another model file"));
    m_flip = button(tr("Flip"), tr("Show the other side in front (Space)"));
    m_save = button(tr("Save…"), tr("Save the comparison as an HTML page or as JSON"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_baseline, 1);
    row->addWidget(exchange);
    row->addWidget(m_candidate, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{open, m_flip, m_save})
        row->addWidget(widget);
    auto* line = new QWidget;
    line->setLayout(row);
    connect(m_baseline, qOverload<int>(&QComboBox::activated), this,
            [this] { takeChoice(m_baseline, m_baselineChoice); });
    connect(m_candidate, qOverload<int>(&QComboBox::activated), this,
            [this] { takeChoice(m_candidate, m_candidateChoice); });
    connect(exchange, &QToolButton::clicked, this, &ComparePage::exchange);
    connect(open, &QToolButton::clicked, this, &ComparePage::modelRequested);
    connect(m_flip, &QToolButton::clicked, this, &ComparePage::flip);
    connect(m_save, &QToolButton::clicked, this, [this] { emit saveRequested(m_diff); });
    return line;
}

QWidget* ComparePage::buildEmpty() {
    auto* text = new QLabel(
        tr("Two variations, or a second model, stand side by side here: what differs, layer by "
           "layer, and which is better."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto* button = new QPushButton(tr("Choose a second model…"));
    auto* page = new QWidget;
    auto* column = columnIn(page);
    column->addStretch();
    column->addWidget(text);
    column->addSpacing(8);
    column->addWidget(button, 0, Qt::AlignCenter);
    column->addStretch();
    connect(button, &QPushButton::clicked, this, &ComparePage::modelRequested);
    return page;
}

QWidget* ComparePage::buildContents() {
    m_verdict = new QLabel;
    m_unknown = new QLabel;
    for (QLabel* label : {m_verdict, m_unknown}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_verdict->setFont(large);
    m_unknown->setForegroundRole(QPalette::PlaceholderText);
    auto* cards = new QWidget;
    // Else the cards could never wrap.
    cards->setMinimumWidth(1);
    m_cardGrid = new QGridLayout(cards);
    m_cardGrid->setContentsMargins(0, 0, 0, 0);
    m_cardGrid->setSpacing(8);
    m_memory = new DiffMemory;
    m_parts = new QTabWidget;
    m_parts->setDocumentMode(true);
    m_parts->addTab(buildLayers(), tr("Layers"));
    m_parts->addTab(m_memory, tr("Memory"));
    auto* page = new QWidget;
    auto* column = columnIn(page, 0);
    column->addWidget(m_verdict);
    column->addWidget(m_unknown);
    column->addWidget(cards);
    column->addWidget(m_parts, 1);
    connect(m_memory, &DiffMemory::rowClicked, this, &ComparePage::pick);
    return page;
}

QWidget* ComparePage::buildLayers() {
    m_metric = new QComboBox;
    m_metric->setAccessibleName(tr("Metric of chart and table"));
    for (Metric metric : diffLayerMetrics())
        m_metric->addItem(info(metric).name, static_cast<int>(metric));
    m_plot = new DiffPlot;
    m_table = new DataTable;
    m_table->setSource(&m_rows);
    m_table->setAccessibleName(tr("Matched layers"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* chart = new QWidget;
    auto* header = new QHBoxLayout;
    header->addWidget(new QLabel(tr("Per layer:")));
    header->addWidget(m_metric);
    header->addStretch();
    auto* column = columnIn(chart);
    column->addLayout(header);
    column->addWidget(m_plot, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(chart);
    splitter->addWidget(m_table);
    splitter->setSizes({220, 260});
    splitter->setChildrenCollapsible(false);
    const auto takeMetric = [this] {
        const auto metric = static_cast<Metric>(m_metric->currentData().toInt());
        m_rows.setMetric(metric);
        m_plot->setMetric(metric);
        m_table->fitColumns(kWidestOp);
    };
    connect(m_metric, qOverload<int>(&QComboBox::currentIndexChanged), this, takeMetric);
    connect(m_plot, &DiffPlot::rowClicked, this, &ComparePage::pick);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_isPicking) pick(m_table->currentSourceRow());
    });
    takeMetric();
    return splitter;
}

void ComparePage::fillChoices() {
    m_choices.clear();
    QStringList names{tr(kFollowsShown).arg(QString::fromStdString(m_feed.current().label()))};
    for (const TriedVariation& entry : listedVariations(m_feed.tried(), m_feed.current())) {
        m_choices.push_back({entry.variation});
        names << entry.name();
    }
    for (const QString& path : m_otherModels) {
        m_choices.push_back({{}, path});
        names << tr("model %1").arg(QFileInfo(path).completeBaseName());
    }
    for (QComboBox* box : {m_baseline, m_candidate}) {
        const QSignalBlocker quiet(box);
        box->clear();
        const bool isBaseline = box == m_baseline;
        for (const QString& name : names)
            box->addItem((isBaseline ? tr("Baseline: %1") : tr("Candidate: %1")).arg(name));
    }
    showChoice(m_baseline, m_baselineChoice);
    showChoice(m_candidate, m_candidateChoice);
}

/// The original where the chosen one is gone.
void ComparePage::showChoice(QComboBox* box, const std::optional<CompareChoice>& chosen) {
    const auto indexOf = [this](const CompareChoice& wanted) {
        const auto found = std::find(m_choices.begin(), m_choices.end(), wanted);
        return found == m_choices.end() ? 0 : static_cast<int>(found - m_choices.begin()) + 1;
    };
    const int index = !chosen ? 0 : indexOf(*chosen) > 0 ? indexOf(*chosen) : indexOf({});
    const QSignalBlocker quiet(box);
    box->setCurrentIndex(index);
    box->setToolTip(box->currentText());
}

void ComparePage::takeChoice(const QComboBox* box, std::optional<CompareChoice>& chosen) {
    const int index = box->currentIndex();
    chosen.reset();
    if (index > 0 && index <= static_cast<int>(m_choices.size()))
        chosen = m_choices[static_cast<size_t>(index - 1)];
    ask();
}

CompareChoice ComparePage::effective(const std::optional<CompareChoice>& chosen) const {
    return chosen ? *chosen : CompareChoice{m_feed.current()};
}

void ComparePage::choose(const CompareChoice& baseline, const CompareChoice& candidate) {
    m_baselineChoice = baseline;
    m_candidateChoice = candidate;
    fillChoices();
    ask();
}

void ComparePage::addModel(const QString& path) {
    if (!m_otherModels.contains(path)) m_otherModels << path;
    m_candidateChoice = CompareChoice{{}, path};
    fillChoices();
    ask();
}

void ComparePage::exchange() {
    std::swap(m_baselineChoice, m_candidateChoice);
    fillChoices();
    ask();
}

void ComparePage::ask() {
    if (!isVisible() || !m_feed.shown()) return;
    emit compareRequested(effective(m_baselineChoice), effective(m_candidateChoice));
}

void ComparePage::setDiff(types::ModelDiffPtr diff) {
    m_diff = std::move(diff);
    m_stack->setCurrentIndex(m_diff ? kComparison : kNothing);
    m_flip->setEnabled(m_diff != nullptr);
    m_save->setEnabled(m_diff != nullptr);
    m_rows.setDiff(m_diff);
    m_plot->setDiff(m_diff);
    m_memory->setDiff(m_diff);
    m_table->fitColumns(kWidestOp);
    if (!m_diff) return;
    const types::DiffVerdict& verdict = m_diff->verdict;
    m_verdict->setText(QString::fromStdString(verdict.sentence));
    QStringList evidence, gaps;
    for (const std::string& line : verdict.evidence)
        evidence << QString::fromStdString(line);
    for (const std::string& line : verdict.cannotSay)
        gaps << QString::fromStdString(line);
    m_verdict->setToolTip(evidence.join('\n'));
    m_unknown->setText(gaps.isEmpty() ? QString() : tr("Not known: %1").arg(gaps.join(' ')));
    m_unknown->setVisible(!gaps.isEmpty());
    showFront();
    followSelection();
}

void ComparePage::flip() {
    m_front = m_front == DiffFront::Candidate ? DiffFront::Baseline : DiffFront::Candidate;
    showFront();
}

void ComparePage::showFront() {
    if (!m_diff) return;
    const std::vector<DiffCard> cards = diffCards(*m_diff, m_front);
    while (m_cards.size() < cards.size())
        m_cards.push_back(new SummaryCard(this));
    for (size_t i = 0; i < m_cards.size(); ++i) {
        SummaryCard* card = m_cards[i];
        card->setVisible(i < cards.size());
        card->disconnect(this);
        if (i >= cards.size()) continue;
        card->setContent(cards[i].content);
        connect(card, &QAbstractButton::clicked, this,
                [this, metric = cards[i].metric] { explain(metric); });
    }
    m_plot->setFront(m_front);
    m_memory->setFront(m_front);
    placeCards();
}

/// Shows the part of the page that the card sums up.
void ComparePage::explain(Metric metric) {
    m_parts->setCurrentIndex(metric == Metric::ArenaBytes ? 1 : 0);
    const Metric ofLayers = metric == Metric::FlashBytes ? Metric::WeightBytes : metric;
    const int index = m_metric->findData(static_cast<int>(ofLayers));
    if (index >= 0) m_metric->setCurrentIndex(index);
}

void ComparePage::placeCards() {
    const auto shown = std::ranges::count_if(m_cards, [](auto* card) { return !card->isHidden(); });
    if (shown == 0) return;
    const int fitting = std::max(1, (width() - 16) / kCardWidth);
    const int lines = (static_cast<int>(shown) + fitting - 1) / fitting;
    const int columns = (static_cast<int>(shown) + lines - 1) / lines;
    for (int i = 0; i < static_cast<int>(m_cards.size()); ++i)
        m_cardGrid->addWidget(m_cards[static_cast<size_t>(i)], i / columns, i % columns);
}

void ComparePage::pick(int row) {
    if (!m_diff || row < 0 || m_isPicking) return;
    m_isPicking = true;
    m_plot->setPicked(row);
    m_memory->setPicked(row);
    m_table->selectSourceRows({row}, row);
    const types::LayerMatch& match = m_diff->layers[static_cast<size_t>(row)].match;
    const types::EvaluationPtr& shown = m_feed.shown();
    if (shown == m_diff->candidate.evaluation && !match.candidate.empty())
        m_selection.setLayers(match.candidate, match.candidate.front());
    else if (shown == m_diff->baseline.evaluation && !match.baseline.empty())
        m_selection.setLayers(match.baseline, match.baseline.front());
    m_isPicking = false;
}

void ComparePage::followSelection() {
    if (!m_diff || m_isPicking || m_selection.layer() < 0) return;
    const bool isCandidate = m_feed.shown() == m_diff->candidate.evaluation;
    if (!isCandidate && m_feed.shown() != m_diff->baseline.evaluation) return;
    for (size_t row = 0; row < m_diff->layers.size(); ++row) {
        const types::LayerMatch& match = m_diff->layers[row].match;
        const auto& layers = isCandidate ? match.candidate : match.baseline;
        if (std::ranges::count(layers, m_selection.layer())) return pick(static_cast<int>(row));
    }
}

bool ComparePage::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress;
    if (!isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space)
        return QWidget::eventFilter(watched, event);
    flip();
    return true;
}

void ComparePage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && m_diff) return flip();
    QWidget::keyPressEvent(event);
}

void ComparePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeCards();
}

void ComparePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    ask();
}

}  // namespace views
