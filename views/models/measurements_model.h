// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MeasurementsModel: what one session measured, a row per layer and quantity, as median and
// quartiles of its raw samples.

#include <QAbstractTableModel>
#include <vector>

#include "types/session.h"
#include "views/models/sample_summary.h"

namespace views {

class MeasurementsModel : public QAbstractTableModel {
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

    using QAbstractTableModel::QAbstractTableModel;

    /// `session` may be null.
    void setSession(types::SessionPtr session);
    /// Layer of a row, -1 where it is none.
    int layerOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cellText(int row, int column, bool isPlain) const;
    std::optional<double> number(int row, int column) const;

    types::SessionPtr m_session;
    std::vector<std::optional<SampleSummary>> m_summaries;
};

}  // namespace views
