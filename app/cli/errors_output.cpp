// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors_output.h"

#include <cmath>

#include "text_table.h"

namespace app {
namespace {

using namespace types;

/// Two decimals below 10, else one.
std::string figure(double value) {
    return fixedText(value, value < 10 ? 2 : 1);
}

Json fittedJson(FittedTo fittedTo) {
    return fittedTo == FittedTo::Unrecorded ? Json() : Json(fittedTo == FittedTo::Yes);
}

const char* fittedText(FittedTo fittedTo) {
    constexpr const char* kTexts[] = {"no", "yes", "?"};
    return kTexts[static_cast<int>(fittedTo)];
}

Json checkedLayerJson(const CheckedLayer& layer, size_t index, double clockMhz) {
    Json json = {{"index", index}, {"from", layer.from}, {"name", layer.name}, {"op", layer.op}};
    json["dtype"] = layer.type.empty() ? Json() : Json(layer.type);
    json["shape"] = layer.shape.empty() ? Json() : Json(layer.shape);
    json["measured"] = layer.measured ? Json(*layer.measured) : Json();
    const auto& predicted = layer.predicted;
    json["predicted"] = predicted ? Json(predicted->value) : Json();
    if (!predicted) json["predicted_reason"] = layer.whyNotPredicted;
    json["low"] = predicted ? Json(predicted->low) : Json();
    json["high"] = predicted ? Json(predicted->high) : Json();
    json["latency_us"] = predicted ? Json(predicted->value / clockMhz) : Json();
    const bool isCompared = layer.isCompared();
    json["error_percent"] = isCompared ? Json(layer.errorPercent()) : Json();
    if (!isCompared)
        json["error_percent_reason"] = predicted ? layer.whyNotCompared : layer.whyNotPredicted;
    json["in_band"] = isCompared ? Json(layer.isInBand()) : Json();
    json["fitted"] = predicted ? fittedJson(layer.fittedTo) : Json();
    json["row"] = predicted ? Json(layer.row) : Json();
    return json;
}

Json leftOutJson(const std::vector<LeftOutLayers>& leftOut) {
    Json json = Json::array();
    for (const LeftOutLayers& each : leftOut)
        json.push_back({{"layers", each.layers}, {"reason", each.why}});
    return json;
}

std::string layersText(const ProfileCheck& check) {
    TextTable table({"layer", "op", "type", "shape", ">measured", ">predicted", ">band +- %",
                     ">error %", "in band", "fitted to"});
    const auto count = [](double value) { return grouped(std::llround(value)); };
    for (const CheckedLayer& layer : check.layers) {
        const auto& p = layer.predicted;
        const bool isCompared = layer.isCompared();
        table.addRow({layer.name, layer.op, layer.type, layer.shape,
                      layer.measured ? count(*layer.measured) : "-", p ? count(p->value) : "-",
                      p ? figure(100 * (p->high / p->value - 1)) : "-",
                      isCompared ? figure(layer.errorPercent()) : "-",
                      isCompared ? layer.isInBand() ? "yes" : "no" : "-",
                      p ? fittedText(layer.fittedTo) : "-"});
    }
    return table.text();
}

Json rowsJson(const std::vector<CheckedRow>& rows) {
    Json json = Json::array();
    for (const CheckedRow& row : rows)
        json.push_back({{"row", row.name},
                        {"fitted_layers", row.layers},
                        {"fitted_recorded", row.isRecorded},
                        {"band_percent", 100 * row.relativeBand},
                        {"source", row.source},
                        {"errors", errorsJson(row.errors)}});
    return json;
}

/// What each row of the profile was fitted to, and how it fares here.
std::string rowsText(const std::vector<CheckedRow>& rows) {
    TextTable table({"row of the profile", ">fitted to", ">layers here", ">mean %", ">in band %",
                     "source of the row"});
    for (const CheckedRow& row : rows)
        table.addRow({row.name, grouped(row.layers), grouped(row.errors.layers),
                      figure(row.errors.mapePercent), figure(row.errors.coveredPercent),
                      row.source});
    return rows.empty() ? std::string() : "\n" + table.text();
}

std::string leftOutText(const char* title, const std::vector<LeftOutLayers>& leftOut) {
    if (leftOut.empty()) return {};
    std::string text = std::string("\n") + title + ":\n";
    for (const LeftOutLayers& each : leftOut)
        text += "  " + grouped(each.layers) + (each.layers == 1 ? " layer: " : " layers: ") +
                each.why + "\n";
    return text;
}

}  // namespace

Json errorsJson(const FitErrors& e) {
    const auto known = [&](double value) { return e.layers > 0 ? Json(value) : Json(); };
    Json json = {{"layers", e.layers},
                 {"mape_percent", known(e.mapePercent)},
                 {"median_error_percent", known(e.medianPercent)},
                 {"p90_error_percent", known(e.p90Percent)},
                 {"worst_error_percent", known(e.worstPercent)},
                 {"within_10_percent", known(e.within10Percent)},
                 {"r2", known(e.r2)}};
    if (e.coveredPercent >= 0) json["band_covers_percent"] = e.coveredPercent;
    return json;
}

std::string errorsText(const std::string& title, const std::vector<FitLine>& lines) {
    TextTable table({title, ">layers", ">mean %", ">median %", ">90 % below", ">worst %",
                     ">within 10 %", ">in band %"});
    for (const FitLine& line : lines) {
        const FitErrors& e = line.errors;
        if (line.kind == FitLine::Kind::Part && e.layers == 0) continue;
        const auto known = [&](double value) { return e.layers > 0 ? figure(value) : "-"; };
        table.addRow({line.title, std::to_string(e.layers), known(e.mapePercent),
                      known(e.medianPercent), known(e.p90Percent), known(e.worstPercent),
                      known(e.within10Percent),
                      e.coveredPercent < 0 ? std::string("-") : figure(e.coveredPercent)});
    }
    return table.text();
}

Json checkJson(const ProfileCheck& check) {
    Json json = {{"unit", check.unit}, {"total", Json()}, {"ops", Json::object()}};
    for (const FitLine& line : check.lines) {
        const bool isOperator = line.kind == FitLine::Kind::Operator;
        (isOperator ? json["ops"] : json)[line.key] = errorsJson(line.errors);
    }
    json["layers"] = Json::array();
    for (size_t i = 0; i < check.layers.size(); ++i)
        json["layers"].push_back(checkedLayerJson(check.layers[i], i, check.device->clockMhz));
    json["rows"] = rowsJson(check.rows);
    json["not_predicted"] = leftOutJson(check.notPredicted);
    json["not_compared"] = leftOutJson(check.notCompared);
    return json;
}

std::string checkText(const ProfileCheck& check) {
    const std::string title = check.device->id + " against " + check.unit + " measured";
    return layersText(check) + "\n" + errorsText(title, check.lines) + rowsText(check.rows) +
           leftOutText("not predicted", check.notPredicted) +
           leftOutText("predicted, but not compared", check.notCompared);
}

}  // namespace app
