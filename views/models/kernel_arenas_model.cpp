// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/kernel_arenas_model.h"

#include <algorithm>

#include "views/metric.h"
#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

/// The largest scratch of one operator.
std::optional<int64_t> largestScratch(const types::KernelArena& arena) {
    std::optional<int64_t> largest;
    for (const auto& bytes : arena.scratchBytes)
        if (bytes) largest = std::max(largest.value_or(0), *bytes);
    return largest;
}

}  // namespace

std::optional<int64_t> KernelArenasModel::figureOf(int row, int column) const {
    if (column == Arena) return at(row).arena.usedBytes();
    if (column == Scratch) return largestScratch(at(row));
    if (column != Difference || row == 0) return std::nullopt;
    const auto now = at(row).arena.usedBytes(), before = at(row - 1).arena.usedBytes();
    return now && before ? std::optional(*now - *before) : std::nullopt;
}

QString KernelArenasModel::textOf(int row, int column) const {
    if (column == Library) return QString::fromStdString(at(row).library);
    if (column == Source) return QString::fromStdString(at(row).source);
    const auto figure = figureOf(row, column);
    if (!figure) return column == Difference && row == 0 ? QString() : kUnknown;
    return (column == Difference && *figure > 0 ? "+" : "") + grouped(*figure);
}

QVariant KernelArenasModel::cell(int row, int column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return textOf(row, column);
        case PlainRole: {
            const auto figure = figureOf(row, column);
            return isFigure(column) ? figure ? QString::number(*figure) : QString()
                                    : textOf(row, column);
        }
        case SortRole:
            // Releases keep their order.
            return isFigure(column) ? QVariant(qlonglong(figureOf(row, column).value_or(-1)))
                                    : QVariant(row);
        case Qt::ToolTipRole:
            return at(row).arena.usedBytes() ? QString::fromStdString(at(row).source)
                                             : QString::fromStdString(at(row).arena.unknownReason);
        default:
            return {};
    }
}

QVariant KernelArenasModel::headerCell(int column, int role) const {
    static const char* const kTitles[] = {"Kernels", "Arena", "Change", "Largest scratch",
                                          "Release"};
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    if (role == Qt::DisplayRole) return QString(kTitles[column]);
    if (role == Qt::ToolTipRole && column == Arena)
        return QObject::tr("Bytes of TFLM's arena with these kernels");
    if (role == Qt::ToolTipRole && column == Difference)
        return QObject::tr("Bytes more than with the release before: what an upgrade costs");
    if (role == Qt::ToolTipRole && column == Scratch)
        return QObject::tr("Bytes of the operator that needs the most scratch");
    return {};
}

}  // namespace views
