// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/layers_csv.h"

#include <cstdio>

#include "bytes/write_file.h"

namespace exporting {
namespace {

using namespace types;

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
    std::string result = "\"";
    for (char c : cell) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + "\"";
}

std::string shapes(const std::vector<Shape>& list) {
    std::string text;
    for (const Shape& shape : list)
        text += (text.empty() ? "" : " ") + shapeText(shape);
    return text;
}

/// Empty where unknown.
std::string number(const std::optional<Estimate>& estimate) {
    if (!estimate) return "";
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", estimate->value);
    return text;
}

std::string row(const LayerEvaluation& layer) {
    const std::string cells[] = {std::to_string(layer.index),
                                 layer.op,
                                 layer.name,
                                 dataTypeName(layer.type),
                                 shapes(layer.inputShapes),
                                 shapes(layer.outputShapes),
                                 std::to_string(layer.macs),
                                 std::to_string(layer.ops),
                                 std::to_string(layer.params),
                                 std::to_string(layer.weightBytes),
                                 std::to_string(layer.liveBytes),
                                 number(layer.latencyUs),
                                 number(layer.energyUj),
                                 layer.costSource,
                                 layer.supported ? "yes" : "no",
                                 layer.unsupportedReason};
    std::string text;
    for (const std::string& cell : cells)
        text += (text.empty() ? "" : ",") + quoted(cell);
    return text + "\n";
}

}  // namespace

std::string layersCsv(const Evaluation& evaluation) {
    std::string text =
        "index,op,name,dtype,input_shapes,output_shapes,macs,ops,params,weight_bytes,live_bytes,"
        "latency_us,energy_uj,cost_source,supported,unsupported_reason\n";
    for (const LayerEvaluation& layer : evaluation.layers)
        text += row(layer);
    return text;
}

Result<void> writeLayersCsv(const Evaluation& evaluation, const std::filesystem::path& file) {
    return bytes::writeFile(file, layersCsv(evaluation));
}

}  // namespace exporting
