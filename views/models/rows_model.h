// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RowsModel: base of the table models: a vector of values, one per row. It implements Qt's virtual
// functions; a subclass defines columns, cells, headers and which columns hold figures, which are
// right-aligned.
//
// Ownership: the rows belong to the model. Where a row points into shared data, the subclass keeps
// these alive as long as the row. Thread rules: the GUI thread only.

#include <QAbstractTableModel>
#include <vector>

namespace views {

template <class Row>
class RowsModel : public QAbstractTableModel {
public:
    const Row& at(int row) const { return m_rows[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const final {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const final {
        return parent.isValid() ? 0 : columns();
    }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final {
        if (!index.isValid()) return {};
        if (role == Qt::TextAlignmentRole)
            return isFigure(index.column()) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                            : QVariant();
        return cell(index.row(), index.column(), role);
    }
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const final {
        const bool isColumn = orientation == Qt::Horizontal && section >= 0 && section < columns();
        return isColumn ? headerCell(section, role) : QVariant();
    }

protected:
    virtual int columns() const = 0;
    virtual bool isFigure(int column) const = 0;
    /// For every role except the alignment.
    virtual QVariant cell(int row, int column, int role) const = 0;
    virtual QVariant headerCell(int column, int role) const = 0;

    /// Alignment of a header, equal to that of its cells.
    QVariant sideOf(int column) const {
        return int((isFigure(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }

    /// `isUpdate`: each row has the same subject as before. Views then get new values and keep
    /// their scroll position and selection; otherwise the model resets.
    void setRows(std::vector<Row> rows, bool isUpdate = false) {
        const bool stays = isUpdate && !rows.empty() && rows.size() == m_rows.size();
        if (!stays) beginResetModel();
        m_rows = std::move(rows);
        if (stays)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        else
            endResetModel();
    }
    /// For a subclass that resets more than its rows.
    std::vector<Row>& rows() { return m_rows; }

private:
    std::vector<Row> m_rows;
};

}  // namespace views
