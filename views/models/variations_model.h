// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationsModel: the tried variations, one row each, in chronological order; first column the
// label, then one column per metric. The list in the dock and the table beside the scatter plot
// are views of this one model.

#include <optional>

#include "views/metric.h"
#include "views/models/rows_model.h"
#include "views/models/tried_variation.h"

namespace views {

class VariationsModel : public RowsModel<TriedVariation> {
    Q_OBJECT

public:
    enum Column { Label, Fit, FirstMetric };

    /// `current` is the variation that the window shows.
    void setTried(const TriedVariations& all, const types::Variation& current);

    /// Returns the row of a variation; -1 where it was not tried.
    int rowOf(const std::optional<types::Variation>& variation) const;
    static int columnOf(Metric metric);

    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    /// The user renamed a variation; Explorer does it.
    void marksEdited(const views::MarksEdit& edit, const QString& text);

private:
    int columns() const override { return FirstMetric + static_cast<int>(totalMetrics().size()); }
    bool isFigure(int column) const override { return column >= FirstMetric; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QVariant labelCell(int row, int role) const;
    QVariant fitCell(int row, int role) const;
    QVariant numberCell(int row, Metric metric, int role) const;

    types::Variation m_current;
};

/// "fits", "SRAM 23 KiB too much", or "no board".
QString fitText(const types::Evaluation& evaluation);

}  // namespace views
