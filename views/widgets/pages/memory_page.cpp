// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/memory_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "types/target.h"
#include "views/number_format.h"
#include "views/widgets/data_table.h"
#include "views/widgets/plots/arena_map.h"

namespace views {
namespace {

/// Names give way where the lists are narrow; their tool tips have them in full.
constexpr int kWidestBufferName = 192;

enum PlanChoice { kTflmPlan, kOwnPlan };

bool isBudgetedForOwn(const types::EvaluationPtr& evaluation) {
    return evaluation && types::runtimeOf(evaluation->device) == types::Runtime::Netcaliper;
}

/// The same evaluation with the plan that is to be drawn in the place of TFLM's. The board's room
/// for the arena, told for the plan of its own runtime, stays what it is.
types::EvaluationPtr withPlan(PlanChoice choice, const types::EvaluationPtr& evaluation) {
    const bool own = choice == kOwnPlan, budgeted = isBudgetedForOwn(evaluation);
    if (!evaluation || (!own && !budgeted)) return evaluation;
    auto shown = std::make_shared<types::Evaluation>(*evaluation);
    if (own) shown->plan = shown->netcaliperPlan;
    const auto& counted = budgeted ? evaluation->netcaliperPlan : evaluation->plan;
    const int64_t more = shown->plan.arenaBytes - counted.arenaBytes;
    if (shown->sram) {
        shown->sram->usedBytes += more;
        shown->sram->blockBytes += more;
    }
    return shown;
}

QString ownSentence(const types::Evaluation& evaluation) {
    const auto& buffers = evaluation.netcaliperPlan.buffers;
    const auto shared = std::count_if(buffers.begin(), buffers.end(),
                                      [](const auto& buffer) { return buffer.overwrites >= 0; });
    return QObject::tr(
               "Arena %1 bytes for our own runtime (the exported C library), %2 less than TFLM "
               "plans; outputs that lie over an input: %3")
        .arg(grouped(evaluation.netcaliperPlan.arenaBytes),
             grouped(evaluation.plan.arenaBytes - evaluation.netcaliperPlan.arenaBytes))
        .arg(shared);
}

QString arenaSentence(const types::Evaluation& evaluation) {
    const types::TflmArena& arena = evaluation.tflmCortexM;
    if (!arena.usedBytes())
        return QObject::tr(
                   "Arena: %1 bytes of planned buffers; the persistent part is unknown for an "
                   "operator of this model")
            .arg(grouped(evaluation.plan.arenaBytes));
    return QObject::tr(
               "Arena %1 bytes (TFLM on Cortex-M) = %2 planned (drawn here) + %3 persistent")
        .arg(grouped(*arena.usedBytes()), grouped(arena.nonPersistentBytes),
             grouped(*arena.persistentBytes));
}

bool fits(const types::Evaluation& evaluation) {
    return (!evaluation.flash || evaluation.flash->fits()) &&
           (!evaluation.sram || evaluation.sram->fits());
}

int64_t aliveBytes(const types::MemoryPlan& plan, int op) {
    int64_t sum = 0;
    for (const types::PlannedBuffer& buffer : plan.buffers)
        sum += buffer.bytesAt(op);
    return sum;
}

}  // namespace

MemoryPage::MemoryPage(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection) {
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(buildMap());
    splitter->addWidget(buildLists());
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({540, 460});
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addWidget(splitter);
    connect(&m_selection, &Selection::layerChanged, this, &MemoryPage::showAlive);
    showAlive();
}

QWidget* MemoryPage::buildMap() {
    m_total = new QLabel;
    m_total->setWordWrap(true);
    m_total->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_map = new ArenaMap;
    m_planChoice = new QComboBox;
    m_planChoice->addItem(tr("Plan of TFLM"));
    m_planChoice->addItem(tr("Plan of our own runtime, in place"));
    m_planChoice->setToolTip(tr(
        "TFLM gives every tensor a place of its own. Our runtime also writes outputs over inputs "
        "that nobody reads afterwards, where its kernels allow it"));
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_planChoice, 0, Qt::AlignLeft);
    column->addWidget(m_total);
    column->addWidget(m_map, 1);
    connect(m_planChoice, QOverload<int>::of(&QComboBox::currentIndexChanged), this,
            &MemoryPage::refresh);
    connect(m_map, &ArenaMap::layerClicked, &m_selection, &Selection::pick);
    connect(&m_selection, &Selection::layerChanged, m_map,
            [this] { m_map->setSelectedLayers(m_selection.layers()); });
    return side;
}

