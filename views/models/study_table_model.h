// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StudyTableModel: the table of a study or a fit: texts left-aligned, figures with four digits
// right-aligned; copies and files get all digits.

#include "types/study.h"
#include "views/models/rows_model.h"

namespace views {

class StudyTableModel : public RowsModel<std::vector<types::StudyCell>> {
    Q_OBJECT

public:
    void setTable(types::StudyTable table);

private:
    int columns() const override { return static_cast<int>(m_columns.size()); }
    /// A column with any figure is right-aligned, including its texts.
    bool isFigure(int column) const override { return m_isFigure[static_cast<size_t>(column)]; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;

    std::vector<types::StudyColumn> m_columns;
    std::vector<bool> m_isFigure;  ///< per column
};

}  // namespace views
