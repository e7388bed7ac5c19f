// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DataTable: base of all tables: whole rows are selected, a click on a header sorts, Ctrl+C copies
// the selected rows as TSV, and the context menu copies as CSV or Markdown and saves all rows as
// CSV.

#include <QSortFilterProxyModel>
#include <QTableView>

#include "views/models/table_text.h"
#include "views/widgets/cell_delegate.h"

class QMenu;

namespace views {

class DataTable : public QTableView {
    Q_OBJECT

public:
    explicit DataTable(QWidget* parent = nullptr);

    /// Shows `source` through the table's own sorting and filtering proxy.
    void setSource(QAbstractItemModel* source);
    /// A click on a header sorts the source, whose order the table keeps: for long tables, whose
    /// cells are slow to compare.
    void setSourceSorts(bool sorts) { m_proxy.isSourceSorted = sorts; }
    QSortFilterProxyModel& proxy() { return m_proxy; }
    void setDimmed(bool dimmed);

    /// Fits the columns to their contents; the first has at most `widestFirst` pixels.
    void fitColumns(int widestFirst);

    /// Text of the selected rows, or of all where none is selected, in the visible columns.
    QString text(TableFormat format) const;
    void copyAs(TableFormat format) const;

    /// Current row of the source model; -1: none.
    int currentSourceRow() const;
    void setCurrentSourceRow(int row);
    /// Selected rows of the source model, ascending.
    std::vector<int> selectedSourceRows() const;
    /// Selects these and scrolls to `current`, one of them.
    void selectSourceRows(const std::vector<int>& rows, int current);

protected:
    /// Adds the table's own actions above those of every table.
    virtual void addOwnActions(QMenu&) {}
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Proxy : QSortFilterProxyModel {
        bool isSourceSorted = false;
        void sort(int column, Qt::SortOrder order) override {
            if (isSourceSorted && sourceModel())
                sourceModel()->sort(column, order);
            else
                QSortFilterProxyModel::sort(column, order);
        }
    };
    void saveAs();
    QString textOfRows(const std::vector<int>& rows, TableFormat format) const;

    Proxy m_proxy;
    CellDelegate m_delegate;
};

}  // namespace views