QWidget* MemoryPage::buildLists() {
    m_aliveTitle = new QLabel;
    m_aliveTitle->setWordWrap(true);
    m_toPeak = new QPushButton(tr("Show peak"));
    m_aliveTable = new DataTable;
    m_aliveTable->setSource(&m_buffers);
    m_makeFit = new QPushButton(tr("Make it fit"));
    m_makeFit->setToolTip(
        tr("Search the smallest change with which the model fits the board, and turn the knobs to "
           "it"));
    m_makeFit->hide();
    m_budgetTable = new DataTable;
    m_budgetTable->setSource(&m_budgets);
    m_budgetTable->setSortingEnabled(false);
    m_budgetTable->setTextElideMode(Qt::ElideRight);
    m_budgetTable->horizontalHeader()->setStretchLastSection(true);
    auto* title = new QHBoxLayout;
    title->addWidget(m_aliveTitle, 1);
    title->addWidget(m_toPeak);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(title);
    column->addWidget(m_aliveTable, 3);
    column->addWidget(m_makeFit, 0, Qt::AlignLeft);
    column->addWidget(m_budgetTable, 2);
    connect(m_makeFit, &QPushButton::clicked, this, &MemoryPage::fitRequested);
    connect(&m_budgets, &BudgetModel::reservedEdited, this, &MemoryPage::reservedEdited);
    connect(m_toPeak, &QPushButton::clicked, this, [this] {
        if (m_shown) m_selection.setLayer(m_shown->plan.peakOp);
    });
    return side;
}

void MemoryPage::setEvaluation(types::EvaluationPtr evaluation) {
    const bool wasOwn = isBudgetedForOwn(m_evaluation);
    m_evaluation = std::move(evaluation);
    // A board of another runtime begins with the plan of that runtime.
    if (const bool own = isBudgetedForOwn(m_evaluation); own != wasOwn) {
        const QSignalBlocker quiet(m_planChoice);
        m_planChoice->setCurrentIndex(own ? kOwnPlan : kTflmPlan);
    }
    refresh();
}

void MemoryPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) refresh();
}

void MemoryPage::refresh() {
    m_isStale = !isVisible();
    if (m_isStale) return;
    const bool own = m_planChoice->currentIndex() == kOwnPlan;
    m_shown = withPlan(own ? kOwnPlan : kTflmPlan, m_evaluation);
    m_map->setEvaluation(m_shown);
    m_budgets.setEvaluation(m_evaluation);
    m_budgetTable->fitColumns(kWidestBufferName);
    m_makeFit->setVisible(m_evaluation && !fits(*m_evaluation));
    m_total->setText(!m_evaluation ? QString()
                     : own         ? ownSentence(*m_evaluation)
                                   : arenaSentence(*m_evaluation));
    showAlive();
}

void MemoryPage::showAlive() {
    const int layers = m_shown ? static_cast<int>(m_shown->layers.size()) : 0;
    if (layers == 0) {
        m_toPeak->hide();
        return m_aliveTitle->setText(tr("Buffers in memory"));
    }
    const int peak = m_shown->plan.peakOp;
    const bool picked = m_selection.layer() >= 0 && m_selection.layer() < layers;
    const int op = picked ? m_selection.layer() : peak;
    m_buffers.show(m_shown, op);
    m_aliveTable->fitColumns(kWidestBufferName);
    const auto& layer = m_shown->layers[static_cast<size_t>(std::clamp(op, 0, layers - 1))];
    m_aliveTitle->setText(
        tr("%1 #%2 %3: %4 bytes alive")
            .arg(op == peak ? tr("Peak, at") : tr("At"))
            .arg(op)
            .arg(QString::fromStdString(layer.op), grouped(aliveBytes(m_shown->plan, op))));
    m_toPeak->setVisible(op != peak);
}

void MemoryPage::setDimmed(bool dimmed) {
    m_map->setDimmed(dimmed);
    m_aliveTable->setDimmed(dimmed);
    m_budgetTable->setDimmed(dimmed);
}

}  // namespace views
