// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayersModel: the operators of one Evaluation as a table, one row each, in file order. While the
// number of operators stays the same (a slider is dragged) new values arrive as dataChanged, so
// that views keep their scroll position and selection; else the model resets.

#include <QAbstractTableModel>

#include "types/evaluation.h"
#include "views/metric.h"
#include "views/models/measured_layers.h"

namespace views {

class LayersModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Index, Op, Name, Output, Type, FirstQuantity };

    using QAbstractTableModel::QAbstractTableModel;

    void setEvaluation(types::EvaluationPtr evaluation);
    const types::EvaluationPtr& evaluation() const { return m_evaluation; }
    /// Adds the columns of what was measured, or takes them away.
    void setMeasured(std::optional<MeasuredLayers> measured);
    /// Of the measured columns, those that say the least: hidden where there is little room.
    bool isMinor(int column) const;
    static int firstMeasured() {
        return FirstQuantity + static_cast<int>(layerQuantities().size());
    }

    static int columnOf(Metric quantity);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant textCell(const types::LayerEvaluation& layer, int column, int role) const;
    QVariant numberCell(const types::LayerEvaluation& layer, Metric quantity, int role) const;
    QVariant measuredCell(const MeasuredColumn& column, int layer, int role) const;
    /// Null for a column that is not measured.
    const MeasuredColumn* measuredAt(int column) const;
    void measureColumns();

    types::EvaluationPtr m_evaluation;
    std::optional<MeasuredLayers> m_measured;
    std::vector<double> m_largest;  ///< per layer quantity, for the bars
};

}  // namespace views
