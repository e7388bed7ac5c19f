// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/diff_memory.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "views/number_format.h"
#include "views/widgets/plots/arena_map.h"

namespace views {

DiffMemory::DiffMemory(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    m_baseline = addHalf(DiffFront::Baseline);
    m_candidate = addHalf(DiffFront::Candidate);
}

DiffMemory::Half DiffMemory::addHalf(DiffFront side) {
    Half half{new QLabel, new ArenaMap};
    half.title->setWordWrap(true);
    half.map->setMinimumWidth(180);
    half.map->setAccessibleName(side == DiffFront::Baseline ? tr("Arena of the baseline")
                                                            : tr("Arena of the candidate"));
    auto* column = new QVBoxLayout;
    column->addWidget(half.title);
    column->addWidget(half.map, 1);
    static_cast<QHBoxLayout*>(layout())->addLayout(column, 1);
    connect(half.map, &ArenaMap::layerClicked, this,
            [this, side](int layer) { click(side, layer); });
    return half;
}

void DiffMemory::setDiff(types::ModelDiffPtr diff) {
    m_diff = std::move(diff);
    int64_t top = 0;
    if (m_diff)
        for (const DiffFront side : {DiffFront::Baseline, DiffFront::Candidate})
            top = std::max(top, sideOf(side).evaluation->budgetedPlan().arenaBytes);
    for (const DiffFront side : {DiffFront::Baseline, DiffFront::Candidate}) {
        ArenaMap* map = side == DiffFront::Baseline ? m_baseline.map : m_candidate.map;
        const types::EvaluationPtr evaluation = m_diff ? sideOf(side).evaluation : nullptr;
        map->setPlan(evaluation, evaluation ? &evaluation->budgetedPlan() : nullptr);
        map->setLeastTop(top);
        map->setSelectedLayers({});
    }
    showTitles();
}

void DiffMemory::setFront(DiffFront front) {
    m_front = front;
    showTitles();
}

void DiffMemory::showTitles() {
    if (!m_diff) return;
    for (const DiffFront side : {DiffFront::Baseline, DiffFront::Candidate}) {
        QLabel* title = side == DiffFront::Baseline ? m_baseline.title : m_candidate.title;
        const types::DiffSide& shown = sideOf(side);
        title->setText((side == DiffFront::Baseline ? tr("Baseline: %1, %2 bytes planned")
                                                    : tr("Candidate: %1, %2 bytes planned"))
                           .arg(QString::fromStdString(shown.variation),
                                grouped(shown.evaluation->budgetedPlan().arenaBytes)));
        QFont own = font();
        own.setBold(side == m_front);
        title->setFont(own);
    }
}

void DiffMemory::setPicked(int row) {
    static const types::LayerMatch kNone;
    const bool isThere = m_diff && row >= 0 && row < static_cast<int>(m_diff->layers.size());
    const types::LayerMatch& match =
        isThere ? m_diff->layers[static_cast<size_t>(row)].match : kNone;
    m_baseline.map->setSelectedLayers(match.baseline);
    m_candidate.map->setSelectedLayers(match.candidate);
}

void DiffMemory::click(DiffFront side, int layer) {
    for (size_t row = 0; row < m_diff->layers.size(); ++row) {
        const types::LayerMatch& match = m_diff->layers[row].match;
        const auto& layers = side == DiffFront::Baseline ? match.baseline : match.candidate;
        if (std::ranges::count(layers, layer)) return emit rowClicked(static_cast<int>(row));
    }
}

}  // namespace views
