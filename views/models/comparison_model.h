// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ComparisonModel: two sessions side by side: baseline, candidate, difference, per cent, interval,
// significant; first the layers, then the totals.

#include "types/session_comparison.h"
#include "views/models/rows_model.h"

namespace views {

class ComparisonModel : public RowsModel<types::ComparedRow> {
    Q_OBJECT

public:
    enum Column {
        Key,
        Unit,
        Baseline,
        Candidate,
        Difference,
        Percent,
        Interval,
        Significant,
        Note,
        ColumnCount
    };

    void setComparison(const types::SessionComparison& comparison);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column >= Baseline && column <= Interval; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
};

/// The quantity that compares two sessions: the first that both have for layers; measured ones come
/// before estimated ones.
types::Quantity mainQuantity(const types::SessionComparison& comparison);

/// "Whole inference −2.0 %. 3 of 12 layers differ: #2 CONV_2D −4.1 %, ...".
QString verdictText(const types::SessionComparison& comparison);

}  // namespace views
