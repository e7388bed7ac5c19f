// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/layers_model.h"

#include <QGuiApplication>
#include <algorithm>
#include <utility>

#include "views/colors.h"
#include "views/models/buffers_model.h"
#include "views/models/roles.h"

namespace views {
namespace {

using types::LayerEvaluation;

QString textOf(const LayerEvaluation& layer, int column) {
    switch (column) {
        case LayersModel::Index:
            return QString::number(layer.index);
        case LayersModel::Op:
            return QString::fromStdString(layer.op + (layer.supported ? "" : " (cannot run)"));
        case LayersModel::Name:
            return shortName(layer.name);
        case LayersModel::Output:
            return layer.outputShapes.empty()
                       ? kUnknown
                       : QString::fromStdString(types::shapeText(layer.outputShapes[0]));
        default:
            return QString::fromStdString(types::dataTypeName(layer.type));
    }
}

/// Text that the filter searches: the full name, not the shortened one.
QString rowText(const LayerEvaluation& layer) {
    QStringList words{QString::fromStdString(layer.name)};
    for (int column = LayersModel::Index; column < LayersModel::Runtime; ++column)
        words << textOf(layer, column);
    return words.join(' ');
}

/// Runtime, reason, the rewrite that helps, and the source; one line each.
QString supportText(const types::RuntimeSupport& runtime, const types::LayerSupport& support) {
    QStringList lines{QString::fromStdString(runtime.name)};
    if (!support.reason.empty()) lines << QString::fromStdString(support.reason);
    if (!support.rewrite.empty())
        lines << QObject::tr("What helps: %1").arg(QString::fromStdString(support.rewrite));
    lines << QObject::tr("Source: %1").arg(QString::fromStdString(support.source));
    if (!runtime.note.empty()) lines << QString::fromStdString(runtime.note);
    return lines.join('\n');
}

Metric layerMetricOf(int column) {
    return layerMetrics()[static_cast<size_t>(column - LayersModel::FirstMetric)];
}

}  // namespace

int LayersModel::columnOf(Metric metric) {
    const auto& list = layerMetrics();
    const auto found = std::find(list.begin(), list.end(), metric);
    return FirstMetric + static_cast<int>(found - list.begin());
}

void LayersModel::setEvaluation(types::EvaluationPtr evaluation) {
    std::vector<const LayerEvaluation*> layers;
    if (evaluation)
        for (const LayerEvaluation& layer : evaluation->layers)
            layers.push_back(&layer);
    // Verdicts on other layers than these must not stay beside them.
    if (m_support && m_support->layers.size() != layers.size()) m_support->layers.clear();
    // The old rows point into it.
    const types::EvaluationPtr before = std::exchange(m_evaluation, std::move(evaluation));
    measureColumns();
    setRows(std::move(layers), true);
}

void LayersModel::setMeasured(std::optional<MeasuredLayers> measured) {
    if (!measured && !m_measured) return;
    beginResetModel();
    m_measured = std::move(measured);
    endResetModel();
}

bool LayersModel::isMinor(int column) const {
    return m_measured && column >= firstMeasured() + static_cast<int>(m_measured->mainColumns);
}

const MeasuredColumn* LayersModel::measuredAt(int column) const {
    if (!m_measured || column < firstMeasured()) return nullptr;
    const auto index = static_cast<size_t>(column - firstMeasured());
    return index < m_measured->columns.size() ? &m_measured->columns[index] : nullptr;
}

QVariant LayersModel::measuredCell(const MeasuredColumn& column, int layer, int role) const {
    const auto index = static_cast<size_t>(layer);
    const std::optional<double> value = column.valueOf(index);
    switch (role) {
        case Qt::DisplayRole:
            return column.textOf(index);
        case PlainRole:
            return value ? QString::number(*value, 'g', 12) : QString();
        case SortRole:
            return value.value_or(-1);
        case Qt::ToolTipRole:
            return column.toolTip;
        default:
            return {};
    }
}

void LayersModel::measureColumns() {
    m_largest.assign(layerMetrics().size(), 0.0);
    if (!m_evaluation) return;
    for (const LayerEvaluation& layer : m_evaluation->layers)
        for (size_t i = 0; i < m_largest.size(); ++i)
            m_largest[i] = std::max(m_largest[i], read(layerMetrics()[i], layer).value.value_or(0));
}

int LayersModel::columns() const {
    return firstMeasured() + static_cast<int>(m_measured ? m_measured->columns.size() : 0);
}

QVariant LayersModel::cell(int row, int column, int role) const {
    const LayerEvaluation& layer = *at(row);
    if (role == RowTextRole) return rowText(layer) + ' ' + supportCell(row, RowTextRole).toString();
    if (column == Runtime) return supportCell(row, role);
    if (column < FirstMetric) return textCell(layer, column, role);
    if (const MeasuredColumn* measured = measuredAt(column))
        return measuredCell(*measured, row, role);
    return numberCell(layer, layerMetricOf(column), role);
}

void LayersModel::setSupport(std::optional<types::RuntimeSupport> support) {
    const bool appears = support.has_value() != m_support.has_value();
    if (appears) beginResetModel();
    m_support = std::move(support);
    if (appears)
        endResetModel();
    else if (rowCount() > 0)
        emit dataChanged(index(0, Runtime), index(rowCount() - 1, Runtime));
    emit headerDataChanged(Qt::Horizontal, Runtime, Runtime);
}

const types::LayerSupport* LayersModel::supportOf(int row) const {
    const auto index = static_cast<size_t>(row);
    return m_support && index < m_support->layers.size() ? &m_support->layers[index] : nullptr;
}

QVariant LayersModel::supportCell(int row, int role) const {
    const types::LayerSupport* support = supportOf(row);
    const QString verdict = support ? QString(nameOf(support->verdict)) : QString();
    switch (role) {
        case Qt::DisplayRole:
        case PlainRole:
            return verdict;
        case RowTextRole:  // brackets tell a verdict from a name
            return '[' + verdict + ']';
        case SortRole:
            return support ? static_cast<int>(support->verdict) : -1;
        case Qt::ForegroundRole:
            if (support == nullptr || support->verdict <= types::Support::Unknown) return {};
            return warningColor(QGuiApplication::palette());
        case Qt::ToolTipRole:
            return support ? supportText(*m_support, *support) : QString();
        default:
            return {};
    }
}

QVariant LayersModel::textCell(const LayerEvaluation& layer, int column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return textOf(layer, column);
        case PlainRole:
            return column == Name ? QString::fromStdString(layer.name) : textOf(layer, column);
        case SortRole:
            return column == Index ? QVariant(layer.index) : QVariant(textOf(layer, column));
        case Qt::DecorationRole:
            return column == Op ? QVariant(opColor(layer.kind)) : QVariant();
        case Qt::ForegroundRole:
            if (layer.supported || column != Op) return {};
            return warningColor(QGuiApplication::palette());
        case Qt::ToolTipRole:
            if (!layer.supported) return QString::fromStdString(layer.unsupportedReason);
            return column == Name ? QString::fromStdString(layer.name) : textOf(layer, column);
        default:
            return {};
    }
}

