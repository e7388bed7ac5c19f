// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/called_layers_model.h"

#include "views/models/roles.h"
#include "views/number_format.h"

namespace views {
namespace {

/// "#3 WHILE: one round of the body".
QString callersText(const types::CalledSubgraph& called) {
    QStringList callers;
    for (const types::SubgraphCaller& caller : called.callers)
        callers << QString::fromStdString(caller.op + ": " + caller.counted);
    return callers.join("; ");
}

QString titleOf(const types::CalledSubgraph& called) {
    const QString name = QString::fromStdString(called.name);
    return QString::number(called.index) + (name.isEmpty() ? QString() : " " + name);
}

}  // namespace

void CalledLayersModel::setCalled(const std::vector<types::CalledSubgraph>& called) {
    std::vector<CalledLayer> rows;
    for (const types::CalledSubgraph& each : called)
        for (const types::LayerEvaluation& layer : each.layers)
            rows.push_back({titleOf(each), callersText(each), layer});
    setRows(std::move(rows));
}

int64_t CalledLayersModel::figureOf(int row, int column) const {
    const types::LayerEvaluation& layer = at(row).layer;
    switch (column) {
        case Index:
            return layer.index;
        case Macs:
            return layer.macs;
        case Ops:
            return layer.ops;
        case Params:
            return layer.params;
        default:
            return layer.weightBytes;
    }
}

QString CalledLayersModel::textOf(int row, int column) const {
    const CalledLayer& called = at(row);
    if (isFigure(column)) return grouped(figureOf(row, column));
    if (column == Subgraph) return called.subgraph;
    if (column == Caller) return called.callers;
    if (column == Op) return QString::fromStdString(called.layer.op);
    if (column == Name) return QString::fromStdString(called.layer.name);
    const auto& shapes = called.layer.outputShapes;
    return shapes.empty() ? QString() : QString::fromStdString(types::shapeText(shapes[0]));
}

QVariant CalledLayersModel::cell(int row, int column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return textOf(row, column);
        case PlainRole:
            return isFigure(column) ? QString::number(figureOf(row, column)) : textOf(row, column);
        case SortRole:
            return isFigure(column) ? QVariant(qlonglong(figureOf(row, column)))
                                    : QVariant(textOf(row, column));
        case Qt::ToolTipRole:
            return at(row).callers;
        default:
            return {};
    }
}

QVariant CalledLayersModel::headerCell(int column, int role) const {
    static const char* const kTitles[] = {"Subgraph",     "Counted by", "#",   "Op",
                                          "Output",       "MACs",       "Ops", "Parameters",
                                          "Weight bytes", "Name"};
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    if (role == Qt::DisplayRole) return QString(kTitles[column]);
    if (role == Qt::ToolTipRole && column == Caller)
        return QObject::tr("The operator that calls the subgraph, and what of it its row counts");
    return {};
}

}  // namespace views
