// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixModel: the instructions of a session as a table: the whole and each layer a row; their number,
// their number a MAC, what they consist of in per cent, and the time estimated from them.

#include "types/instruction_mix.h"
#include "views/models/rows_model.h"

namespace views {

class MixModel : public RowsModel<types::InstructionMix> {
    Q_OBJECT

public:
    enum Column {
        What,
        Instructions,
        PerMac,
        FirstClass,
        Cycles = FirstClass + static_cast<int>(types::kInstructionClasses.size()),
        LatencyUs,
        ColumnCount
    };

    void setSession(const types::Session& session);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column != What; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;

    QString m_estimate;  ///< how cycles and time were made
};

}  // namespace views
