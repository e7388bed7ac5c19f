// SPDX-License-Identifier: GPL-3.0-or-later
#include "mix_precisions_output.h"

#include "quality_output.h"
#include "text_table.h"

namespace app {

using namespace types;

namespace {

Json worthJson(const PrecisionWorth& worth) {
    return {{"flash_bytes", worth.flashBytes},
            {"latency_us", toJson(worth.latencyUs)},
            {"distance", worth.distance},
            {"agreement", toJson(worth.agreement)},
            {"sqnr_db", toJson(worth.sqnrDb)}};
}

const PrecisionWorth* worthOf(const PrecisionChoice& choice, Precision precision) {
    for (const TriedPrecision& tried : choice.tried)
        if (tried.precision == precision) return &tried.worth;
    return nullptr;
}

/// Differences from the model with all layers in int8; 0 for a layer that stays there.
Json choiceJson(const PrecisionChoice& choice, const PrecisionWorth& int8) {
    Json json = {{"index", choice.op},
                 {"layer", choice.layer},
                 {"precision", precisionName(choice.precision)}};
    const PrecisionWorth* chosen = worthOf(choice, choice.precision);
    const PrecisionWorth& now = chosen ? *chosen : int8;
    const bool isTimed = int8.latencyUs && now.latencyUs;
    json["saved_flash_bytes"] = int8.flashBytes - now.flashBytes;
    json["saved_latency_us"] = isTimed ? Json(*int8.latencyUs - *now.latencyUs) : Json();
    json["lost_agreement"] =
        int8.agreement && now.agreement ? Json(*int8.agreement - *now.agreement) : Json();
    json["lost_sqnr_db"] = int8.sqnrDb && now.sqnrDb ? Json(*int8.sqnrDb - *now.sqnrDb) : Json();
    json["tried"] = Json::array();
    for (const TriedPrecision& tried : choice.tried) {
        Json entry = worthJson(tried.worth);
        entry["precision"] = precisionName(tried.precision);
        json["tried"].push_back(std::move(entry));
    }
    return json;
}

std::string number(const std::optional<double>& value, int decimals, double factor = 1) {
    return value ? fixedText(*value * factor, decimals) : "-";
}

std::vector<std::string> row(const std::string& what, Precision precision,
                             const PrecisionWorth* worth) {
    if (!worth) return {what, precisionName(precision), "", "", "", ""};
    return {what,
            precisionName(precision),
            grouped(worth->flashBytes),
            number(worth->latencyUs, 1),
            number(worth->agreement, 1, 100),
            number(worth->sqnrDb, 1)};
}

}  // namespace

void addPrecisions(Json& json, const Evaluation& e) {
    json["precisions"] = Json();
    if (!e.mix) return;
    const MixedPrecision& mix = *e.mix;
    Json layers = Json::array();
    for (const PrecisionChoice& choice : mix.layers)
        layers.push_back(choiceJson(choice, mix.int8));
    json["precisions"] = {{"budget", mix.budget},          {"within_budget", mix.isWithinBudget},
                          {"samples", mix.samples},        {"int8", worthJson(mix.int8)},
                          {"mixed", worthJson(mix.mixed)}, {"layers", std::move(layers)}};
}

std::string precisionsText(const Evaluation& e) {
    if (!e.mix) return {};
    const MixedPrecision& mix = *e.mix;
    TextTable table(
        {"one layer alone", "chosen", ">bytes", ">latency us", ">agrees %", ">SQNR dB"});
    for (const PrecisionChoice& choice : mix.layers)
        table.addRow(row(choice.layer, choice.precision, worthOf(choice, choice.precision)));
    table.addRow(row("all in int8", Precision::Int8, &mix.int8));
    table.addRow(row("all as chosen", Precision::Auto, &mix.mixed));
    return "precisions for " + mix.budget + (mix.isWithinBudget ? "" : " (missed)") + ", on " +
           std::to_string(mix.samples) + " held-back samples, before repairs\n" + table.text();
}

}  // namespace app