QVariant LayersModel::numberCell(const LayerEvaluation& layer, Metric metric, int role) const {
    const Reading reading = read(metric, layer);
    const Unit unit = info(metric).unit;
    const double value = reading.value.value_or(0);
    switch (role) {
        case Qt::DisplayRole:
            return reading.value ? exactNumber(unit, value) : kUnknown;
        case PlainRole:
            return reading.value ? plainNumber(unit, value) : QString();
        case SortRole:
            return reading.value ? value : -1.0;
        case Qt::ToolTipRole:
            return describe(metric, reading);
        case BarShareRole: {
            const double largest = m_largest[static_cast<size_t>(columnOf(metric) - FirstMetric)];
            return largest > 0 ? value / largest : 0.0;
        }
        case BarColorRole:
            return opColor(layer.kind);
        default:
            return {};
    }
}

QVariant LayersModel::headerCell(int column, int role) const {
    static const char* const kTexts[] = {"#", "Op", "Name", "Output", "Type", "Runtime"};
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    const MeasuredColumn* measured = measuredAt(column);
    const bool isText = column < FirstMetric;
    if (role == Qt::DisplayRole)
        return measured ? measured->title
               : isText ? QString(kTexts[column])
                        : headerText(layerMetricOf(column));
    if (role == Qt::ToolTipRole && column == Runtime && m_support)
        return QString::fromStdString(m_support->name);
    if (role == Qt::ToolTipRole && !isText)
        return measured ? measured->toolTip : info(layerMetricOf(column)).definition;
    return {};
}

}  // namespace views
