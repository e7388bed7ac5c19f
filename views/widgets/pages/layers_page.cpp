// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/layers_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

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
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(420);
    auto* header = new QHBoxLayout;
    header->addWidget(m_filter, 1);
    header->addStretch();
    header->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->setSpacing(8);
    column->addLayout(header);
    column->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_table->setFilter(text);
        showCount();
    });
    connect(&m_layers, &QAbstractItemModel::modelReset, this, &LayersPage::showCount);
    connect(&feed, &EvaluationFeed::outdatedChanged, m_table, &DataTable::setDimmed);
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
