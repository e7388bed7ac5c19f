// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/matrix_model.h"

#include <QBrush>
#include <QFont>
#include <algorithm>
#include <cmath>

#include "views/models/heat_scale.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::CellState;
using types::CostMatrix;
using types::MatrixAxis;
using types::MatrixCell;
using types::Quantity;

/// No condition is called so: arrange() replaces it by the first one.
constexpr const char* kNeverFixed = "\n";

QString matrixValueText(const MatrixCell& cell) {
    const Unit unit = cell.quantity == Quantity::LatencyUs ? Unit::Microseconds : Unit::Count;
    return shortText(unit, *cell.value);
}

QString shownText(const MatrixCell& cell) {
    if (cell.state == CellState::Failed) return QObject::tr("failed");
    if (!cell.value) return QObject::tr("open");
    return (cell.state == CellState::Predicted ? "~ " : "") + matrixValueText(cell);
}

QString wordOf(const std::string& value) {
    return value.empty() ? QObject::tr("not known") : QString::fromStdString(value);
}

}  // namespace

QString matrixCellTip(const CostMatrix& matrix, const MatrixCell& cell) {
    QStringList lines;
    for (size_t axis = 0; axis < types::kMatrixAxisCount; ++axis)
        lines << QStringLiteral("%1: %2").arg(types::kMatrixAxes[axis], wordOf(cell.place[axis]));
    if (cell.value) {
        const bool isTime = cell.quantity == Quantity::LatencyUs;
        lines << QObject::tr("%1%2, %3")
                     .arg(exactText(isTime ? Unit::Microseconds : Unit::Count, *cell.value),
                          isTime ? QString()
                                 : " " + QString::fromLatin1(types::quantityName(cell.quantity)),
                          QString::fromLatin1(types::cellStateName(cell.state)));
        if (const auto factor = types::relativeCost(matrix, cell))
            lines << QObject::tr("%1 times the cheapest cell of this target")
                         .arg(figureText(*factor));
    }
    if (cell.band)
        lines << QObject::tr("90 % band: %1 to %2")
                     .arg(shortText(Unit::Microseconds, cell.band->low),
                          shortText(Unit::Microseconds, cell.band->high));
    if (!cell.reason.empty()) lines << QString::fromStdString(cell.reason);
    if (!cell.session.empty())
        lines << QObject::tr("A click opens session %1").arg(QString::fromStdString(cell.session));
    return lines.join('\n');
}

QString matrixSummary(const CostMatrix& matrix) {
    QStringList parts;
    for (const CellState state :
         {CellState::Measured, CellState::Predicted, CellState::Failed, CellState::Open})
        if (const size_t count = matrix.count(state); count > 0)
            parts << QStringLiteral("%1 %2").arg(count).arg(types::cellStateName(state));
    return QObject::tr("%1 cells: %2").arg(matrix.cells.size()).arg(parts.join(", "));
}

void MatrixModel::setMatrix(CostMatrix matrix) {
    beginResetModel();
    m_matrix = std::move(matrix);
    for (std::string& value : m_fixed)
        if (value.empty()) value = kNeverFixed;
    arrange();
    endResetModel();
}

void MatrixModel::setAxes(MatrixAxis rows, MatrixAxis columns) {
    beginResetModel();
    m_rowAxis = rows;
    m_columnAxis = columns;
    arrange();
    endResetModel();
}

void MatrixModel::fix(MatrixAxis axis, const std::string& value) {
    beginResetModel();
    m_fixed[static_cast<size_t>(axis)] = value;
    arrange();
    endResetModel();
}

void MatrixModel::setPalette(const QPalette& palette) {
    m_palette = palette;
    if (rowCount() > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

/// A fixed value that the matrix does not have becomes its first one.
void MatrixModel::arrange() {
    for (size_t i = 0; i < types::kMatrixAxisCount; ++i) {
        const auto values = m_matrix.along(static_cast<MatrixAxis>(i));
        if (!values.empty() && std::ranges::find(values, m_fixed[i]) == values.end())
            m_fixed[i] = values.front();
    }
    m_rows = m_matrix.along(m_rowAxis);
    m_columns = m_matrix.along(m_columnAxis);
    m_largest = 1;
    for (const MatrixCell& cell : m_matrix.cells)
        m_largest = std::max(m_largest, types::relativeCost(m_matrix, cell).value_or(1));
}

const MatrixCell* MatrixModel::cellAt(const QModelIndex& index) const {
    if (!index.isValid()) return nullptr;
    types::MatrixPlace place = m_fixed;
    place[static_cast<size_t>(m_rowAxis)] = m_rows[static_cast<size_t>(index.row())];
    place[static_cast<size_t>(m_columnAxis)] = m_columns[static_cast<size_t>(index.column())];
    const auto cell = std::ranges::find(m_matrix.cells, place, &MatrixCell::place);
    if (cell != m_matrix.cells.end()) return &*cell;
    const auto open = std::ranges::find_if(
        m_matrix.cells, [&](const MatrixCell& candidate) { return isAt(candidate, place); });
    return open == m_matrix.cells.end() ? nullptr : &*open;
}

/// A fixed condition that a prediction does not know stands in nobody's way.
bool MatrixModel::isAt(const MatrixCell& cell, const types::MatrixPlace& place) const {
    for (size_t i = 0; i < types::kMatrixAxisCount; ++i) {
        const auto axis = static_cast<MatrixAxis>(i);
        const bool isFixed = axis != m_rowAxis && axis != m_columnAxis;
        if (cell.place[i] != place[i] && !(isFixed && cell.place[i].empty())) return false;
    }
    return true;
}

int MatrixModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant MatrixModel::colorOf(const MatrixCell& cell, int role) const {
    const auto factor = types::relativeCost(m_matrix, cell);
    if (!factor) return {};
    const double share = m_largest > 1 ? std::log(*factor) / std::log(m_largest) : 0;
    const QColor ground = HeatScale().colorAt(share, m_palette);
    return QBrush(role == Qt::BackgroundRole ? ground : inkOn(ground));
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const {
    const MatrixCell* cell = cellAt(index);
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (!cell) return role == Qt::DisplayRole ? QVariant(kUnknown) : QVariant();
    switch (role) {
        case Qt::DisplayRole:
            return shownText(*cell);
        case Qt::ToolTipRole:
            return matrixCellTip(m_matrix, *cell);
        case Qt::BackgroundRole:
        case Qt::ForegroundRole:
            return colorOf(*cell, role);
        case Qt::FontRole: {
            QFont font;
            font.setItalic(cell->state == CellState::Predicted);
            return font;
        }
        default:
            return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const auto& words = orientation == Qt::Horizontal ? m_columns : m_rows;
    if (role != Qt::DisplayRole || section < 0 || section >= static_cast<int>(words.size()))
        return {};
    return wordOf(words[static_cast<size_t>(section)]);
}

}  // namespace views
