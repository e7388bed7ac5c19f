// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/study_table_model.h"

#include <cmath>

#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

/// Counts as they are, other figures with four digits.
QString figureText(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return grouped(static_cast<int64_t>(value));
    if (std::abs(value) >= 1000) return grouped(std::llround(value));
    return QString::number(value, 'g', 4).replace('-', QChar(0x2212));
}

QVariant textOf(const types::StudyCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return QString::fromStdString(*text);
    const auto* number = std::get_if<double>(&cell);
    return number ? figureText(*number) : kUnknown;
}

/// As a spreadsheet or a script wants it.
QVariant plainOf(const types::StudyCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return QString::number(*number, 'g', 10);
    return std::holds_alternative<std::string>(cell) ? textOf(cell) : QString();
}

QVariant sortValueOf(const types::StudyCell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return *number;
    return plainOf(cell);
}

}  // namespace

void StudyTableModel::setTable(types::StudyTable table) {
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int StudyTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int StudyTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant StudyTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const types::StudyCell& cell =
        m_table.rows[static_cast<size_t>(index.row())][static_cast<size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return textOf(cell);
        case PlainRole:
            return plainOf(cell);
        case SortRole:
            return sortValueOf(cell);
        case Qt::TextAlignmentRole:
            return isNumeric(index.column()) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                             : QVariant();
        default:
            return {};
    }
}

/// A column with any figure stands to the right, words in it as well.
bool StudyTableModel::isNumeric(int column) const {
    for (const auto& row : m_table.rows)
        if (std::holds_alternative<double>(row[static_cast<size_t>(column)])) return true;
    return false;
}

QVariant StudyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumeric(section))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const types::StudyColumn& column = m_table.columns[static_cast<size_t>(section)];
    const QString name = QString::fromStdString(column.name);
    return column.unit.empty() ? name : name + " (" + QString::fromStdString(column.unit) + ")";
}

}  // namespace views
