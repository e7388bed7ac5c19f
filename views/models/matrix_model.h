// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MatrixModel: two dimensions of a CostMatrix as rows and columns; the other two are fixed at one
// value each. A cell shows its cost ("4.64 M", "12.3 ms"), "~" before a predicted one, and is
// coloured by its factor over the cheapest cell of its target, on one logarithmic scale, so that
// instructions and times are never compared with each other.
//
// Ownership: the matrix is the model's. Thread rules: the GUI thread only.

#include <QAbstractTableModel>
#include <QPalette>

#include "types/cost_matrix.h"

namespace views {

class MatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    const types::CostMatrix& matrix() const { return m_matrix; }
    void setMatrix(types::CostMatrix matrix);
    /// Two different axes.
    void setAxes(types::MatrixAxis rows, types::MatrixAxis columns);
    types::MatrixAxis rowAxis() const { return m_rowAxis; }
    types::MatrixAxis columnAxis() const { return m_columnAxis; }
    /// Fixes an axis that is neither rows nor columns.
    void fix(types::MatrixAxis axis, const std::string& value);
    const std::string& fixedAt(types::MatrixAxis axis) const {
        return m_fixed[static_cast<size_t>(axis)];
    }
    /// Colours depend on it.
    void setPalette(const QPalette& palette);

    /// Null where the matrix has no such cell.
    const types::MatrixCell* cellAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void arrange();
    bool isAt(const types::MatrixCell& cell, const types::MatrixPlace& place) const;
    QVariant colorOf(const types::MatrixCell& cell, int role) const;

    types::CostMatrix m_matrix;
    types::MatrixAxis m_rowAxis = types::MatrixAxis::Target;
    types::MatrixAxis m_columnAxis = types::MatrixAxis::Precision;
    types::MatrixPlace m_fixed;  ///< of the axes that are neither
    std::vector<std::string> m_rows, m_columns;
    double m_largest = 1;  ///< factor of the dearest cell
    QPalette m_palette;
};

/// "4.64 M instructions, 1.8 times the cheapest of this target", conditions and session, in lines.
QString matrixCellTip(const types::CostMatrix& matrix, const types::MatrixCell& cell);

/// "72 cells: 60 measured, 12 open".
QString matrixSummary(const types::CostMatrix& matrix);

}  // namespace views
