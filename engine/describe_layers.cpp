// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/describe_layers.h"

#include <algorithm>

#include "analysis/count.h"
#include "analysis/resource_variables.h"
#include "lowering/requirements.h"

namespace engine {
namespace {

using namespace types;

std::vector<Shape> shapesOf(const Graph& graph, const std::vector<int32_t>& tensors) {
    std::vector<Shape> shapes;
    for (int32_t t : tensors)
        if (t >= 0) shapes.push_back(graph.tensor(t).shape);
    return shapes;
}

/// Element type that the operator computes in: that of its first activation.
DataType computeType(const Graph& graph, const Op& op) {
    for (int32_t t : op.inputs)
        if (t >= 0 && !graph.isConstant(t) && !graph.tensor(t).isVariable &&
            graph.tensor(t).type != DataType::Resource)
            return graph.tensor(t).type;
    return op.outputs.empty() ? DataType::Float32 : graph.tensor(op.outputs[0]).type;
}

/// How the largest constant of an operator is stored.
std::string weightsOf(const Graph& graph, const Op& op) {
    const Tensor* largest = nullptr;
    for (int32_t t : op.inputs) {
        if (t < 0 || (!graph.isConstant(t) && graph.tensor(t).externalBuffer == 0)) continue;
        const Tensor& tensor = graph.tensor(t);
        if (largest == nullptr || tensor.elements() > largest->elements()) largest = &tensor;
    }
    return largest == nullptr ? std::string() : storageText(*largest);
}

/// Name of the first output; of an operator without outputs, what it writes or calls.
std::string nameOf(const Graph& graph, const Op& op) {
    if (!op.outputs.empty()) return graph.tensor(op.outputs[0]).name;
    if (op.input(0) >= 0) return graph.tensor(op.input(0)).name;
    const auto called = analysis::calledSubgraphs(op);
    const auto other = called.empty() ? graph.others.size() : static_cast<size_t>(called[0]) - 1;
    return other < graph.others.size() ? graph.others[other].name : "";
}

}  // namespace

std::vector<LayerEvaluation> describeLayers(const Graph& graph, const MemoryPlan& plan) {
    const auto counts = analysis::countOps(graph);
    std::vector<LayerEvaluation> layers;
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        LayerEvaluation layer;
        layer.index = static_cast<int32_t>(i);
        layer.origin = op.origin;
        layer.kind = op.kind;
        layer.op = op.name();
        layer.name = nameOf(graph, op);
        layer.type = computeType(graph, op);
        layer.inputShapes = shapesOf(graph, op.inputs);
        layer.outputShapes = shapesOf(graph, op.outputs);
        layer.macs = counts[i].macs;
        layer.ops = counts[i].ops;
        layer.params = counts[i].params;
        layer.weightBytes = counts[i].weightBytes;
        layer.weights = weightsOf(graph, op);
        layer.liveBytes = plan.bytesAliveAt(layer.index);
        const auto runnable = lowering::checkRunnable(graph, i);
        layer.supported = runnable.has_value();
        if (!runnable) layer.unsupportedReason = runnable.error().message();
        layers.push_back(std::move(layer));
    }
    return layers;
}

Totals sumLayers(const std::vector<LayerEvaluation>& layers, const MemoryPlan& plan) {
    Totals totals;
    for (const LayerEvaluation& layer : layers) {
        totals.macs += layer.macs;
        totals.ops += layer.ops;
        totals.params += layer.params;
        totals.weightBytes += layer.weightBytes;
        totals.peakActivationBytes = std::max(totals.peakActivationBytes, layer.liveBytes);
    }
    totals.arenaBytes = plan.arenaBytes;
    return totals;
}

}  // namespace engine
