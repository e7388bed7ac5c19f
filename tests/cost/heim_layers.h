// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The layers of LeNet-5 and ResNet-20 that Heim et al. 2021 traced on three boards, with latency
// and power. Left out: layers under one sampling period of the RocketLogger (64 kS/s), and layers
// whose operator the table marks as uncertain. The table has no strides and no padding: they follow
// from the shapes.

#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cost/fit/csv_rows.h"
#include "cost/fit/observation.h"
#include "cost/fit/power_fit.h"

namespace support {

inline constexpr double kSamplingPeriodUs = 1e6 / 64e3;

struct TracedLayer {
    cost::Workload workload;
    double latencyUs = 0, milliwatts = 0, energyUj = 0;
    std::string model;  ///< and its type: "LeNet-MNIST int8"
};

inline types::Shape heimShape(const std::string& text) {
    types::Shape shape;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, 'x');)
        shape.push_back(std::atoi(part.c_str()));
    return shape;
}

/// Nothing where the table does not name the operator.
inline std::optional<types::OpKind> heimOp(const std::string& name) {
    for (int32_t kind = 0; kind < types::kOpKindCount; ++kind)
        if (types::opName(static_cast<types::OpKind>(kind)) == name)
            return static_cast<types::OpKind>(kind);
    return std::nullopt;
}

/// Convolutions keep or halve their input with padding, or lose a border without.
inline void setHeimWindow(cost::OperatorShapes& s, const types::Shape& kernel) {
    const int32_t in = s.inputs[0][1], out = s.output[1];
    const bool pools = s.kind == types::OpKind::AVERAGE_POOL_2D;
    const bool same = !pools && in % out == 0;
    s.window.padding = same ? types::Padding::Same : types::Padding::Valid;
    s.window.strideHeight = s.window.strideWidth = pools || same ? in / out : 1;
    if (pools) s.window.filterHeight = s.window.filterWidth = in / out;
    if (!pools) s.filter = {s.output.back(), kernel[0], kernel[1], s.inputs[0].back()};
    s.perChannel = !pools;
}

inline cost::OperatorShapes heimLayerShapes(const cost::CsvRow& row, types::OpKind kind) {
    using types::OpKind;
    cost::OperatorShapes s;
    s.kind = kind;
    s.inputs = {heimShape(row["in_shape"])};
    s.output = heimShape(row["out_shape"]);
    // QUANTIZE stands first and reads what the application gives: floats.
    const bool floats = row["activations"] == "float32" || kind == OpKind::QUANTIZE;
    s.type = s.weightType = floats ? types::DataType::Float32 : types::DataType::Int8;
    if (kind == OpKind::ADD) s.inputs.push_back(s.inputs[0]);
    if (kind == OpKind::FULLY_CONNECTED) s.filter = {s.output.back(), s.inputs[0].back()};
    if (kind == OpKind::CONV_2D || kind == OpKind::AVERAGE_POOL_2D)
        setHeimWindow(s, heimShape(row["kernel"]));
    return s;
}

/// `kernels`: "cmsis-nn" or "none".
inline std::vector<TracedLayer> heimLayers(const std::filesystem::path& table,
                                           const std::string& board, const std::string& kernels) {
    std::vector<TracedLayer> layers;
    const auto rows = cost::readCsvRows(table);
    if (!rows) return layers;
    for (const cost::CsvRow& row : *rows) {
        const auto kind = heimOp(row["op"]);
        const double us = 1e6 * std::atof(row["layer_latency_mean"].c_str());
        if (row["board"] != board || row["cmsis-nn"] != kernels || !kind || us < kSamplingPeriodUs)
            continue;
        layers.push_back({cost::workloadOf(heimLayerShapes(row, *kind)), us,
                          1e3 * std::atof(row["layer_power_mean"].c_str()),
                          1e6 * std::atof(row["layer_energy_mean"].c_str()),
                          row["model_name"] + " " + row["activations"]});
    }
    return layers;
}

inline std::vector<cost::Observation> powerOf(const std::vector<TracedLayer>& layers) {
    std::vector<cost::Observation> power;
    for (const TracedLayer& layer : layers)
        power.push_back({layer.workload, 1, 1, layer.model, layer.milliwatts});
    return power;
}

}  // namespace support
