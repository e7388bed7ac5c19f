// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/variations_model.h"

#include <QStringList>
#include <algorithm>

#include "views/models/roles.h"

namespace views {
namespace {

Metric metricOf(int column) {
    return totalQuantities()[static_cast<size_t>(column - VariationsModel::FirstQuantity)];
}

QString subtitle(const TriedVariation& tried) {
    if (!tried.evaluation) return QStringLiteral("evaluating");
    QStringList parts;
    // There is room for three: what it is worth, where that is known, before where it lies.
    const Metric second =
        tried.evaluation->quality ? qualityOf(*tried.evaluation) : Metric::ArenaBytes;
    for (Metric quantity : {Metric::FlashBytes, second, Metric::LatencyUs}) {
        const Reading reading = read(quantity, *tried.evaluation);
        if (reading.value) parts << shortText(info(quantity).unit, *reading.value);
    }
    return parts.join(QStringLiteral(" · "));
}

bool sameTried(const TriedVariations& a, const TriedVariations& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.variation == y.variation; });
}

}  // namespace

bool fits(const types::Evaluation& evaluation) {
    const bool flash = !evaluation.flash || evaluation.flash->fits();
    return flash && (!evaluation.sram || evaluation.sram->fits());
}

QString fitText(const types::Evaluation& evaluation) {
    if (!evaluation.flash && !evaluation.sram) return QStringLiteral("no board");
    QStringList parts;
    if (evaluation.flash && !evaluation.flash->fits())
        parts << "flash " + spareText(evaluation.flash->spareBytes());
    if (evaluation.sram && !evaluation.sram->fits())
        parts << "SRAM " + spareText(evaluation.sram->spareBytes());
    return parts.isEmpty() ? QStringLiteral("fits") : parts.join(", ");
}

int VariationsModel::columnOf(Metric quantity) {
    const auto& list = totalQuantities();
    const auto found = std::find(list.begin(), list.end(), quantity);
    return FirstQuantity + static_cast<int>(found - list.begin());
}

void VariationsModel::setTried(TriedVariations tried, const types::Variation& current) {
    const bool sameRows = !tried.empty() && sameTried(tried, m_tried);
    if (!sameRows) beginResetModel();
    m_tried = std::move(tried);
    m_current = current;
    if (sameRows)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    else
        endResetModel();
}

int VariationsModel::rowOf(const std::optional<types::Variation>& variation) const {
    for (size_t row = 0; variation && row < m_tried.size(); ++row)
        if (m_tried[row].variation == *variation) return static_cast<int>(row);
    return -1;
}

int VariationsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_tried.size());
}

int VariationsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FirstQuantity + static_cast<int>(totalQuantities().size());
}

QVariant VariationsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const TriedVariation& tried = at(index.row());
    if (role == CurrentRole) return tried.variation == m_current;
    if (role == DimmedRole) return tried.outdated || !tried.evaluation;
    if (index.column() == Label) return labelCell(index.row(), role);
    if (index.column() == Fit) return fitCell(index.row(), role);
    return numberCell(index.row(), metricOf(index.column()), role);
}

QVariant VariationsModel::labelCell(int row, int role) const {
    const TriedVariation& tried = at(row);
    switch (role) {
        case Qt::DisplayRole:
        case PlainRole:
            return QString::fromStdString(tried.variation.label());
        case SortRole:
            return row;
        case SubtitleRole:
            return subtitle(tried);
        case Qt::ToolTipRole: {
            if (!tried.evaluation) return {};
            QStringList lines;
            for (const std::string& change : tried.evaluation->changes)
                lines << QString::fromStdString(change);
            constexpr int kMaxLines = 12;
            if (lines.size() > kMaxLines)
                lines = lines.mid(0, kMaxLines)
                        << QStringLiteral("and %1 more").arg(lines.size() - kMaxLines);
            return lines.join('\n');
        }
        default:
            return {};
    }
}

QVariant VariationsModel::fitCell(int row, int role) const {
    const TriedVariation& tried = at(row);
    if (!tried.evaluation) return {};
    if (role == SortRole) return fits(*tried.evaluation) ? 0 : 1;
    if (role == Qt::DisplayRole || role == PlainRole || role == Qt::ToolTipRole)
        return fitText(*tried.evaluation);
    return {};
}

QVariant VariationsModel::numberCell(int row, Metric quantity, int role) const {
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    const TriedVariation& tried = at(row);
    if (!tried.evaluation) return role == Qt::DisplayRole ? QVariant(kUnknown) : QVariant();
    const Reading reading = read(quantity, *tried.evaluation);
    const Unit unit = info(quantity).unit;
    switch (role) {
        case Qt::DisplayRole:
            return reading.value ? exactNumber(unit, *reading.value) : kUnknown;
        case PlainRole:
            return reading.value ? plainNumber(unit, *reading.value) : QString();
        case SortRole:
            return reading.value.value_or(-1.0);
        case Qt::ToolTipRole:
            return describe(quantity, reading);
        default:
            return {};
    }
}

QVariant VariationsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool isText = section < FirstQuantity;
    if (role == Qt::DisplayRole) {
        if (section == Label) return QStringLiteral("Variation");
        return isText ? QStringLiteral("Fit") : headerText(metricOf(section));
    }
    if (role == Qt::ToolTipRole && !isText) return info(metricOf(section)).definition;
    if (role == Qt::TextAlignmentRole)
        return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return {};
}

}  // namespace views
