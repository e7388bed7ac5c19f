// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/comparison_model.h"

#include <QCoreApplication>
#include <QFont>
#include <cmath>

#include "views/models/roles.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::ComparedRow;
using types::SessionComparison;

QString cellText(const ComparedRow& row, int column) {
    switch (column) {
        case ComparisonModel::Key:
            return QString::fromStdString(row.key);
        case ComparisonModel::Unit:
            return unitText(row.quantity);
        case ComparisonModel::Baseline:
            return sampleNumber(row.quantity, row.baseline);
        case ComparisonModel::Candidate:
            return sampleNumber(row.quantity, row.candidate);
        case ComparisonModel::Difference:
            return (row.difference > 0 ? "+" : "") + sampleNumber(row.quantity, row.difference);
        case ComparisonModel::Percent:
            return signedPercentText(row.percent, 2);
        case ComparisonModel::Interval:
            if (!std::isfinite(row.lowPercent) || !std::isfinite(row.highPercent)) return kUnknown;
            return signedPercentText(row.lowPercent, 2) + " … " +
                   signedPercentText(row.highPercent, 2);
        case ComparisonModel::Significant:
            return row.significant ? QCoreApplication::translate("ComparisonModel", "yes")
                                   : QCoreApplication::translate("ComparisonModel", "no");
        default:
            return QString::fromStdString(row.note);
    }
}

QVariant sortValue(const ComparedRow& row, int rowNumber, int column) {
    switch (column) {
        case ComparisonModel::Key:
            return rowNumber;
        case ComparisonModel::Baseline:
            return row.baseline;
        case ComparisonModel::Candidate:
            return row.candidate;
        case ComparisonModel::Difference:
            return row.difference;
        case ComparisonModel::Percent:
        case ComparisonModel::Interval:
            return row.percent;
        default:
            return cellText(row, column);
    }
}

}  // namespace

void ComparisonModel::setComparison(const SessionComparison& comparison) {
    std::vector<ComparedRow> rows = comparison.layers;
    rows.insert(rows.end(), comparison.totals.begin(), comparison.totals.end());
    setRows(std::move(rows));
}

QVariant ComparisonModel::cell(int row, int column, int role) const {
    const ComparedRow& compared = at(row);
    switch (role) {
        case Qt::DisplayRole:
        case PlainRole:
        case Qt::ToolTipRole:
            return cellText(compared, column);
        case SortRole:
            return sortValue(compared, row, column);
        case Qt::FontRole: {
            if (!compared.significant) return {};
            QFont font;
            font.setBold(true);
            return font;
        }
        default:
            return {};
    }
}

QVariant ComparisonModel::headerCell(int column, int role) const {
    if (role != Qt::DisplayRole) return {};
    const QStringList names{tr("What"),          tr("Unit"),        tr("Baseline"),
                            tr("Candidate"),     tr("Difference"),  tr("Percent"),
                            tr("95 % interval"), tr("Significant"), tr("Note")};
    return names.value(column);
}

types::Quantity mainQuantity(const SessionComparison& comparison) {
    const auto& rows = comparison.layers.empty() ? comparison.totals : comparison.layers;
    return rows.empty() ? types::Quantity::LatencyUs : rows.front().quantity;
}

QString verdictText(const SessionComparison& comparison) {
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("ComparisonModel", text);
    };
    const types::Quantity main = mainQuantity(comparison);
    QStringList different;
    int layers = 0;
    for (const ComparedRow& row : comparison.layers) {
        if (row.quantity != main) continue;
        ++layers;
        if (row.significant)
            different << QString::fromStdString(row.key) + ' ' + signedPercentText(row.percent, 1);
    }
    // The whole first: it is what the user feels.
    QStringList sentences;
    for (const ComparedRow& row : comparison.totals)
        if (row.key == types::kWhole && row.quantity == main)
            sentences << (row.significant
                              ? tr("Whole inference %1.").arg(signedPercentText(row.percent, 1))
                              : tr("Whole inference: no difference."));
    if (layers == 0)
        sentences << tr("No layers to compare.");
    else if (different.isEmpty())
        sentences << tr("No difference found in any layer (differences from %1 on count).")
                         .arg(percentText(comparison.minimumEffectPercent, 'g', 2));
    else
        sentences << tr("%1 of %2 layers differ: %3.")
                         .arg(different.size())
                         .arg(layers)
                         .arg(QStringList(different.mid(0, 4)).join(", ") +
                              (different.size() > 4 ? tr(", …") : QString()));
    return sentences.join(' ');
}

}  // namespace views
