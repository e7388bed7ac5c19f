// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BuffersModel: the arena's buffers that are alive at one operator, largest first, for the list
// beside the arena map. Also the texts of one buffer, which the map's tool tip uses, too.

#include "types/evaluation.h"
#include "views/models/rows_model.h"

namespace views {

/// "T57 conv/Relu" without the file's long path, "T58 Relu over T57" where it overwrites another,
/// "T58 Relu, 3 of 48 rows" for a line buffer, or "scratch of #3 CONV_2D".
QString bufferName(const types::Evaluation& evaluation, const types::PlannedBuffer& buffer);
/// "#3 to #5", "model input to #0". `plan`: that of the buffer.
QString bufferLifetime(const types::Evaluation& evaluation, const types::MemoryPlan& plan,
                       const types::PlannedBuffer& buffer);
/// Rows of a line buffer: a window of the tensor in the schedule that is chosen; 0: it is none.
int windowRows(const types::Evaluation& evaluation, const types::PlannedBuffer& buffer);
/// The last part of a long tensor name: exporters put scopes before it and fused ops behind it.
QString shortName(const std::string& name);

class BuffersModel : public RowsModel<types::PlannedBuffer> {
    Q_OBJECT

public:
    enum Column { Name, Size, Lifetime, Address, ColumnCount };

    /// `plan` belongs to the evaluation.
    void show(types::EvaluationPtr evaluation, const types::MemoryPlan& plan, int op);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column == Size || column == Address; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;

    types::EvaluationPtr m_evaluation;
    types::MemoryPlan m_order;  ///< the order alone
    int64_t m_peakBytes = 0;    ///< of the plan: length of a full bar
};

}  // namespace views
