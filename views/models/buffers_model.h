// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BuffersModel: the arena's buffers that are alive at one operator, largest first; the list beside
// the arena map. Also the words for one buffer, which the map's tool tip shares.

#include <QAbstractTableModel>
#include <vector>

#include "types/evaluation.h"

namespace views {

/// "T57 conv/Relu" without the file's long path, "T58 Relu over T57" where it takes over the place
/// of another, or "scratch of #3 CONV_2D".
QString bufferName(const types::Evaluation& evaluation, const types::PlannedBuffer& buffer);
/// "#3 to #5", "model input to #0".
QString bufferLifetime(const types::Evaluation& evaluation, const types::PlannedBuffer& buffer);
/// The last part of a long tensor name: exporters put scopes before it and fused ops behind it.
QString shortName(const std::string& name);

class BuffersModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Size, Lifetime, Address, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void show(types::EvaluationPtr evaluation, int op);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    types::EvaluationPtr m_evaluation;
    std::vector<int> m_alive;  ///< indices into the plan's buffers
};

}  // namespace views
