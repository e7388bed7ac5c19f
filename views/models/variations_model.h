// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationsModel: the variations tried, one row each, in the order they were tried; first column
// the label, then one column per quantity. The list in the dock and the table beside the scatter
// are views of this one model.

#include <QAbstractTableModel>
#include <optional>

#include "views/metric.h"
#include "views/models/tried_variation.h"

namespace views {

class VariationsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Label, Fit, FirstQuantity };

    using QAbstractTableModel::QAbstractTableModel;

    /// `current` is the variation that the window shows.
    void setTried(TriedVariations tried, const types::Variation& current);

    const TriedVariation& at(int row) const { return m_tried[static_cast<size_t>(row)]; }
    /// Row of a variation, -1 where it was not tried.
    int rowOf(const std::optional<types::Variation>& variation) const;
    static int columnOf(Metric quantity);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant labelCell(int row, int role) const;
    QVariant fitCell(int row, int role) const;
    QVariant numberCell(int row, Metric quantity, int role) const;

    TriedVariations m_tried;
    types::Variation m_current;
};

/// "fits", "SRAM 23 KiB too much", or "no board".
QString fitText(const types::Evaluation& evaluation);
bool fits(const types::Evaluation& evaluation);

}  // namespace views
