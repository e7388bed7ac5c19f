// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BudgetModel: the lines of a total: flash and SRAM of the board, the bytes of each part and their
// source. Reserved lines of the board may be edited.

#include "types/evaluation.h"
#include "views/models/rows_model.h"

namespace views {

struct BudgetRow {
    enum class Reserved { No, Flash, Sram };

    QString what, amount, plain, source;
    bool isHeading = false;  ///< the total of the rows below it
    bool isPassed = false;
    Reserved reserved = Reserved::No;  ///< of this memory, and may be edited
    std::string name = {};             ///< of a reserved line
};

class BudgetModel : public RowsModel<BudgetRow> {
    Q_OBJECT

public:
    enum Column { What, Amount, Source, ColumnCount };

    void setEvaluation(const types::EvaluationPtr& evaluation);

    /// Only the bytes of a reserved line are editable, not those of the model.
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    /// The user set a line of the board's memory; 0 bytes removes it.
    void reservedEdited(bool isFlash, const types::ReservedMemory& line);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column == Amount; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
};

}  // namespace views
