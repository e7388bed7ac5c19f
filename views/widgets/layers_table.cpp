// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/layers_table.h"

#include <QHeaderView>
#include <QRegularExpression>
#include <algorithm>

#include "views/models/roles.h"

namespace views {

LayersTable::LayersTable(Selection& selection, LayersModel& layers, QWidget* parent)
    : DataTable(parent), m_selection(selection), m_layers(layers) {
    setSource(&layers);
    setAccessibleName(tr("Layers"));
    proxy().setFilterKeyColumn(LayersModel::Index);
    proxy().setFilterRole(RowTextRole);
    proxy().setFilterCaseSensitivity(Qt::CaseInsensitive);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    connect(&layers, &QAbstractItemModel::modelReset, this, [this] {
        hideMinorColumns();
        fitLayerColumns();
        showSelection();
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LayersTable::takeSelection);
    hideMinorColumns();
    connect(&m_selection, &Selection::layerChanged, this, &LayersTable::showSelection);
    fitLayerColumns();
}

void LayersTable::takeSelection() {
    // Changes while the model resets or a filter hides rows are not the user's.
    if (m_isShowing || !selectionModel()->hasSelection()) return;
    const std::vector<int> rows = selectedSourceRows();
    const int current = currentSourceRow();
    const bool isCurrentPicked = std::find(rows.begin(), rows.end(), current) != rows.end();
    m_selection.setLayers(rows, isCurrentPicked ? current : rows.back());
}

void LayersTable::showSelection() {
    if (m_selection.layers() == selectedSourceRows()) return;
    m_isShowing = true;
    selectSourceRows(m_selection.layers(), m_selection.layer());
    m_isShowing = false;
}

void LayersTable::setFilter(const QString& text, bool onlyTroubled) {
    // Every word must occur somewhere in the row; their order does not matter.
    QString pattern = onlyTroubled ? "(?!.*\\[runs\\])" : "";
    if (onlyTroubled) pattern.prepend('^');
    for (const QString& word : text.split(' ', Qt::SkipEmptyParts))
        pattern += "(?=.*" + QRegularExpression::escape(word) + ")";
    proxy().setFilterRegularExpression(
        QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption));
}

void LayersTable::sortBy(Metric metric) {
    sortByColumn(LayersModel::columnOf(metric), Qt::DescendingOrder);
    scrollToTop();
}

void LayersTable::showFewColumns() {
    m_showsFew = true;
    for (int column :
         {int(LayersModel::Name), int(LayersModel::Output), int(LayersModel::Type),
          LayersModel::columnOf(Metric::Ops), LayersModel::columnOf(Metric::WeightBytes)})
        hideColumn(column);
    hideMinorColumns();
}

void LayersTable::hideMinorColumns() {
    setColumnHidden(LayersModel::Runtime, m_showsFew || !m_layers.hasSupport());
    if (!m_showsFew) return;
    for (int column = LayersModel::firstMeasured(); column < m_layers.columnCount(); ++column)
        setColumnHidden(column, m_layers.isMinor(column));
}

void LayersTable::fitLayerColumns() {
    resizeColumnsToContents();
    constexpr int kWidestName = 320;
    if (columnWidth(LayersModel::Name) > kWidestName)
        setColumnWidth(LayersModel::Name, kWidestName);
}

}  // namespace views
