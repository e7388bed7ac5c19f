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

void addKnown(Json& json, const std::string& name, const std::optional<int64_t>& value,
              const std::string& reason) {
    json[name] = value ? Json(*value) : Json();
    if (!value) json[name + "_reason"] = reason;
}

void addExcess(Json& json, const std::string& name, int64_t bytes, const std::string& unknown) {
    const bool isKnown = unknown.empty();
    addKnown(json, name, isKnown ? std::optional(bytes) : std::nullopt, unknown);
    if (!isKnown && bytes > 0) json[name + "_at_least"] = bytes;
}

namespace {

Json lineJson(const BudgetLine& line) {
    Json json = {{"what", line.what}, {"source", line.source}};
    addKnown(json, "bytes", line.isUnknown ? std::nullopt : std::optional(line.bytes), line.source);
    if (line.isUnknown && line.bytes > 0) json["bytes_at_least"] = line.bytes;
    return json;
}

/// The need with the code of published builds instead of what the profile reserves.
Json publishedJson(const Budget& budget) {
    if (!budget.published) return {};
    const PublishedCode& code = *budget.published;
    const int64_t model = budget.usedBytes - budget.reservedBytes;
    return {{"least_bytes", code.leastBytes},
            {"most_bytes", code.mostBytes},
            {"reserved_bytes", budget.reservedBytes},
            {"used_with_least_bytes", model + code.leastBytes},
            {"used_with_most_bytes", budget.mostBytes()},
            {"fits_with_most", budget.mostBytes() <= budget.limitBytes},
            {"source", code.source}};
}

}  // namespace

void addVerdict(Json& json, const std::string& name, const Budget& budget) {
    const bool isUnknown = budget.verdict() == Verdict::Unknown;
    json[name] = isUnknown ? Json() : Json(budget.fits());
    if (isUnknown) json[name + "_reason"] = budget.unknownReason;
}

Json toJson(const Budget& budget) {
    Json region;
    if (!budget.region.empty())
        region = {{"name", budget.region},
                  {"bytes", budget.regionBytes},
                  {"arena_bytes", budget.blockBytes},
                  {"holds_arena", budget.holdsBlock()}};
    Json json = {{"limit_bytes", budget.limitBytes}, {"region", std::move(region)}};
    const auto ifKnown = [&](int64_t bytes) {
        return budget.isKnown() ? std::optional(bytes) : std::nullopt;
    };
    addVerdict(json, "fits", budget);
    addKnown(json, "used_bytes", ifKnown(budget.usedBytes), budget.unknownReason);
    addKnown(json, "spare_bytes", ifKnown(budget.spareBytes()), budget.unknownReason);
    if (!budget.isKnown()) json["used_bytes_at_least"] = budget.usedBytes;
    json["published_code"] = publishedJson(budget);
    json["lines"] = Json::array();
    for (const BudgetLine& line : budget.lines)
        json["lines"].push_back(lineJson(line));
    return json;
}

Json toJson(const ModelVerdict& verdict) {
    constexpr const char* kRooms[] = {"fits", "unknown", "exceeds"};
    return {{"room", kRooms[static_cast<size_t>(verdict.room)]},
            {"sentence", verdict.sentence()},
            {"evidence", verdict.evidence}};
}

Json toJson(const TflmArena& arena) {
    Json json;
    addKnown(json, "nonpersistent_bytes", arena.nonPersistentBytes, arena.unknownReason);
    addKnown(json, "persistent_bytes", arena.persistentBytes, arena.unknownReason);
    addKnown(json, "arena_used_bytes", arena.usedBytes(), arena.unknownReason);
    json["refused"] = arena.isRefused;
    return json;
}

namespace {

void addShare(Json& json, const std::string& name, const std::optional<double>& value,
              const std::string& gap) {
    json[name] = toJson(value);
    if (json[name].is_null()) json[name + "_reason"] = gap;
}

}  // namespace

void addComparison(Json& json, const Evaluation& e) {
    const bool isCompared = e.samples > 0;
    const std::string gap = !e.notRunnableReason.empty() ? e.notRunnableReason
                            : e.variation.isIdentity()   ? "this is the original"
                            : !isCompared                ? "the outputs were not compared"
                                                         : "";
    addShare(json, "agreement", e.totals.agreement,
             isCompared ? "the output is no choice of a class" : gap);
    addShare(json, "sqnr_db", e.totals.sqnrDb,
             isCompared ? "the outputs equal the original's" : gap);
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
                 {"peak_activation_bytes", t.peakActivationBytes}};
    addKnown(json, "arena_bytes", e.plannedBytes(), e.tflmHost64.unknownReason);
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
