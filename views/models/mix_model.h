// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixModel: the instructions of a session as a table: the whole and each layer a row; their number,
// their number a MAC, what they consist of in per cent, and the time estimated from them.

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "types/instruction_mix.h"

namespace views {

class MixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        What,
        Instructions,
        PerMac,
        FirstClass,
        Cycles = FirstClass + static_cast<int>(types::kInstructionClasses.size()),
        LatencyUs,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSession(const types::Session& session);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::optional<double> number(int row, int column) const;
    QString cellText(int row, int column) const;

    std::vector<types::InstructionMix> m_mixes;
    QString m_estimate;  ///< how cycles and time were made
};

}  // namespace views
