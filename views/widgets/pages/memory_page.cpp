// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/memory_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "types/target.h"
#include "views/metric.h"
#include "views/models/arena_layout.h"
#include "views/number_format.h"
#include "views/widgets/data_table.h"
#include "views/widgets/fold_section.h"
#include "views/widgets/plots/arena_map.h"
#include "views/widgets/plots/schedule_plot.h"

namespace views {
namespace {

/// Names are shortened where the lists are narrow; their tool tips have the full text.
constexpr int kWidestBufferName = 192;

enum PlanChoice { kTflmPlan, kNetcaliperPlan };

QString scheduleSentence(const types::Evaluation& evaluation) {
    const types::ChosenSchedule& schedule = *evaluation.schedule;
    const QString text =
        QObject::tr("Arena %1 bytes with schedule %2 of our own runtime (%3 without)%4")
            .arg(grouped(schedule.row.arenaBytes))
            .arg(schedule.row.number)
            .arg(grouped(schedule.wholeArenaBytes),
                 schedule.row.isFed ? QObject::tr("; the caller gives the input by rows")
                                    : QString());
    if (evaluation.isScheduled()) return text;
    return text + "\n" +
           QObject::tr("Not in the figures of the board: %1")
               .arg(QString::fromStdString(evaluation.scheduleGap));
}

QString netcaliperSentence(const types::Evaluation& evaluation) {
    if (evaluation.schedule) return scheduleSentence(evaluation);
    const auto& buffers = evaluation.netcaliperPlan.buffers;
    const auto shared = std::count_if(buffers.begin(), buffers.end(),
                                      [](const auto& buffer) { return buffer.overwrites >= 0; });
    const auto tflm = evaluation.plannedBytes();
    const QString less = tflm ? QObject::tr(", %1 less than TFLM plans")
                                    .arg(grouped(*tflm - evaluation.netcaliperPlan.arenaBytes))
                              : QString();
    return QObject::tr(
               "Arena %1 bytes for our own runtime (the exported C library)%2; outputs that lie "
               "over an input: %3")
        .arg(grouped(evaluation.netcaliperPlan.arenaBytes), less)
        .arg(shared);
}

QString arenaSentence(const types::Evaluation& evaluation) {
    const types::TflmArena& arena = evaluation.tflmCortexM;
    if (arena.isRefused)
        return QObject::tr("No arena: %1").arg(QString::fromStdString(arena.unknownReason));
    if (!arena.usedBytes()) return QObject::tr("Arena: %1").arg(arenaGap(arena));
    return QObject::tr(
               "Arena %1 bytes (TFLM on Cortex-M) = %2 planned (drawn here) + %3 persistent")
        .arg(grouped(*arena.usedBytes()), grouped(*arena.nonPersistentBytes),
             grouped(*arena.persistentBytes));
}

}  // namespace

MemoryPage::MemoryPage(Selection& selection, EvaluationFeed& feed, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_feed(feed) {
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
    connect(&m_feed, &EvaluationFeed::evaluated, this, &MemoryPage::takeEvaluation);
    connect(&m_feed, &EvaluationFeed::outdatedChanged, this, &MemoryPage::setDimmed);
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
    column->addWidget(buildSchedules());
    connect(m_planChoice, QOverload<int>::of(&QComboBox::currentIndexChanged), this,
            &MemoryPage::refresh);
    connect(m_map, &ArenaMap::layerClicked, &m_selection, &Selection::pick);
    connect(&m_selection, &Selection::layerChanged, m_map,
            [this] { m_map->setSelectedLayers(m_selection.layers()); });
    return side;
}

QWidget* MemoryPage::buildSchedules() {
    m_schedules = new SchedulePlot;
    m_schedules->setFixedHeight(m_schedules->sizeHint().height());
    m_schedules->setMessage(tr("Schedules of the open model appear here."));
    m_scheduleSection =
        new FoldSection(tr("Less RAM by schedule, under our own runtime"), m_schedules, true);
    connect(m_schedules, &SchedulePlot::rowClicked, this, &MemoryPage::scheduleChosen);
    return m_scheduleSection;
}

void MemoryPage::setSchedules(const types::EvaluationPtr& evaluation,
                              const ScheduleFigures& figures) {
    if (evaluation != m_shown) return;
    m_schedules->setFigures(figures);
    showSchedule();
}

void MemoryPage::showSchedule() {
    const bool isChosen = m_shown && m_shown->schedule;
    m_schedules->setChosen(isChosen ? m_shown->schedule->row.number : 0);
    m_scheduleSection->setSummary(isChosen ? QString::fromStdString(m_shown->schedule->row.text)
                                           : QString());
}

QWidget* MemoryPage::buildLists() {
    m_aliveTitle = new QLabel;
    m_aliveTitle->setWordWrap(true);
    m_toPeak = new QPushButton(tr("Show peak"));
    m_aliveTable = new DataTable;
    m_aliveTable->setSource(&m_buffers);
    m_aliveTable->setAccessibleName(tr("Buffers of the arena"));
    m_makeFit = new QPushButton(tr("Make it fit"));
    m_makeFit->setToolTip(
        tr("Search the smallest change with which the model fits the board, and turn the knobs to "
           "it"));
    m_makeFit->hide();
    m_budgetTable = new DataTable;
    m_budgetTable->setObjectName("budget");
    m_budgetTable->setSource(&m_budgets);
    m_budgetTable->setAccessibleName(tr("Memory of the board"));
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
    column->addWidget(buildKernelArenas());
    connect(m_makeFit, &QPushButton::clicked, this, &MemoryPage::fitRequested);
    connect(&m_budgets, &BudgetModel::reservedEdited, this, &MemoryPage::reservedEdited);
    connect(m_toPeak, &QPushButton::clicked, this, [this] {
        if (m_plan) m_selection.setLayer(layerAt(*m_plan, m_plan->peakOp));
    });
    return side;
}

QWidget* MemoryPage::buildKernelArenas() {
    constexpr int kHeight = 180;
    m_kernelTable = new DataTable;
    m_kernelTable->setSource(&m_kernelArenas);
    m_kernelTable->setAccessibleName(tr("Arena by release of the kernel library"));
    m_kernelTable->setFixedHeight(kHeight);
    m_kernelTable->horizontalHeader()->setStretchLastSection(true);
    m_kernelSection =
        new FoldSection(tr("What an upgrade of the kernels changes"), m_kernelTable, false);
    m_kernelSection->hide();
    return m_kernelSection;
}

void MemoryPage::setKernelArenas(const std::vector<types::KernelArena>& arenas) {
    m_kernelArenas.setArenas(arenas);
    constexpr int kWidestLibrary = 320;  // the release stands in the middle of the name
    m_kernelTable->fitColumns(kWidestLibrary);
    m_kernelSection->setVisible(!arenas.empty());
    const auto newest = arenas.empty() ? std::nullopt : arenas.back().arena.usedBytes();
    m_kernelSection->setSummary(
        newest ? tr("%1: %2 bytes")
                     .arg(QString::fromStdString(arenas.back().library), grouped(*newest))
               : QString());
}

void MemoryPage::takeEvaluation() {
    const bool wasNetcaliper = m_isBudgetOfNetcaliper;
    m_isBudgetOfNetcaliper = types::runtimeOf(m_feed.shown()->device) == types::Runtime::Netcaliper;
    // The first plan shown is that of the board's runtime; a schedule that is chosen is shown.
    const bool wasScheduled = m_shown && m_shown->schedule;
    const bool isNew = m_feed.shown()->schedule && !wasScheduled;
    if (m_isBudgetOfNetcaliper != wasNetcaliper || isNew) {
        const QSignalBlocker quiet(m_planChoice);
        m_planChoice->setCurrentIndex(m_isBudgetOfNetcaliper || isNew ? kNetcaliperPlan
                                                                      : kTflmPlan);
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
    const bool ours = m_planChoice->currentIndex() == kNetcaliperPlan;
    const bool isOther = m_shown != m_feed.shown();
    m_shown = m_feed.shown();
    m_plan = !m_shown ? nullptr : ours ? &m_shown->netcaliperPlan : &m_shown->plan;
    const bool hasArena = ours || !m_shown || !m_shown->tflmCortexM.isRefused;
    m_map->setPlan(hasArena ? m_shown : nullptr, hasArena ? m_plan : nullptr);
    m_budgets.setEvaluation(m_shown);
    m_budgetTable->fitColumns(kWidestBufferName);
    m_makeFit->setVisible(m_shown && m_shown->verdict() == types::Verdict::Exceeds);
    m_total->setText(!m_shown ? QString()
                     : ours   ? netcaliperSentence(*m_shown)
                              : arenaSentence(*m_shown));
    showAlive();
    showSchedule();
    if (!m_shown || !isOther) return;
    m_schedules->setMessage(tr("Searching schedules ..."));
    emit schedulesRequested(m_shown);
}

void MemoryPage::showAlive() {
    const int layers = m_shown ? static_cast<int>(m_shown->layers.size()) : 0;
    if (layers == 0) {
        m_toPeak->hide();
        return m_aliveTitle->setText(tr("Buffers in memory"));
    }
    const int peak = m_plan->peakOp;
    const bool picked = m_selection.layer() >= 0 && m_selection.layer() < layers;
    const int op = picked ? timeOf(*m_plan, m_selection.layer()) : peak;
    const int index = layerAt(*m_plan, op);
    m_buffers.show(m_shown, *m_plan, op);
    m_aliveTable->fitColumns(kWidestBufferName);
    const auto& layer = m_shown->layers[static_cast<size_t>(std::clamp(index, 0, layers - 1))];
    m_aliveTitle->setText(
        tr("%1 #%2 %3: %4 bytes alive")
            .arg(op == peak ? tr("Peak, at") : tr("At"))
            .arg(index)
            .arg(QString::fromStdString(layer.op), grouped(types::bytesInUse(*m_plan, op))));
    m_toPeak->setVisible(op != peak);
}

void MemoryPage::setDimmed(bool dimmed) {
    m_map->setDimmed(dimmed);
    m_schedules->setDimmed(dimmed);
    m_aliveTable->setDimmed(dimmed);
    m_budgetTable->setDimmed(dimmed);
}

}  // namespace views
