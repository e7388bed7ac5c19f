// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DiffRowsModel: the layers of a ModelDiff as a table: which layers belong together, how they
// differ, and one metric of both sides with its difference.

#include "types/model_diff.h"
#include "views/metric.h"
#include "views/models/rows_model.h"

namespace views {

/// The metrics that a ModelDiff has for layers.
const std::vector<Metric>& diffLayerMetrics();
/// Nothing where it is unknown; 0 for a side without layers.
std::optional<double> diffValue(Metric metric, const types::LayerFigures& figures);
/// "#3 #4 CONV_2D + RELU"; a dash for a side without layers.
QString diffSideText(const types::LayerFigures& figures, const std::vector<int32_t>& layers);

class DiffRowsModel : public RowsModel<const types::DiffLayer*> {
    Q_OBJECT

public:
    enum Column {
        BaselineLayer,
        CandidateLayer,
        Op,
        Match,
        Baseline,
        Candidate,
        Difference,
        Percent,
        Why,
        ColumnCount
    };

    void setDiff(types::ModelDiffPtr diff);
    void setMetric(Metric metric);
    Metric metric() const { return m_metric; }

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override {
        return column <= CandidateLayer || (column >= Baseline && column <= Percent);
    }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
    QString text(const types::DiffLayer& layer, int column) const;
    QString numberText(const types::DiffLayer& layer, int column) const;
    QVariant sortKey(const types::DiffLayer& layer, int row, int column) const;
    QVariant bar(const types::DiffLayer& layer, int column, int role) const;

    types::ModelDiffPtr m_diff;  ///< holds the layers
    Metric m_metric = Metric::Macs;
    double m_largest = 0;  ///< difference, for the bars
};

}  // namespace views
