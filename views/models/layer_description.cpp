// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/layer_description.h"

#include <algorithm>

#include "views/metric.h"

namespace views {
namespace {

using types::Evaluation;
using types::LayerEvaluation;

QString tensorText(const types::Graph& graph, int32_t index) {
    const types::Tensor& tensor = graph.tensor(index);
    QString text = QString::fromStdString(types::shapeText(tensor.shape)) + ' ' +
                   QString::fromStdString(types::dataTypeName(tensor.type));
    if (graph.isConstant(index)) text += QStringLiteral(", constant");
    if (tensor.isVariable) text += QStringLiteral(", state");
    const QString quantization = describeQuantization(tensor);
    if (!quantization.isEmpty()) text += '\n' + quantization;
    if (!tensor.name.empty()) text += '\n' + QString::fromStdString(tensor.name);
    return text;
}

DescriptionSection tensorSection(const QString& title, const types::Graph& graph,
                                 const std::vector<int32_t>& tensors) {
    DescriptionSection section{title, {}};
    for (int32_t index : tensors) {
        if (index < 0)
            section.lines.emplace_back(kUnknown, QStringLiteral("left out"));
        else
            section.lines.emplace_back(QStringLiteral("T%1").arg(index), tensorText(graph, index));
    }
    return section;
}

DescriptionSection countSection(const LayerEvaluation& layer) {
    DescriptionSection section{QStringLiteral("Counts"), {}};
    for (Metric metric :
         {Metric::Macs, Metric::Ops, Metric::Params, Metric::WeightBytes, Metric::LiveBytes})
        section.lines.emplace_back(info(metric).name, describe(metric, read(metric, layer)));
    if (layer.sqnrDb) section.lines.emplace_back("SQNR", exactText(Unit::Decibels, *layer.sqnrDb));
    return section;
}

DescriptionSection costSection(const LayerEvaluation& layer) {
    DescriptionSection section{QStringLiteral("Cost, predicted"), {}};
    for (Metric metric : {Metric::LatencyUs, Metric::EnergyUj}) {
        const Reading reading = read(metric, layer);
        section.lines.emplace_back(info(metric).name,
                                   reading.value ? describe(metric, reading) : kUnknown);
    }
    if (!layer.costSource.empty())
        section.lines.emplace_back("Source", QString::fromStdString(layer.costSource));
    return section;
}

const types::Op* opOf(const Evaluation& evaluation, const LayerEvaluation& layer) {
    const auto index = static_cast<size_t>(layer.index);
    if (!evaluation.graph || index >= evaluation.graph->ops.size()) return nullptr;
    return &evaluation.graph->ops[index];
}

}  // namespace

QString describeQuantization(const types::Tensor& tensor) {
    const types::Quantization& quantization = tensor.quantization;
    if (!quantization.present()) return {};
    if (!quantization.perChannel())
        return QStringLiteral("scale %1, zero point %2")
            .arg(double(quantization.scale[0]), 0, 'g', 6)
            .arg(quantization.firstZeroPoint());
    const auto [low, high] =
        std::minmax_element(quantization.scale.begin(), quantization.scale.end());
    return QStringLiteral("%1 scales from %2 to %3, along axis %4")
        .arg(quantization.scale.size())
        .arg(double(*low), 0, 'g', 4)
        .arg(double(*high), 0, 'g', 4)
        .arg(quantization.axis);
}

std::vector<DescriptionSection> describeLayer(const Evaluation& evaluation, int index) {
    const LayerEvaluation& layer = evaluation.layers[static_cast<size_t>(index)];
    std::vector<DescriptionSection> sections;
    if (!layer.supported)
        sections.push_back(
            {QStringLiteral("Cannot run"),
             {{QStringLiteral("Why"), QString::fromStdString(layer.unsupportedReason)}}});
    sections.push_back(costSection(layer));
    sections.push_back(countSection(layer));
    if (const types::Op* op = opOf(evaluation, layer)) {
        const auto options = describeOptions(*op);
        if (!options.empty()) sections.push_back({QStringLiteral("Options"), options});
        sections.push_back(
            tensorSection(QStringLiteral("Outputs"), *evaluation.graph, op->outputs));
        sections.push_back(tensorSection(QStringLiteral("Inputs"), *evaluation.graph, op->inputs));
    }
    return sections;
}

}  // namespace views
