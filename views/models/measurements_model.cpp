// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/measurements_model.h"

#include "views/models/roles.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {

void MeasurementsModel::setSession(types::SessionPtr session) {
    beginResetModel();
    m_session = std::move(session);
    m_summaries.clear();
    if (m_session)
        for (const types::Measurement& measurement : m_session->measurements)
            m_summaries.push_back(summarize(measurement.samples));
    endResetModel();
}

int MeasurementsModel::layerOf(int row) const {
    return m_session->measurements[static_cast<size_t>(row)].layer.value_or(-1);
}

int MeasurementsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_summaries.size());
}

int MeasurementsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

std::optional<double> MeasurementsModel::number(int row, int column) const {
    const auto& summary = m_summaries[static_cast<size_t>(row)];
    if (column == Count) return summary ? static_cast<double>(summary->count) : 0.0;
    if (!summary) return std::nullopt;
    switch (column) {
        case Median:
            return summary->median;
        case LowerQuartile:
            return summary->lowerQuartile;
        case UpperQuartile:
            return summary->upperQuartile;
        case Lowest:
            return summary->lowest;
        case Highest:
            return summary->highest;
        default:
            return std::nullopt;
    }
}

QString MeasurementsModel::cellText(int row, int column, bool isPlain) const {
    const types::Measurement& measurement = m_session->measurements[static_cast<size_t>(row)];
    if (column == Key) return QString::fromStdString(measurement.key);
    if (column == views::MeasurementsModel::Unit) return unitText(measurement.quantity);
    if (column == Note) {
        const QString note = QString::fromStdString(measurement.note);
        if (!measurement.estimated) return note;
        return note.isEmpty() ? tr("estimated") : tr("estimated: %1").arg(note);
    }
    const auto value = number(row, column);
    if (!value) return isPlain ? QString() : kUnknown;
    if (isPlain) return QString::number(*value, 'g', 12);
    if (column == Count) return grouped(static_cast<int64_t>(*value));
    return (measurement.estimated ? "~" : "") + sampleNumber(measurement.quantity, *value);
}

QVariant MeasurementsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const bool isNumber = index.column() >= Count && index.column() <= Highest;
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return cellText(index.row(), index.column(), false);
        case PlainRole:
            return cellText(index.row(), index.column(), true);
        case SortRole: {
            // Layers keep their order, not that of their names.
            if (index.column() == Key) return index.row();
            if (isNumber) return number(index.row(), index.column()).value_or(-1);
            return cellText(index.row(), index.column(), true);
        }
        case Qt::TextAlignmentRole:
            return isNumber ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
        default:
            return {};
    }
}

QVariant MeasurementsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QStringList names{tr("What"), tr("Unit"),     tr("n"),       tr("Median"), tr("25 %"),
                            tr("75 %"), tr("Smallest"), tr("Largest"), tr("Note")};
    return names.value(section);
}

}  // namespace views
