// SPDX-License-Identifier: GPL-3.0-or-later
#include "session_output.h"

#include "mix_output.h"
#include "statistics/median.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

Json known(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}
Json known(double number) {
    return number == 0 ? Json() : Json(number);
}

Json measurementJson(const Measurement& m) {
    return {{"key", m.key},
            {"index", m.layer ? Json(*m.layer) : Json()},
            {"op", known(m.op)},
            {"samples", m.samples},
            {"median", m.samples.empty() ? Json() : Json(statistics::median(m.samples))},
            {"unit", unitOf(m.quantity)},
            {"estimated", m.estimated},
            {"note", known(m.note)}};
}

std::string numberText(double value) {
    char text[48];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

/// The measurements that are in no other table.
std::string tableText(const Session& session) {
    TextTable table({"what", ">median", "unit", ">samples"});
    const bool hasMix = !mixText(session).empty();
    bool any = false;
    for (const Measurement& m : session.measurements) {
        if (m.samples.empty() || (hasMix && isInMix(m))) continue;
        table.addRow({m.key, (m.estimated ? "~" : "") + numberText(statistics::median(m.samples)),
                      unitOf(m.quantity), grouped(static_cast<int64_t>(m.samples.size()))});
        any = true;
    }
    return any ? table.text() : "";
}

}  // namespace

Json conditionsJson(const Conditions& c) {
    return {{"source", sourceName(c.source)},
            {"board", known(c.board)},
            {"core", known(c.core)},
            {"clock_mhz", known(c.clockMhz)},
            {"runtime", known(c.runtime)},
            {"runtime_version", known(c.runtimeVersion)},
            {"kernels", known(c.kernels)},
            {"compiler", known(c.compiler)},
            {"flags", known(c.flags)},
            {"model", known(c.modelName)},
            {"model_sha256", known(c.modelHash)},
            {"supply_volts", known(c.supplyVolts)},
            {"notes", known(c.notes)}};
}

Json layerMedians(const Session& session) {
    Json layers = Json::array();
    for (const Measurement& m : session.measurements)
        if (m.layer) layers.push_back(measurementJson(m));
    return layers;
}

Json totalMedian(const Session& session) {
    for (const Measurement& m : session.measurements)
        if (m.key == kWhole) return measurementJson(m);
    return {};
}

Json sessionJson(const Session& session) {
    Json others = Json::array();
    for (const Measurement& m : session.measurements)
        if (!m.layer) others.push_back(measurementJson(m));
    return {{"session", session.name},
            {"format", session.format},
            {"started_at", known(session.startedAt)},
            {"conditions", conditionsJson(session.conditions)},
            {"layers", layerMedians(session)},
            {"total", totalMedian(session)},
            {"instruction_mix", mixJson(session)},
            {"others", std::move(others)},
            {"outputs", session.outputs.size()},
            {"traces", session.traces.size()},
            {"warnings", session.warnings}};
}

std::string sessionText(const Session& session) {
    const Conditions& c = session.conditions;
    std::string text = session.name + " (" + sourceName(c.source);
    for (const std::string& part : {c.board, c.core, c.runtime, c.kernels, c.modelName})
        if (!part.empty()) text += ", " + part;
    text += ")\n";
    text += mixText(session) + tableText(session);
    for (const std::string& warning : session.warnings)
        text += "warning: " + warning + "\n";
    return text;
}

}  // namespace app
