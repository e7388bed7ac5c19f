// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/predict.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/count.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::Estimate;
using types::Graph;
using types::KernelCost;
using types::Op;
using types::OpKind;

/// Below this many input channels CMSIS-NN's convolution spends its time on im2col and remainders.
constexpr int32_t kFewChannels = 4;

/// The input that carries the data; the others are weights, axes or shapes.
int32_t dataInput(const Op& op) {
    switch (op.kind) {
        case OpKind::TRANSPOSE_CONV:
            return op.input(2);
        case OpKind::SPLIT:
        case OpKind::SELECT:
        case OpKind::SELECT_V2:
            return op.input(1);
        default:
            return op.input(0);
    }
}

bool hasWeights(OpKind kind) {
    return kind == OpKind::CONV_2D || kind == OpKind::DEPTHWISE_CONV_2D ||
           kind == OpKind::FULLY_CONNECTED;
}

/// What the device files call the element type: that of the data, "int4" where weights are 4-bit.
std::string costType(const Graph& graph, const Op& op) {
    const int32_t weights = hasWeights(op.kind) ? op.input(1) : -1;
    if (weights >= 0 && graph.tensor(weights).type == types::DataType::Int4) return "int4";
    const int32_t input = dataInput(op) >= 0 ? dataInput(op) : op.output(0);
    return input >= 0 ? types::dataTypeName(graph.tensor(input).type) : "*";
}

/// Operators whose cost lies outside the kernels that a device file can describe.
std::string whyNoFigure(const Op& op) {
    switch (op.kind) {
        case OpKind::CUSTOM:
            return "no figure: the cost of a custom operator is not known";
        case OpKind::IF:
        case OpKind::WHILE:
        case OpKind::CALL_ONCE:
            return "no figure: control flow costs what the subgraphs it runs cost";
        default:
            return {};
    }
}

/// The row that fits best: the narrowed class before the whole operator before "*", and among each
/// the exact type before any type.
const KernelCost* findRow(const DeviceProfile& device, const std::string& kernel,
                          const std::string& dtype) {
    const std::string op = kernel.substr(0, kernel.find('/'));
    for (const std::string& wanted : {kernel, op, std::string("*")})
        for (const std::string& type : {dtype, std::string("*")})
            for (const KernelCost& row : device.kernels)
                if (row.kernel == wanted && row.dtype == type) return &row;
    return nullptr;
}

double cyclesOf(const Graph& graph, const Op& op, const KernelCost& row) {
    int64_t outputs = 0;
    for (int32_t t : op.outputs)
        if (t >= 0) outputs += graph.tensor(t).elements();
    const int32_t input = dataInput(op);
    const int64_t inputs = input >= 0 ? graph.tensor(input).elements() : 0;
    return row.cyclesPerCall +
           row.cyclesPerMac * static_cast<double>(analysis::countMacs(graph, op)) +
           row.cyclesPerOutput * static_cast<double>(outputs) +
           row.cyclesPerInput * static_cast<double>(inputs);
}

Estimate withBand(double value, double relativeError) {
    return {value, std::max(0.0, value * (1 - relativeError)), value * (1 + relativeError)};
}

OpPrediction predictOp(const Graph& graph, const Op& op, const DeviceProfile& device) {
    OpPrediction prediction;
    prediction.source = whyNoFigure(op);
    if (!prediction.source.empty()) return prediction;
    const std::string kernel = kernelClass(graph, op), dtype = costType(graph, op);
    const KernelCost* row = findRow(device, kernel, dtype);
    if (!row) {
        prediction.source = "no figure: " + device.id + " has no row for " + kernel + " " + dtype;
        return prediction;
    }
    const double us = cyclesOf(graph, op, *row) / device.clockMhz;
    prediction.latencyUs = withBand(us, row->relativeError);
    prediction.source = kernel + " " + dtype + ": " + row->source;
    if (device.activePowerMw <= 0) return prediction;
    // Power and cycles are measured apart, so their errors add in squares.
    const double error = std::hypot(row->relativeError, device.activePowerRelativeError);
    prediction.energyUj = withBand(us * device.activePowerMw * 1e-3, error);
    return prediction;
}

}  // namespace

std::string kernelClass(const Graph& graph, const Op& op) {
    const std::string name = op.name();
    if (op.kind == OpKind::CONV_2D) {
        const types::Shape& filter = graph.tensor(op.input(1)).shape;
        if (graph.tensor(op.input(0)).shape[3] < kFewChannels) return name + "/few-channels";
        return name + (filter[1] == 1 && filter[2] == 1 ? "/1x1" : "/kxk");
    }
    if (op.kind == OpKind::DEPTHWISE_CONV_2D) {
        const int32_t in = graph.tensor(op.input(0)).shape[3];
        return graph.tensor(op.output(0)).shape[3] == in ? name : name + "/multiplier";
    }
    return name;
}

std::vector<OpPrediction> predictOps(const Graph& graph, const DeviceProfile& device) {
    std::vector<OpPrediction> predictions;
    predictions.reserve(graph.ops.size());
    for (const Op& op : graph.ops)
        predictions.push_back(predictOp(graph, op, device));
    return predictions;
}

std::optional<Estimate> sum(const std::vector<std::optional<Estimate>>& parts) {
    Estimate total;
    for (const std::optional<Estimate>& part : parts) {
        if (!part) return std::nullopt;
        total.value += part->value;
        total.low += part->low;
        total.high += part->high;
    }
    return total;
}

}  // namespace cost
