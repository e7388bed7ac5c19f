// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/data_table.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelection>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <algorithm>
#include <numeric>

#include "views/models/roles.h"

namespace views {

DataTable::DataTable(QWidget* parent) : QTableView(parent) {
    setItemDelegate(&m_delegate);
    setModel(&m_proxy);
    m_proxy.setSortRole(SortRole);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setWordWrap(false);
    // Tensor names differ at both ends.
    setTextElideMode(Qt::ElideMiddle);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(32);
    horizontalHeader()->setStyleSheet(
        "QHeaderView { background: palette(window); }"
        "QHeaderView::section { padding: 4px 8px; border: none; background: palette(window);"
        " border-bottom: 1px solid palette(mid); }");
}

void DataTable::setSource(QAbstractItemModel* source) {
    m_proxy.setSourceModel(source);
}

void DataTable::setDimmed(bool dimmed) {
    m_delegate.setDimmed(dimmed);
    viewport()->update();
}

void DataTable::fitColumns(int widestFirst) {
    resizeColumnsToContents();
    if (columnWidth(0) > widestFirst) setColumnWidth(0, widestFirst);
}

QString DataTable::textOfRows(const std::vector<int>& rows, TableFormat format) const {
    std::vector<int> columns;
    for (int visual = 0; visual < m_proxy.columnCount(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column)) columns.push_back(column);
    }
    return tableText(m_proxy, rows, columns, format);
}

QString DataTable::text(TableFormat format) const {
    std::vector<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    if (rows.empty()) {
        rows.resize(static_cast<size_t>(m_proxy.rowCount()));
        std::iota(rows.begin(), rows.end(), 0);
    }
    return textOfRows(rows, format);
}

void DataTable::copyAs(TableFormat format) const {
    QGuiApplication::clipboard()->setText(text(format));
}

int DataTable::currentSourceRow() const {
    const QModelIndex source = m_proxy.mapToSource(currentIndex());
    return source.isValid() ? source.row() : -1;
}

void DataTable::setCurrentSourceRow(int row) {
    if (row == currentSourceRow() && selectionModel()->hasSelection() == (row >= 0)) return;
    const QModelIndex index = m_proxy.mapFromSource(m_proxy.sourceModel()->index(row, 0));
    if (!index.isValid()) {
        clearSelection();
        setCurrentIndex({});
        return;
    }
    selectRow(index.row());
    scrollTo(index);
}

std::vector<int> DataTable::selectedSourceRows() const {
    std::vector<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(m_proxy.mapToSource(index).row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void DataTable::selectSourceRows(const std::vector<int>& rows, int current) {
    const auto indexOf = [this](int row) {
        return m_proxy.mapFromSource(m_proxy.sourceModel()->index(row, 0));
    };
    QItemSelection selection;
    for (int row : rows)
        if (const QModelIndex index = indexOf(row); index.isValid()) selection.select(index, index);
    selectionModel()->select(selection,
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const QModelIndex index = indexOf(current);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    if (index.isValid()) scrollTo(index);
}

void DataTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copyAs(TableFormat::Tsv);
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    addOwnActions(menu);
    if (!menu.isEmpty()) menu.addSeparator();
    menu.addAction(
        tr("Copy as &TSV"), this, [this] { copyAs(TableFormat::Tsv); }, QKeySequence::Copy);
    menu.addAction(tr("Copy as &CSV"), this, [this] { copyAs(TableFormat::Csv); });
    menu.addAction(tr("Copy as &Markdown"), this, [this] { copyAs(TableFormat::Markdown); });
    menu.addSeparator();
    menu.addAction(tr("Select &all"), this, &DataTable::selectAll, QKeySequence::SelectAll);
    menu.addAction(tr("&Save table as CSV…"), this, &DataTable::saveAs);
    menu.exec(event->globalPos());
}

void DataTable::saveAs() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Save table"), "table.csv",
                                                      tr("Comma separated values (*.csv)"));
    if (path.isEmpty()) return;
    std::vector<int> rows(static_cast<size_t>(m_proxy.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    QSaveFile file(path);
    const bool opened = file.open(QIODevice::WriteOnly);
    if (opened) file.write(textOfRows(rows, TableFormat::Csv).toUtf8());
    if (!opened || !file.commit())
        QMessageBox::warning(this, tr("Save table"),
                             tr("cannot write %1: %2").arg(path, file.errorString()));
}

}  // namespace views
