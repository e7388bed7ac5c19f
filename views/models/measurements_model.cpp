// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/measurements_model.h"

#include <utility>

#include "views/models/roles.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

std::optional<double> figureOf(const MeasurementRow& row, int column) {
    const auto& summary = row.summary;
    if (column == MeasurementsModel::Count)
        return summary ? static_cast<double>(summary->count) : 0.0;
    if (!summary) return std::nullopt;
    switch (column) {
        case MeasurementsModel::Median:
            return summary->median;
        case MeasurementsModel::LowerQuartile:
            return summary->lowerQuartile;
        case MeasurementsModel::UpperQuartile:
            return summary->upperQuartile;
        case MeasurementsModel::Lowest:
            return summary->lowest;
        case MeasurementsModel::Highest:
            return summary->highest;
        default:
            return std::nullopt;
    }
}

QString noteOf(const types::Measurement& measurement) {
    const QString note = QString::fromStdString(measurement.note);
    if (!measurement.estimated) return note;
    return note.isEmpty() ? MeasurementsModel::tr("estimated")
                          : MeasurementsModel::tr("estimated: %1").arg(note);
}

QString cellText(const MeasurementRow& row, int column, bool isPlain) {
    const types::Measurement& measurement = *row.measurement;
    if (column == MeasurementsModel::Key) return QString::fromStdString(measurement.key);
    if (column == MeasurementsModel::Unit) return unitText(measurement.quantity);
    if (column == MeasurementsModel::Note) return noteOf(measurement);
    const auto value = figureOf(row, column);
    if (!value) return isPlain ? QString() : kUnknown;
    if (isPlain) return QString::number(*value, 'g', 12);
    if (column == MeasurementsModel::Count) return grouped(static_cast<int64_t>(*value));
    return (measurement.estimated ? "~" : "") + sampleNumber(measurement.quantity, *value);
}

}  // namespace

void MeasurementsModel::setSession(types::SessionPtr session) {
    std::vector<MeasurementRow> rows;
    if (session)
        for (const types::Measurement& measurement : session->measurements)
            rows.push_back({&measurement, summarize(measurement.samples)});
    // The old rows point into it.
    const types::SessionPtr before = std::exchange(m_session, std::move(session));
    setRows(std::move(rows));
}

QVariant MeasurementsModel::cell(int row, int column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return cellText(at(row), column, false);
        case PlainRole:
            return cellText(at(row), column, true);
        case SortRole:
            // Layers sort by their order, not by name.
            if (column == Key) return row;
            if (isFigure(column)) return figureOf(at(row), column).value_or(-1);
            return cellText(at(row), column, true);
        default:
            return {};
    }
}

QVariant MeasurementsModel::headerCell(int column, int role) const {
    if (role != Qt::DisplayRole) return {};
    const QStringList names{tr("What"), tr("Unit"),     tr("n"),       tr("Median"), tr("25 %"),
                            tr("75 %"), tr("Smallest"), tr("Largest"), tr("Note")};
    return names.value(column);
}

}  // namespace views
