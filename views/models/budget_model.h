// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BudgetModel: how a total comes about, line by line: flash and SRAM of the board, what each part
// takes and where its figure comes from. What the board holds beside the model may be edited.

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

    /// The bytes of a reserved line: all but what the model itself takes.
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    /// The user set a line of the board's memory; 0 bytes takes it out.
    void reservedEdited(bool isFlash, const types::ReservedMemory& line);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column == Amount; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
};

}  // namespace views
