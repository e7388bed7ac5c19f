// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/layers_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "views/widgets/data_table.h"
#include "views/widgets/fold_section.h"
#include "views/widgets/layers_table.h"

namespace views {

LayersPage::LayersPage(Selection& selection, EvaluationFeed& feed, LayersModel& layers,
                       QWidget* parent)
    : QWidget(parent),
      m_layers(layers),
      m_filter(new QLineEdit),
      m_count(new QLabel),
      m_table(new LayersTable(selection, layers)) {
    m_filter->setPlaceholderText(tr("Filter: op, name, shape, type (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter of the layers"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(420);
    auto* header = new QHBoxLayout;
    header->addWidget(m_filter, 1);
    header->addWidget(buildRuntimeChoice());
    header->addStretch();
    header->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addLayout(header);
    column->addWidget(m_table, 1);
    column->addWidget(buildCalled());
    connect(m_filter, &QLineEdit::textChanged, this, &LayersPage::filter);
    connect(&m_layers, &QAbstractItemModel::modelReset, this, &LayersPage::showCount);
    connect(&feed, &EvaluationFeed::outdatedChanged, m_table, &DataTable::setDimmed);
    showCount();
}

QWidget* LayersPage::buildRuntimeChoice() {
    m_runtime = new QComboBox;
    m_runtime->addItem(tr("No runtime chosen"));
    m_runtime->setAccessibleName(tr("Runtime"));
    m_runtime->setToolTip(
        tr("Shows for every layer whether this runtime and release runs it, falls back to a slower "
           "kernel, gives wrong results or refuses it. Tool tips of the column name the reason, "
           "the source and the change that helps"));
    m_onlyTroubled = new QCheckBox(tr("Only what does not simply run"));
    m_onlyTroubled->setEnabled(false);
    auto* choice = new QWidget;
    auto* row = new QHBoxLayout(choice);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_runtime);
    row->addWidget(m_onlyTroubled);
    connect(m_runtime, QOverload<int>::of(&QComboBox::currentIndexChanged), this,
            &LayersPage::showRuntime);
    connect(m_onlyTroubled, &QCheckBox::toggled, this, &LayersPage::filter);
    return choice;
}

QWidget* LayersPage::buildCalled() {
    constexpr int kHeight = 220;
    m_calledTable = new DataTable;
    m_calledTable->setSource(&m_called);
    m_calledTable->setAccessibleName(tr("Layers of called subgraphs"));
    m_calledTable->setFixedHeight(kHeight);
    m_calledTable->horizontalHeader()->setStretchLastSection(true);
    m_calledSection = new FoldSection(tr("Layers of called subgraphs"), m_calledTable, false);
    m_calledSection->hide();
    return m_calledSection;
}

void LayersPage::setCalled(const std::vector<types::CalledSubgraph>& called) {
    m_called.setCalled(called);
    constexpr int kWidest = 320;
    m_calledTable->fitColumns(kWidest);
    m_calledSection->setVisible(!called.empty());
    m_calledSection->setSummary(
        tr("%1 layers in %2 subgraphs").arg(m_called.rowCount()).arg(called.size()));
}

void LayersPage::setRuntimes(std::vector<types::RuntimeSupport> runtimes) {
    const QVariant chosen = m_runtime->currentData();
    m_runtimes = std::move(runtimes);
    {
        const QSignalBlocker quiet(m_runtime);
        while (m_runtime->count() > 1)
            m_runtime->removeItem(1);
        for (const types::RuntimeSupport& runtime : m_runtimes) {
            const QString name = QString::fromStdString(runtime.name);
            m_runtime->addItem(tr("%1: %2").arg(name, nameOf(runtime.worst())),
                               QString::fromStdString(runtime.id));
        }
        m_runtime->setCurrentIndex(std::max(0, m_runtime->findData(chosen)));
    }
    showRuntime();
}

void LayersPage::showRuntime() {
    const int chosen = m_runtime->currentIndex() - 1;
    const bool isAny = chosen >= 0 && static_cast<size_t>(chosen) < m_runtimes.size();
    m_onlyTroubled->setEnabled(isAny);
    m_layers.setSupport(isAny ? std::optional(m_runtimes[static_cast<size_t>(chosen)])
                              : std::nullopt);
    filter();
}

void LayersPage::filter() {
    m_table->setFilter(m_filter->text(),
                       m_onlyTroubled->isEnabled() && m_onlyTroubled->isChecked());
    showCount();
}

void LayersPage::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

void LayersPage::sortBy(Metric metric) {
    m_table->sortBy(metric);
}

void LayersPage::showCount() {
    const int shown = m_table->proxy().rowCount(), all = m_layers.rowCount();
    m_count->setText(shown == all ? tr("%1 layers").arg(all)
                                  : tr("%1 of %2 layers").arg(shown).arg(all));
}

}  // namespace views
