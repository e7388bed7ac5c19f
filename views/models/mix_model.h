// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixModel: the instructions of a session as a table, one row for the whole and per layer: number,
// number per MAC, classes in per cent, and estimated time.

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

    QString m_estimate;  ///< origin of cycles and time
};

}  // namespace views
