// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small Evaluation made by hand, whose numbers are easy to check by eye: three operators, three
// planned buffers and one scratch buffer, a board with a budget.

#include <memory>

#include "types/evaluation.h"

namespace sample {

inline types::LayerEvaluation layer(int index, types::OpKind kind, int64_t macs, double latencyUs) {
    types::LayerEvaluation layer;
    layer.index = layer.origin = index;
    layer.kind = kind;
    layer.op = types::opName(kind);
    layer.name = "model/scope/layer_" + std::to_string(index) + "/Relu;model/fused/part";
    layer.type = types::DataType::Int8;
    layer.inputShapes = {{1, 8, 8, 4}};
    layer.outputShapes = {{1, 8, 8, 4}};
    layer.macs = macs;
    layer.ops = 2 * macs;
    layer.params = macs / 10;
    layer.weightBytes = macs / 10;
    layer.liveBytes = 512;
    layer.latencyUs = types::Estimate{latencyUs, latencyUs * 0.8, latencyUs * 1.2};
    layer.energyUj = types::Estimate{latencyUs / 10, latencyUs / 20, latencyUs / 5};
    layer.costSource = "CONV_2D int8: made up";
    return layer;
}

inline types::GraphPtr graph() {
    auto graph = std::make_shared<types::Graph>();
    graph->name = "sample";
    graph->buffers.resize(1);
    for (int i = 0; i < 4; ++i) {
        types::Tensor tensor;
        tensor.name = "model/scope/tensor_" + std::to_string(i);
        tensor.type = types::DataType::Int8;
        tensor.shape = {1, 8, 8, 4};
        tensor.quantization.scale = {0.5f};
        tensor.quantization.zeroPoint = {-3};
        graph->tensors.push_back(tensor);
    }
    for (int i = 0; i < 3; ++i) {
        types::Op op;
        op.kind = types::OpKind::CONV_2D;
        op.origin = i;
        op.inputs = {i};
        op.outputs = {i + 1};
        op.options = types::WindowOptions{};
        graph->ops.push_back(op);
    }
    return graph;
}

inline types::MemoryPlan plan() {
    types::MemoryPlan plan;
    plan.buffers = {{0, 256, 256, 0, -1, 0},
                    {1, 512, 500, 256, 0, 1},
                    {2, 256, 256, 0, 1, 2},
                    {-1, 128, 120, 768, 1, 1}};
    plan.arenaBytes = 896;
    plan.lowerBoundBytes = 896;
    plan.peakOp = 1;
    plan.order = {0, 1, 2};
    return plan;
}

inline types::DevicePtr device(const std::string& id = "board") {
    auto device = std::make_shared<types::DeviceProfile>();
    device->id = id;
    device->name = "BOARD " + id;
    return device;
}

inline types::Variation narrowed(double width, int32_t channelMultiple = 4) {
    types::Variation variation;
    variation.width = width;
    variation.channelMultiple = channelMultiple;
    return variation;
}

inline types::Budget budget(std::vector<types::BudgetLine> lines, int64_t limitBytes) {
    types::Budget budget;
    for (const types::BudgetLine& line : lines)
        budget.usedBytes += line.bytes;
    budget.lines = std::move(lines);
    budget.limitBytes = limitBytes;
    return budget;
}

/// All figures shrink with the width.
inline std::shared_ptr<types::Evaluation> evaluation(double width = 1.0,
                                                     types::DevicePtr device = sample::device()) {
    auto e = std::make_shared<types::Evaluation>();
    e->variation.width = width;
    e->graph = graph();
    e->device = std::move(device);
    e->layers = {layer(0, types::OpKind::CONV_2D, int64_t(1000 * width), 100 * width),
                 layer(1, types::OpKind::DEPTHWISE_CONV_2D, int64_t(500 * width), 50 * width),
                 layer(2, types::OpKind::FULLY_CONNECTED, int64_t(100 * width), 10 * width)};
    e->plan = plan();
    e->totals.macs = int64_t(1600 * width);
    e->totals.ops = 2 * e->totals.macs;
    e->totals.modelBytes = int64_t(10000 * width);
    e->totals.arenaBytes = e->plan.arenaBytes;
    e->totals.latencyUs = types::Estimate{160 * width, 128 * width, 192 * width};
    e->tflmHost64 = {896, 200};
    e->tflmCortexM = {896, 104};
    e->flash =
        budget({{"model file", e->totals.modelBytes, "exact"}, {"runtime", 2000, "map"}}, 9000);
    e->sram = budget({{"arena", 1000, "counted"}}, 4000);
    return e;
}

}  // namespace sample
