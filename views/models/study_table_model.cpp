// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/study_table_model.h"

#include <limits>

#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

QVariant textOf(const types::StudyCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return QString::fromStdString(*text);
    const auto* number = std::get_if<double>(&cell);
    return number ? figureText(*number) : kUnknown;
}

/// Form for spreadsheets and scripts.
QVariant plainOf(const types::StudyCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return QString::number(*number, 'g', 10);
    return std::holds_alternative<std::string>(cell) ? textOf(cell) : QString();
}

/// In a column of figures unknown cells are below and texts ("over 100") above all figures.
QVariant sortValueOf(const types::StudyCell& cell, bool isFigure) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    if (!isFigure) return plainOf(cell);
    return std::holds_alternative<std::string>(cell) ? kInfinity : -kInfinity;
}

}  // namespace

void StudyTableModel::setTable(types::StudyTable table) {
    beginResetModel();
    m_columns = std::move(table.columns);
    rows() = std::move(table.rows);
    m_isFigure.assign(m_columns.size(), false);
    for (const auto& row : rows())
        for (size_t column = 0; column < row.size(); ++column)
            if (std::holds_alternative<double>(row[column])) m_isFigure[column] = true;
    endResetModel();
}

QVariant StudyTableModel::cell(int row, int column, int role) const {
    const types::StudyCell& cell = at(row)[static_cast<size_t>(column)];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return textOf(cell);
        case PlainRole:
            return plainOf(cell);
        case SortRole:
            return sortValueOf(cell, isFigure(column));
        default:
            return {};
    }
}

QVariant StudyTableModel::headerCell(int column, int role) const {
    if (role == Qt::TextAlignmentRole && isFigure(column)) return sideOf(column);
    if (role != Qt::DisplayRole) return {};
    const types::StudyColumn& known = m_columns[static_cast<size_t>(column)];
    const QString name = QString::fromStdString(known.name);
    return known.unit.empty() ? name : name + " (" + QString::fromStdString(known.unit) + ")";
}

}  // namespace views
