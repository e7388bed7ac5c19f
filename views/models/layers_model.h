// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersModel: the operators of one Evaluation as a table, one row each, in file order. While the
// number of operators stays the same (a slider is dragged), new values arrive as dataChanged, so
// that views keep their scroll position and selection; otherwise the model resets.

#include "types/evaluation.h"
#include "views/metric.h"
#include "views/models/measured_layers.h"
#include "views/models/rows_model.h"

namespace views {

class LayersModel : public RowsModel<const types::LayerEvaluation*> {
    Q_OBJECT

public:
    enum Column { Index, Op, Name, Output, Type, FirstMetric };

    void setEvaluation(types::EvaluationPtr evaluation);
    /// Adds the columns of measurements, or removes them.
    void setMeasured(std::optional<MeasuredLayers> measured);
    /// True for the less important measured columns, which are hidden where space is limited.
    bool isMinor(int column) const;
    static int firstMeasured() { return FirstMetric + static_cast<int>(layerMetrics().size()); }

    static int columnOf(Metric metric);

private:
    int columns() const override;
    bool isFigure(int column) const override { return column == Index || column >= FirstMetric; }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QVariant textCell(const types::LayerEvaluation& layer, int column, int role) const;
    QVariant numberCell(const types::LayerEvaluation& layer, Metric metric, int role) const;
    QVariant measuredCell(const MeasuredColumn& column, int layer, int role) const;
    /// Null for a column without measurements.
    const MeasuredColumn* measuredAt(int column) const;
    void measureColumns();

    types::EvaluationPtr m_evaluation;  ///< holds the layers
    std::optional<MeasuredLayers> m_measured;
    std::vector<double> m_largest;  ///< per layer metric, for the bars
};

}  // namespace views
