// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionsModel: the measurement sessions of the open project, one a row, with the conditions that
// decide whether two can be compared.

#include <QAbstractTableModel>
#include <vector>

#include "types/session.h"

namespace views {

class SessionsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Whole,
        Source,
        Board,
        Clock,
        Runtime,
        Model,
        Samples,
        Started,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSessions(std::vector<types::SessionPtr> sessions);
    const types::SessionPtr& at(int row) const { return m_sessions[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<types::SessionPtr> m_sessions;
};

/// The measurement that a session is summed up by: of the whole inference, time before counts
/// before energy, measured before estimated; null where it has none.
const types::Measurement* wholeOf(const types::Session& session);
/// Five significant digits and no fewer than those before the point: "14.021", "1,234,567".
QString measuredNumber(double value);
/// A sample of this quantity: what was counted is exact, "67"; the rest as measuredNumber() has it.
QString sampleNumber(types::Quantity quantity, double value);
/// "us" as people write it: "µs".
QString unitText(types::Quantity quantity);
/// "12.4 ms", "1.20 M cycles": a sample of this quantity in few digits.
QString quantityText(types::Quantity quantity, double value);

}  // namespace views
