// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersModel: the operators of one Evaluation as a table, one row each, in file order. While the
// number of operators stays the same (a slider is dragged), new values arrive as dataChanged, so
// that views keep their scroll position and selection; otherwise the model resets.

#include "types/evaluation.h"
#include "types/support.h"
#include "views/metric.h"
#include "views/models/measured_layers.h"
#include "views/models/rows_model.h"

namespace views {

class LayersModel : public RowsModel<const types::LayerEvaluation*> {
    Q_OBJECT

public:
    enum Column { Index, Op, Name, Output, Type, Runtime, FirstMetric };

    void setEvaluation(types::EvaluationPtr evaluation);
    /// Adds the columns of measurements, or removes them.
    void setMeasured(std::optional<MeasuredLayers> measured);
    /// How a runtime takes each layer, for the column Runtime; nothing: no runtime is chosen.
    void setSupport(std::optional<types::RuntimeSupport> support);
    bool hasSupport() const { return m_support.has_value(); }
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
    /// Null without a chosen runtime, and for a layer that it was not asked about.
    const types::LayerSupport* supportOf(int row) const;
    QVariant supportCell(int row, int role) const;

    types::EvaluationPtr m_evaluation;  ///< holds the layers
    std::optional<MeasuredLayers> m_measured;
    std::optional<types::RuntimeSupport> m_support;
    std::vector<double> m_largest;  ///< per layer metric, for the bars
};

}  // namespace views
