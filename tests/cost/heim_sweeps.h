// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The layer sweeps of Heim et al. 2021 as observations. The table names models, not shapes; these
// follow from the names and from how long quantizing, reshaping and the last dense layer take:
// 01de: 64x64x1, four convolutions of F channels; 01dg: 32x32x1, F channels, then 60; 01ec: 100
// inputs, then U and 450 in turn; 01f: 24x24x1, a convolution and a depthwise one of F channels.
// All with "same" padding, at 80 MHz.

#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include "cost/fit/csv_rows.h"
#include "cost/fit/observation.h"

namespace support {

inline constexpr double kHeimClockMhz = 80;
/// The dense kernel of that time counted its inputs in 16 bits.
inline constexpr int32_t kHeimLongestDense = 65535;

/// This model used 0.022764 J an inference, the one measured 73 s before it, with 4x4 kernels in
/// place of 5x5, 0.022762 J: the board still ran the former.
inline constexpr const char* kHeimNotFlashed =
    "01de_ConvBenchmark_no-spatial-reduction_F-4_K-5_Q-full";

inline cost::OperatorShapes heimConvolution(int32_t side, int32_t in, int32_t out, int32_t kernel) {
    cost::OperatorShapes s;
    s.kind = types::OpKind::CONV_2D;
    s.inputs = {{1, side, side, in}};
    s.output = {1, side, side, out};
    s.filter = {out, kernel, kernel, in};
    s.window.padding = types::Padding::Same;
    s.perChannel = true;
    return s;
}

inline cost::OperatorShapes heimDense(int32_t in, int32_t out) {
    cost::OperatorShapes s;
    s.kind = types::OpKind::FULLY_CONNECTED;
    s.inputs = {{1, in}};
    s.output = {1, out};
    s.filter = {out, in};
    return s;
}

/// `width`: filters or units; no shape for the layers that are not swept.
inline std::vector<cost::OperatorShapes> heimShapes(const std::string& sweep, int32_t width,
                                                    int32_t kernel, int layer) {
    if (sweep == "01de" && layer >= 1 && layer <= 4)
        return {heimConvolution(64, layer == 1 ? 1 : width, width, kernel)};
    if (sweep == "01dg" && layer >= 1 && layer <= 2)
        return {heimConvolution(32, layer == 1 ? 1 : width, layer == 1 ? width : 60, kernel)};
    if (sweep == "01ec" && layer >= 2 && layer <= 6)
        return {heimDense(layer == 2  ? 100
                          : layer % 2 ? width
                                      : 450,
                          layer == 6  ? 10
                          : layer % 2 ? 450
                                      : width)};
    if (sweep != "01f" || layer < 1 || layer > 4) return {};
    if (layer == 4 && 576 * width > kHeimLongestDense) return {};
    if (layer == 4) return {heimDense(576 * width, 10)};
    cost::OperatorShapes s = heimConvolution(24, layer == 1 ? 1 : width, width, kernel);
    if (layer != 2) return layer == 1 ? std::vector{s} : std::vector<cost::OperatorShapes>{};
    s.kind = types::OpKind::DEPTHWISE_CONV_2D;
    s.filter = {1, kernel, kernel, width};
    return {s};
}

/// `kernels`: "cmsis-nn" or "none". Repeated layers are joined.
inline std::vector<cost::Observation> heimSweeps(const std::filesystem::path& table,
                                                 const std::string& kernels) {
    static const std::regex layerName(R"((\d+)_(CONV_2D|DEPTHWISE_CONV_2D|FULLY_CONNECTED))");
    std::vector<cost::Observation> layers;
    const auto rows = cost::readCsvRows(table);
    if (!rows) return layers;
    for (const cost::CsvRow& row : *rows) {
        std::smatch match;
        const std::string& name = row["layer"];
        if (row["cmsis-nn"] != kernels || !std::regex_match(name, match, layerName)) continue;
        const std::string model = row["model"];
        if (model == kHeimNotFlashed) continue;
        const std::string width = row["filters"].empty() ? row["units"] : row["filters"];
        const double us = std::atof(row["layer_latency_mean"].c_str());
        for (const auto& shapes :
             heimShapes(model.substr(0, model.find('_')), std::atoi(width.c_str()),
                        std::atoi(row["kernel"].c_str()), std::stoi(match[1])))
            if (us > 0)
                layers.push_back({cost::workloadOf(shapes), us * kHeimClockMhz, 1, row["source"]});
    }
    return cost::withoutRepeats(std::move(layers));
}

}  // namespace support
