// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/formats/session_json.h"

#include <algorithm>

#include "importers/importer_list.h"
#include "importers/parts/json_scan.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using nlohmann::json;
using types::Conditions;
using types::PowerTrace;

constexpr const char* kSchema = "netcaliper-session";
constexpr int kVersion = 1;

struct TextField {
    const char* name;
    std::string Conditions::*value;
};

constexpr TextField kTexts[] = {
    {"board", &Conditions::board},
    {"core", &Conditions::core},
    {"runtime", &Conditions::runtime},
    {"runtime_version", &Conditions::runtimeVersion},
    {"kernels", &Conditions::kernels},
    {"compiler", &Conditions::compiler},
    {"flags", &Conditions::flags},
    {"model", &Conditions::modelName},
    {"model_sha256", &Conditions::modelHash},
    {"notes", &Conditions::notes},
};

json layerJson(const std::optional<int32_t>& layer) {
    return layer ? json(*layer) : json();
}

json conditionsJson(const Conditions& conditions) {
    json object = {{"source", types::sourceName(conditions.source)},
                   {"clock_mhz", conditions.clockMhz},
                   {"supply_volts", conditions.supplyVolts}};
    for (const TextField& field : kTexts)
        object[field.name] = conditions.*field.value;
    return object;
}

json traceJson(const PowerTrace& trace) {
    json windows = json::array();
    for (const auto& window : trace.windows)
        windows.push_back({{"begin_s", window.beginS},
                           {"end_s", window.endS},
                           {"layer", layerJson(window.layer)},
                           {"inferences", window.inferences}});
    return {{"sample_rate_hz", trace.sampleRateHz},
            {"begin_s", trace.beginS},
            {"power_mw", trace.powerMw},
            {"windows", std::move(windows)}};
}

std::vector<double> numbersAt(const json& object, const char* name) {
    std::vector<double> numbers;
    const json& list = member(object, name);
    if (list.is_array())
        for (const json& value : list)
            if (const auto number = asNumber(value)) numbers.push_back(*number);
    return numbers;
}

std::optional<int32_t> indexAt(const json& object, const char* name) {
    const auto value = numberAt(object, name);
    if (!value || *value < 0 || *value > INT32_MAX) return std::nullopt;
    return static_cast<int32_t>(*value);
}

Conditions conditionsOf(const json& object) {
    Conditions conditions;
    conditions.source =
        types::sourceNamed(textAt(object, "source")).value_or(types::MeasurementSource::Imported);
    conditions.clockMhz = numberAt(object, "clock_mhz").value_or(0);
    conditions.supplyVolts = numberAt(object, "supply_volts").value_or(0);
    for (const TextField& field : kTexts)
        conditions.*field.value = textAt(object, field.name);
    return conditions;
}

std::optional<types::Measurement> measurementOf(const json& object) {
    const auto unit = quantityUnit(textAt(object, "quantity"));
    types::Measurement measurement;
    measurement.key = textAt(object, "key");
    if (!unit || measurement.key.empty()) return std::nullopt;
    measurement.quantity = unit->quantity;
    measurement.layer = indexAt(object, "layer");
    measurement.op = textAt(object, "op");
    measurement.samples = numbersAt(object, "samples");
    for (double& sample : measurement.samples)
        sample *= unit->factor;
    const json& estimated = member(object, "estimated");
    measurement.estimated = estimated.is_boolean() && estimated.get<bool>();
    measurement.note = textAt(object, "note");
    return measurement;
}

PowerTrace traceOf(const json& object) {
    PowerTrace trace;
    trace.sampleRateHz = numberAt(object, "sample_rate_hz").value_or(0);
    trace.beginS = numberAt(object, "begin_s").value_or(0);
    for (const double power : numbersAt(object, "power_mw"))
        trace.powerMw.push_back(static_cast<float>(power));
    const json& windows = member(object, "windows");
    for (size_t i = 0; windows.is_array() && i < windows.size(); ++i) {
        PowerTrace::Window window;
        window.beginS = numberAt(windows[i], "begin_s").value_or(0);
        window.endS = numberAt(windows[i], "end_s").value_or(0);
        window.layer = indexAt(windows[i], "layer");
        window.inferences = indexAt(windows[i], "inferences").value_or(1);
        window.inferences = std::max<int64_t>(1, window.inferences);
        if (window.endS >= window.beginS) trace.windows.push_back(window);
    }
    return trace;
}

bool matchesSessionJson(const LogFile& file) {
    return trimmed(std::string_view(file.bytes).substr(0, 64)).starts_with('{') &&
           contains(file.bytes, "\"netcaliper-session\"");
}

template <typename Take>
void eachOf(const json& document, const char* name, Take take) {
    const json& list = member(document, name);
    if (!list.is_array()) return;
    for (const json& element : list)
        take(element);
}

types::Result<Sessions> readSessionJson(const LogInput& input, const ImportOptions&) {
    const json document = parseJson(input.main().bytes);
    if (textAt(document, "schema") != kSchema || numberAt(document, "version") != kVersion)
        return types::fail("the session is truncated or of another version", input.name,
                           "expected \"schema\": \"netcaliper-session\", \"version\": 1");
    types::Session session;
    session.name = textAt(document, "name");
    session.format = textAt(document, "format");
    if (session.format.empty()) session.format = kSessionJson.name;
    session.startedAt = textAt(document, "started_at");
    session.conditions = conditionsOf(member(document, "conditions"));
    eachOf(document, "measurements", [&](const json& element) {
        if (auto measurement = measurementOf(element))
            session.measurements.push_back(std::move(*measurement));
    });
    eachOf(document, "outputs", [&](const json& element) {
        session.outputs.push_back(
            {textAt(element, "input"), indexAt(element, "label"), numbersAt(element, "values")});
    });
    eachOf(document, "traces",
           [&](const json& element) { session.traces.push_back(traceOf(element)); });
    eachOf(document, "warnings", [&](const json& element) {
        if (element.is_string()) session.warnings.push_back(element.get<std::string>());
    });
    return Sessions{std::move(session)};
}

}  // namespace

std::string sessionJson(const types::Session& session) {
    json document = {{"schema", kSchema},
                     {"version", kVersion},
                     {"name", session.name},
                     {"format", session.format},
                     {"started_at", session.startedAt},
                     {"conditions", conditionsJson(session.conditions)},
                     {"measurements", json::array()},
                     {"outputs", json::array()},
                     {"traces", json::array()},
                     {"warnings", session.warnings}};
    for (const types::Measurement& measurement : session.measurements)
        document["measurements"].push_back({{"key", measurement.key},
                                            {"layer", layerJson(measurement.layer)},
                                            {"op", measurement.op},
                                            {"quantity", types::quantityName(measurement.quantity)},
                                            {"samples", measurement.samples},
                                            {"estimated", measurement.estimated},
                                            {"note", measurement.note}});
    for (const types::RecordedOutput& output : session.outputs)
        document["outputs"].push_back({{"input", output.input},
                                       {"label", layerJson(output.label)},
                                       {"values", output.values}});
    for (const PowerTrace& trace : session.traces)
        document["traces"].push_back(traceJson(trace));
    // Log bytes that are not UTF-8 must not fail the export.
    return document.dump(1, '\t', false, json::error_handler_t::replace) + "\n";
}

const Importer kSessionJson = {"session-json", "Netcaliper's own session as JSON",
                               matchesSessionJson, readSessionJson};

}  // namespace importers
