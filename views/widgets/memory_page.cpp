// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/memory_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include "views/number_format.h"
#include "views/widgets/arena_map.h"
#include "views/widgets/data_table.h"

namespace views {
namespace {

/// Names give way where the lists are narrow; their tool tips have them in full.
constexpr int kWidestName = 192;

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

int64_t aliveBytes(const types::MemoryPlan& plan, int op) {
    int64_t sum = 0;
    for (const types::PlannedBuffer& buffer : plan.buffers)
        if (buffer.aliveAt(op)) sum += buffer.size;
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
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    column->addWidget(m_total);
    column->addWidget(m_map, 1);
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
    column->addWidget(m_budgetTable, 2);
    connect(m_toPeak, &QPushButton::clicked, this, [this] {
        if (m_evaluation) m_selection.setLayer(m_evaluation->plan.peakOp);
    });
    return side;
}

void MemoryPage::setEvaluation(types::EvaluationPtr evaluation) {
    m_evaluation = std::move(evaluation);
    refresh();
}

void MemoryPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_isStale) refresh();
}

void MemoryPage::refresh() {
    m_isStale = !isVisible();
    if (m_isStale) return;
    m_map->setEvaluation(m_evaluation);
    m_budgets.setEvaluation(m_evaluation);
    m_budgetTable->fitColumns(kWidestName);
    m_total->setText(m_evaluation ? arenaSentence(*m_evaluation) : QString());
    showAlive();
}

void MemoryPage::showAlive() {
    const int layers = m_evaluation ? static_cast<int>(m_evaluation->layers.size()) : 0;
    if (layers == 0) {
        m_toPeak->hide();
        return m_aliveTitle->setText(tr("Buffers in memory"));
    }
    const int peak = m_evaluation->plan.peakOp;
    const bool picked = m_selection.layer() >= 0 && m_selection.layer() < layers;
    const int op = picked ? m_selection.layer() : peak;
    m_buffers.show(m_evaluation, op);
    m_aliveTable->fitColumns(kWidestName);
    const auto& layer = m_evaluation->layers[static_cast<size_t>(std::clamp(op, 0, layers - 1))];
    m_aliveTitle->setText(
        tr("%1 #%2 %3: %4 bytes alive")
            .arg(op == peak ? tr("Peak, at") : tr("At"))
            .arg(op)
            .arg(QString::fromStdString(layer.op), grouped(aliveBytes(m_evaluation->plan, op))));
    m_toPeak->setVisible(op != peak);
}

void MemoryPage::setDimmed(bool dimmed) {
    m_map->setDimmed(dimmed);
    m_aliveTable->setDimmed(dimmed);
    m_budgetTable->setDimmed(dimmed);
}

}  // namespace views
