// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionsModel: the measurement sessions of the open project, one per row, with the conditions
// that decide whether two can be compared.

#include "types/session.h"
#include "views/models/rows_model.h"

namespace views {

class SessionsModel : public RowsModel<types::SessionPtr> {
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

    void setSessions(std::vector<types::SessionPtr> sessions) { setRows(std::move(sessions)); }

private:
    int columns() const override { return ColumnCount; }
    bool isFigure(int column) const override {
        return column == Clock || column == Whole || column == Samples;
    }
    QVariant cell(int row, int column, int role) const override;
    QVariant headerCell(int column, int role) const override;
};

/// Returns the measurement that summarises a session: of the whole inference, time before counts
/// before energy, measured before estimated; null where it has none.
const types::Measurement* wholeOf(const types::Session& session);
/// Five significant digits, and at least all digits before the point: "14.021", "1,234,567".
QString measuredNumber(double value);
/// A sample of this quantity: counts exactly, "67"; others as in measuredNumber().
QString sampleNumber(types::Quantity quantity, double value);
/// "us" in display form: "µs".
QString unitText(types::Quantity quantity);
/// "12.4 ms", "1.20 M cycles": a sample of this quantity in few digits.
QString quantityText(types::Quantity quantity, double value);

}  // namespace views
