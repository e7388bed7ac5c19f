// SPDX-License-Identifier: GPL-3.0-or-later
#include "mix_output.h"

#include <algorithm>
#include <cmath>

#include "text_table.h"
#include "types/instruction_mix.h"

namespace app {
namespace {

using namespace types;

Json known(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Json rowJson(const InstructionMix& mix) {
    Json row = {{"index", mix.layer ? Json(*mix.layer) : Json()},
                {"op", mix.op.empty() ? Json() : Json(mix.op)},
                {"instructions", mix.instructions},
                {"macs", known(mix.macs)},
                {"instructions_per_mac", known(mix.instructionsPerMac())},
                {"estimated_cycles", known(mix.cycles)},
                {"estimated_us", known(mix.latencyUs)}};
    for (size_t c = 0; c < kInstructionClasses.size(); ++c) {
        std::string name = kInstructionClasses[c];
        std::replace_if(
            name.begin(), name.end(), [](char letter) { return letter == ' ' || letter == '-'; },
            '_');
        row[name] = mix.classes ? Json((*mix.classes)[c]) : Json();
    }
    return row;
}

std::string formatted(const char* format, const std::optional<double>& value) {
    if (!value) return "-";
    char text[48];
    std::snprintf(text, sizeof text, format, *value);
    return text;
}

std::string whole(const std::optional<double>& value) {
    return value ? grouped(std::llround(*value)) : "-";
}

std::vector<std::string> cellsOf(const InstructionMix& mix) {
    std::vector<std::string> cells = {mix.layer ? layerKey(*mix.layer, mix.op) : kWhole,
                                      whole(mix.instructions),
                                      formatted("%.2f", mix.instructionsPerMac())};
    for (size_t c = 0; c < kInstructionClasses.size(); ++c)
        cells.push_back(formatted("%.1f", mix.percentOf(c)));
    cells.push_back(whole(mix.cycles));
    cells.push_back(formatted("%.4g", mix.latencyUs));
    return cells;
}

/// Origin of the estimates: every layer's note is the same.
std::string estimateText(const Session& session) {
    const Measurement* told = nullptr;
    for (const Measurement& m : session.measurements)
        if (isInMix(m) && m.estimated) told = &m;
    return told ? "~ estimated: " + told->note + "\n" : "";
}

}  // namespace

bool isInMix(const Measurement& m) {
    if (m.quantity == Quantity::Instructions) return m.layer || m.key == kWhole;
    if (m.quantity == Quantity::Count)
        return !partOf(m).empty() || m.key.starts_with(keyWithin(kWhole, ""));
    return m.estimated && (m.layer || m.key == kWhole) &&
           (m.quantity == Quantity::Cycles || m.quantity == Quantity::LatencyUs);
}

Json mixJson(const Session& session) {
    Json rows = Json::array();
    for (const InstructionMix& mix : instructionMixes(session))
        rows.push_back(rowJson(mix));
    return rows.empty() ? Json() : rows;
}

std::string mixText(const Session& session) {
    const auto mixes = instructionMixes(session);
    if (mixes.empty()) return {};
    TextTable table({"what", ">instructions", ">per MAC", ">loads %", ">stores %", ">MACs %",
                     ">taken %", ">not taken %", ">other %", ">~cycles", ">~us"});
    for (const InstructionMix& mix : mixes)
        table.addRow(cellsOf(mix));
    return table.text() + estimateText(session);
}

}  // namespace app
