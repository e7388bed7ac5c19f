// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/diff_document.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "types/target.h"

namespace diff {
namespace {

using namespace types;
using Json = nlohmann::ordered_json;

Json numberJson(double value) {
    const bool isWhole = value == std::floor(value) && std::abs(value) < 0x1p53;
    if (!std::isfinite(value)) return {};
    return isWhole ? Json(static_cast<int64_t>(value)) : Json(value);
}

Json numberJson(const std::optional<double>& value) {
    return value ? numberJson(*value) : Json();
}

Json sideJson(const DiffSide& side) {
    return {{"name", side.name},
            {"model", side.model},
            {"variation", side.variation},
            {"sha256", side.evaluation->modelSha256},
            {"layers", side.evaluation->layers.size()}};
}

void addValue(Json& json, const std::string& name, const DiffValue& value) {
    json[name] = numberJson(value.value);
    if (!value.value) json[name + "_reason"] = value.reason;
    if (!value.band) return;
    json[name + "_low"] = value.band->low;
    json[name + "_high"] = value.band->high;
}

Json figureJson(const DiffFigure& figure) {
    Json json = Json::object();
    addValue(json, "baseline", figure.baseline);
    addValue(json, "candidate", figure.candidate);
    json["difference"] = numberJson(figure.difference);
    if (!figure.difference) json["difference_reason"] = figure.evidence;
    if (figure.interval) {
        json["difference_low"] = figure.interval->low;
        json["difference_high"] = figure.interval->high;
    }
    const bool hasPercent = figure.difference && *figure.baseline.value != 0;
    json["percent"] = hasPercent ? Json(100 * *figure.difference / *figure.baseline.value) : Json();
    json["outcome"] = diffOutcomeName(figure.outcome);
    json["evidence"] = figure.evidence.empty() ? Json() : Json(figure.evidence);
    if (figure.samples > 0) json["samples"] = figure.samples;
    return json;
}

Json bothJson(int64_t baseline, int64_t candidate) {
    return {{"baseline", baseline}, {"candidate", candidate}, {"difference", candidate - baseline}};
}

Json bothJson(const DiffLayer& layer, std::optional<Estimate> LayerFigures::*part) {
    const auto value = [part](const LayerFigures& figures, const std::vector<int32_t>& layers) {
        const auto& estimate = figures.*part;
        return layers.empty() ? std::optional(0.0)
               : estimate     ? std::optional(estimate->value)
                              : std::nullopt;
    };
    const auto a = value(layer.baseline, layer.match.baseline);
    const auto b = value(layer.candidate, layer.match.candidate);
    return {{"baseline", numberJson(a)},
            {"candidate", numberJson(b)},
            {"difference", a && b ? numberJson(*b - *a) : Json()}};
}

Json textsJson(const DiffLayer& layer, std::string LayerFigures::*part) {
    const auto text = [part](const LayerFigures& figures, const std::vector<int32_t>& layers) {
        return layers.empty() ? Json() : Json(figures.*part);
    };
    return {{"baseline", text(layer.baseline, layer.match.baseline)},
            {"candidate", text(layer.candidate, layer.match.candidate)}};
}

Json layerJson(const DiffLayer& layer) {
    const LayerMatch& match = layer.match;
    const bool isMatched = match.isMatched();
    return {{"baseline", match.baseline},
            {"candidate", match.candidate},
            {"kind", isMatched ? Json(matchKindName(match.kind)) : Json()},
            {"evidence", isMatched ? Json(matchEvidenceName(match.evidence)) : Json()},
            {"changes", match.changes},
            {"why", layer.why},
            {"op", textsJson(layer, &LayerFigures::op)},
            {"name", textsJson(layer, &LayerFigures::name)},
            {"output", textsJson(layer, &LayerFigures::output)},
            {"macs", bothJson(layer.baseline.macs, layer.candidate.macs)},
            {"params", bothJson(layer.baseline.params, layer.candidate.params)},
            {"weight_bytes", bothJson(layer.baseline.weightBytes, layer.candidate.weightBytes)},
            {"live_bytes", bothJson(layer.baseline.liveBytes, layer.candidate.liveBytes)},
            {"latency_us", bothJson(layer, &LayerFigures::latencyUs)},
            {"energy_uj", bothJson(layer, &LayerFigures::energyUj)}};
}

/// The plan that the board's budget rests on.
Json memoryJson(const Evaluation& e) {
    const MemoryPlan& plan = e.budgetedPlan();
    Json buffers = Json::array();
    for (const PlannedBuffer& buffer : plan.buffers)
        buffers.push_back({{"tensor", buffer.tensor},
                           {"size", buffer.size},
                           {"offset", buffer.offset},
                           {"first_op", buffer.firstOp},
                           {"last_op", buffer.lastOp}});
    const bool isOurs = runtimeOf(e.device) == Runtime::Netcaliper;
    return {{"runtime", isOurs ? "Netcaliper" : "TFLM"},
            {"arena_bytes", plan.arenaBytes},
            {"peak_op", plan.peakOp},
            {"buffers", std::move(buffers)}};
}

Json fitsJson(const Evaluation& e) {
    if (!e.device || e.verdict() == Verdict::Unknown) return {};
    return e.verdict() == Verdict::Fits;
}

void addLayers(Json& json, const ModelDiff& diff) {
    Json matched = Json::array(), added = Json::array(), removed = Json::array();
    Json layers = Json::array();
    for (const DiffLayer& layer : diff.layers) {
        const LayerMatch& match = layer.match;
        for (const int32_t a : match.baseline)
            for (const int32_t b : match.candidate)
                matched.push_back({{"a", a}, {"b", b}, {"kind", matchKindName(match.kind)}});
        if (match.baseline.empty()) added.push_back(match.candidate.front());
        if (match.candidate.empty()) removed.push_back(match.baseline.front());
        layers.push_back(layerJson(layer));
    }
    json["matched"] = std::move(matched);
    json["added"] = std::move(added);
    json["removed"] = std::move(removed);
    json["layers"] = std::move(layers);
}

}  // namespace

std::string documentText(const ModelDiff& diff) {
    const Evaluation &a = *diff.baseline.evaluation, &b = *diff.candidate.evaluation;
    Json json = {{"netcaliper_diff", kDiffVersion},
                 {"baseline", sideJson(diff.baseline)},
                 {"candidate", sideJson(diff.candidate)},
                 {"device", b.device ? Json(b.device->id) : Json()}};
    json["verdict"] = {{"better", diffOutcomeName(diff.verdict.better)},
                       {"sentence", diff.verdict.sentence},
                       {"evidence", diff.verdict.evidence},
                       {"cannot_say", diff.verdict.cannotSay}};
    Json totals = Json::object(), deltas = Json::object();
    for (const DiffFigure& figure : diff.totals) {
        totals[diffQuantityName(figure.quantity)] = figureJson(figure);
        deltas[diffQuantityName(figure.quantity)] = numberJson(figure.difference);
    }
    json["totals"] = std::move(totals);
    json["totals_delta"] = std::move(deltas);
    json["fits"] = {{"baseline", fitsJson(a)}, {"candidate", fitsJson(b)}};
    addLayers(json, diff);
    json["memory"] = {{"baseline", memoryJson(a)}, {"candidate", memoryJson(b)}};
    // Names come from files and may be no UTF-8.
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace diff
