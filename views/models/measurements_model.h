// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasurementsModel: the measurements of one session, a row per layer and quantity, with median and
// quartiles of the raw samples.

#include "types/session.h"
#include "views/models/rows_model.h"
#include "views/models/sample_summary.h"

namespace views {

struct MeasurementRow {
    const types::Measurement* measurement;
    std::optional<SampleSummary> summary;  ///< of its samples; empty: none
};

class MeasurementsModel : public RowsModel<MeasurementRow> {
    Q_OBJECT

public:
    enum Column {
        Key,
        Unit,
        Count,
        Median,
        LowerQuartile,
        UpperQuartile,
        Lowest,
        Highest,
        Note,
        ColumnCount
    };

    /// `session` may be null.
    void setSession(types::SessionPtr session);

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override { return column >= Count && column <= Highest; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;

    types::SessionPtr m_session;  ///< holds the measurements
};

}  // namespace views
