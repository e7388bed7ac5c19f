// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ComparisonModel: two sessions side by side: baseline, candidate, difference, per cent, interval,
// significant; first the layers, then the totals.

#include <QAbstractTableModel>

#include "types/session_comparison.h"

namespace views {

class ComparisonModel : public QAbstractTableModel {
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

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(types::SessionComparison comparison);
    const types::SessionComparison& comparison() const { return m_comparison; }
    /// Layer of a row, -1 for totals.
    int layerOf(int row) const { return rowAt(row).layer.value_or(-1); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const types::ComparedRow& rowAt(int row) const;

    types::SessionComparison m_comparison;
};

/// What the two are compared by: the first quantity that both have of their layers, for what was
/// measured comes before what was estimated.
types::Quantity mainQuantity(const types::SessionComparison& comparison);

/// "3 of 12 layers differ: #2 CONV_2D −4.1 %, ..." or "no difference beyond 1 %".
QString verdictText(const types::SessionComparison& comparison);

}  // namespace views
