// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_output.h"

#include <zlib.h>

#include <cmath>
#include <cstdio>

namespace app {

using namespace types;

namespace {

Json estimateValue(const std::optional<Estimate>& estimate) {
    return estimate ? toJson(estimate->value) : Json();
}

void addEstimate(Json& json, const std::string& quantity, const std::string& unit,
                 const std::optional<Estimate>& estimate) {
    json[quantity + "_" + unit] = estimateValue(estimate);
    json[quantity + "_low_" + unit] = estimate ? toJson(estimate->low) : Json();
    json[quantity + "_high_" + unit] = estimate ? toJson(estimate->high) : Json();
}

}  // namespace

Json toJson(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? Json(*value) : Json();
}

Json toJson(const ErrorSize& size) {
    return {{"differs", size.differs},          {"sqnr_db", toJson(size.sqnrDb)},
            {"mean", size.meanDifference},      {"max", size.greatestDifference},
            {"mean_lsb", toJson(size.meanLsb)}, {"max_lsb", toJson(size.greatestLsb)}};
}

Json toJson(const LayerError& error) {
    return {{"cumulative", toJson(error.cumulative)},
            {"isolated", error.isolated ? toJson(*error.isolated) : Json()}};
}

Json toJson(const Budget& budget) {
    Json lines = Json::array();
    for (const BudgetLine& line : budget.lines)
        lines.push_back({{"what", line.what}, {"bytes", line.bytes}, {"source", line.source}});
    Json region;
    if (!budget.region.empty())
        region = {{"name", budget.region},
                  {"bytes", budget.regionBytes},
                  {"arena_bytes", budget.blockBytes},
                  {"holds_arena", budget.holdsBlock()}};
    return {{"fits", budget.fits()},
            {"used_bytes", budget.usedBytes},
            {"limit_bytes", budget.limitBytes},
            {"spare_bytes", budget.spareBytes()},
            {"region", std::move(region)},
            {"lines", lines}};
}

Json toJson(const TflmArena& arena) {
    const auto orNull = [](const std::optional<int64_t>& bytes) {
        return bytes ? Json(*bytes) : Json();
    };
    return {{"nonpersistent_bytes", arena.nonPersistentBytes},
            {"persistent_bytes", orNull(arena.persistentBytes)},
            {"arena_used_bytes", orNull(arena.usedBytes())}};
}

Json portJson(const Graph& graph, int32_t tensor) {
    const Tensor& t = graph.tensor(tensor);
    const bool quantized = t.quantization.present();
    return {{"tensor", tensor},
            {"name", t.name},
            {"dtype", dataTypeName(t.type)},
            {"shape", t.shape},
            {"scale", quantized ? Json(t.quantization.scale[0]) : Json()},
            {"zero_point", quantized ? Json(t.quantization.firstZeroPoint()) : Json()}};
}

Json totalsJson(const Evaluation& e) {
    const Totals& t = e.totals;
    Json json = {{"macs", t.macs},
                 {"ops", t.ops},
                 {"params", t.params},
                 {"weight_bytes", t.weightBytes},
                 {"flash_bytes", t.modelBytes},
                 {"compressed_bytes", t.compressedBytes ? Json(*t.compressedBytes) : Json()},
                 {"zero_weights", t.zeroWeights},
                 {"peak_activation_bytes", t.peakActivationBytes},
                 {"arena_bytes", t.arenaBytes}};
    if (!e.device) return json;
    addEstimate(json, "latency", "us", t.latencyUs);
    addEstimate(json, "energy", "uj", t.energyUj);
    if (!t.latencyUs) json["latency_us_reason"] = t.latencyGap;
    if (!t.energyUj) json["energy_uj_reason"] = t.energyGap;
    return json;
}

Json layerJson(const LayerEvaluation& layer) {
    return {{"index", layer.index},
            {"op", layer.op},
            {"name", layer.name},
            {"macs", layer.macs},
            {"ops", layer.ops},
            {"params", layer.params},
            {"weight_bytes", layer.weightBytes},
            {"weights", layer.weights.empty() ? Json() : Json(layer.weights)},
            {"dtype", dataTypeName(layer.type)},
            {"input_shapes", layer.inputShapes},
            {"output_shapes", layer.outputShapes},
            {"live_bytes", layer.liveBytes},
            {"supported", layer.supported},
            {"unsupported_reason", layer.supported ? Json() : Json(layer.unsupportedReason)}};
}

Json layersJson(const Evaluation& e) {
    Json layers = Json::array();
    for (const LayerEvaluation& layer : e.layers) {
        Json json = layerJson(layer);
        if (e.device) {
            addEstimate(json, "latency", "us", layer.latencyUs);
            addEstimate(json, "energy", "uj", layer.energyUj);
            json["cost_source"] = layer.costSource;
        }
        json["sqnr_db"] = toJson(layer.sqnrDb);
        json["error"] = layer.error ? toJson(*layer.error) : Json();
        layers.push_back(std::move(json));
    }
    return layers;
}

std::string crc32Text(std::span<const uint8_t> bytes) {
    char text[16];
    std::snprintf(text, sizeof text, "%08lx",
                  crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
    return text;
}

}  // namespace app
