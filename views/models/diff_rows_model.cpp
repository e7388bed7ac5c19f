// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/diff_rows_model.h"

#include <QGuiApplication>
#include <algorithm>
#include <climits>
#include <cmath>
#include <utility>

#include "views/colors.h"
#include "views/models/roles.h"

namespace views {
namespace {

using types::DiffLayer;
using types::LayerFigures;

QString indexList(const std::vector<int32_t>& layers) {
    QStringList numbers;
    for (const int32_t layer : layers)
        numbers << QString::number(layer);
    return numbers.isEmpty() ? kUnknown : numbers.join(" + ");
}

std::optional<double> valueOf(const std::optional<types::Estimate>& estimate) {
    return estimate ? std::optional(estimate->value) : std::nullopt;
}

/// 0 for a side without layers: it costs nothing.
std::optional<double> sideValue(Metric metric, const LayerFigures& figures,
                                const std::vector<int32_t>& layers) {
    return layers.empty() ? std::optional(0.0) : diffValue(metric, figures);
}

std::optional<double> differenceOf(Metric metric, const DiffLayer& layer) {
    const auto before = sideValue(metric, layer.baseline, layer.match.baseline);
    const auto now = sideValue(metric, layer.candidate, layer.match.candidate);
    return before && now ? std::optional(*now - *before) : std::nullopt;
}

QString matchText(const types::LayerMatch& match) {
    if (match.baseline.empty()) return QObject::tr("only in candidate");
    if (match.candidate.empty()) return QObject::tr("only in baseline");
    return types::matchKindName(match.kind);
}

}  // namespace

const std::vector<Metric>& diffLayerMetrics() {
    static const std::vector<Metric> list = {Metric::LatencyUs, Metric::Macs,
                                             Metric::Params,    Metric::WeightBytes,
                                             Metric::LiveBytes, Metric::EnergyUj};
    return list;
}

std::optional<double> diffValue(Metric metric, const LayerFigures& figures) {
    switch (metric) {
        case Metric::Macs:
            return static_cast<double>(figures.macs);
        case Metric::Params:
            return static_cast<double>(figures.params);
        case Metric::WeightBytes:
            return static_cast<double>(figures.weightBytes);
        case Metric::LiveBytes:
            return static_cast<double>(figures.liveBytes);
        case Metric::LatencyUs:
            return valueOf(figures.latencyUs);
        case Metric::EnergyUj:
            return valueOf(figures.energyUj);
        default:
            return std::nullopt;
    }
}

QString diffSideText(const LayerFigures& figures, const std::vector<int32_t>& layers) {
    if (layers.empty()) return kUnknown;
    QString text;
    for (const int32_t layer : layers)
        text += QStringLiteral("#%1 ").arg(layer);
    return text + QString::fromStdString(figures.op) + ' ' + QString::fromStdString(figures.output);
}

void DiffRowsModel::setDiff(types::ModelDiffPtr diff) {
    std::vector<const DiffLayer*> rows;
    if (diff)
        for (const DiffLayer& layer : diff->layers)
            rows.push_back(&layer);
    // The old rows point into it.
    const types::ModelDiffPtr before = std::exchange(m_diff, std::move(diff));
    m_largest = 0;
    for (const DiffLayer* layer : rows)
        m_largest = std::max(m_largest, std::abs(differenceOf(m_metric, *layer).value_or(0)));
    setRows(std::move(rows));
}

void DiffRowsModel::setMetric(Metric metric) {
    m_metric = metric;
    m_largest = 0;
    for (int row = 0; row < rowCount(); ++row)
        m_largest = std::max(m_largest, std::abs(differenceOf(metric, *at(row)).value_or(0)));
    if (rowCount() > 0) emit dataChanged(index(0, Baseline), index(rowCount() - 1, Percent));
    emit headerDataChanged(Qt::Horizontal, Baseline, Percent);
}

QString DiffRowsModel::numberText(const DiffLayer& layer, int column) const {
    const Unit unit = info(m_metric).unit;
    const auto before = sideValue(m_metric, layer.baseline, layer.match.baseline);
    const auto now = sideValue(m_metric, layer.candidate, layer.match.candidate);
    if (column == Baseline || column == Candidate) {
        const auto& value = column == Baseline ? before : now;
        const bool isEmpty =
            column == Baseline ? layer.match.baseline.empty() : layer.match.candidate.empty();
        return value && !isEmpty ? exactNumber(unit, *value) : kUnknown;
    }
    if (!before || !now) return kUnknown;
    if (column == Difference)
        return (*now > *before ? "+" : "") + exactNumber(unit, *now - *before);
    return *before == 0 ? kUnknown : changeText(*now, *before);
}

QString DiffRowsModel::text(const DiffLayer& layer, int column) const {
    switch (column) {
        case BaselineLayer:
            return indexList(layer.match.baseline);
        case CandidateLayer:
            return indexList(layer.match.candidate);
        case Op:
            return QString::fromStdString(layer.match.candidate.empty() ? layer.baseline.op
                                                                        : layer.candidate.op);
        case Match:
            return matchText(layer.match);
        case Why:
            return QString::fromStdString(layer.why);
        default:
            return numberText(layer, column);
    }
}

QVariant DiffRowsModel::sortKey(const DiffLayer& layer, int row, int column) const {
    const auto first = [](const std::vector<int32_t>& layers) {
        return layers.empty() ? INT_MAX : layers.front();
    };
    const auto before = sideValue(m_metric, layer.baseline, layer.match.baseline);
    const auto now = sideValue(m_metric, layer.candidate, layer.match.candidate);
    switch (column) {
        case BaselineLayer:
            return first(layer.match.baseline);
        case CandidateLayer:
            return row;
        case Baseline:
            return before.value_or(-1);
        case Candidate:
            return now.value_or(-1);
        case Difference:
            return before && now ? *now - *before : 0.0;
        case Percent:
            return before && now && *before != 0 ? *now / *before : 1.0;
        default:
            return text(layer, column);
    }
}

QVariant DiffRowsModel::bar(const DiffLayer& layer, int column, int role) const {
    const auto difference = differenceOf(m_metric, layer);
    if (column != Difference || !difference || m_largest <= 0) return {};
    if (role == BarShareRole) return std::abs(*difference) / m_largest;
    const QPalette palette = QGuiApplication::palette();
    return *difference > 0 ? warningColor(palette) : accentColor(palette);
}

QVariant DiffRowsModel::cell(int row, int column, int role) const {
    const DiffLayer& layer = *at(row);
    switch (role) {
        case Qt::DisplayRole:
            return text(layer, column);
        case PlainRole:
            return text(layer, column).remove(',');
        case Qt::ToolTipRole:
            return tr("Baseline: %1\nCandidate: %2\n%3\nMatched by %4")
                .arg(diffSideText(layer.baseline, layer.match.baseline),
                     diffSideText(layer.candidate, layer.match.candidate),
                     QString::fromStdString(layer.why),
                     layer.match.isMatched() ? types::matchEvidenceName(layer.match.evidence)
                                             : tr("nothing"));
        case SortRole:
            return sortKey(layer, row, column);
        case DimmedRole:
            return !layer.match.isMatched();
        case BarShareRole:
        case BarColorRole:
            return bar(layer, column, role);
        default:
            return {};
    }
}

QVariant DiffRowsModel::headerCell(int column, int role) const {
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    const QString metric = headerText(m_metric);
    if (role == Qt::ToolTipRole && column >= Baseline && column <= Percent)
        return info(m_metric).name + ": " + info(m_metric).definition;
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case BaselineLayer:
            return tr("Baseline #");
        case CandidateLayer:
            return tr("Candidate #");
        case Op:
            return tr("Op");
        case Match:
            return tr("Match");
        case Baseline:
            return tr("Baseline, %1").arg(metric);
        case Candidate:
            return tr("Candidate");
        case Difference:
            return tr("Difference");
        case Percent:
            return tr("Per cent");
        default:
            return tr("What differs");
    }
}

}  // namespace views
