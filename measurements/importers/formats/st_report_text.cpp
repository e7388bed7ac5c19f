// SPDX-License-Identifier: GPL-3.0-or-later
// network_generate_report.txt of ST's tools: a summary "key : value", then a table with one row per
// layer of the model. Two generations differ in width, in the name of the first column and in what
// follows "connected to": X-CUBE-AI ("Neural Network Tools for STM32", to 2023) and ST Edge AI Core
// (since 2024). Columns are located by their titles.

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/st_layer_row.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

bool matchesStReportText(const LogFile& file) {
    const std::string& text = file.bytes;
    return hasLine(text, "Exec/report summary") &&
           (hasLine(text, "ST Edge AI Core") || hasLine(text, "Neural Network Tools for STM32") ||
            hasLine(text, "macc  "));
}

void takeSummary(std::string_view line, SessionBuilder& builder) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const auto name = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    const auto addBytes = [&](const char* key) {
        if (const auto bytes = leadingGrouped(value)) builder.add(key, Quantity::Bytes, *bytes);
    };
    if (name == "weights (ro)")
        addBytes("weights");
    else if (name == "activations (rw)")
        addBytes("activations");
    else if (name == "ram (total)")
        addBytes("ram");
    else if (name == "macc" && value.find_first_of("0123456789") == 0)
        builder.at("macc", Quantity::Count).samples = {leadingGrouped(value).value_or(0)};
    else if (name == "model file" || name == "model path")
        builder.conditions().modelName = std::string(value.substr(value.find_last_of("/\\") + 1));
    else if (name == "model_hash" || name == "optimization" || name == "compression" ||
             name == "target/series" || name == "Created date")
        builder.note(std::string(name), std::string(value));
}

void addLayer(const StLayerRow& row, SessionBuilder& builder) {
    if (row.layer < 0 || row.original.empty()) return;
    const auto add = [&](Quantity quantity, std::optional<double> value) {
        if (!value) return;
        types::Measurement& measurement = builder.atLayer(row.layer, row.original, quantity);
        if (measurement.samples.empty()) {
            addNote(measurement.note, "out_shape", row.outShape);
            measurement.samples = {0};
        }
        // An activation has a row of its own with its layer's number.
        measurement.samples[0] += *value;
        measurement.estimated = true;
    };
    add(Quantity::Count, row.macc);
    add(Quantity::Bytes, row.bytes);
}

types::Result<Sessions> readStReportText(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kStReport.name);
    builder.conditions().runtime = "X-CUBE-AI";
    StLayerTable table;
    for (const auto line : linesOf(input.main().bytes)) {
        if (line.starts_with("ST Edge AI Core") || line.starts_with("Neural Network Tools")) {
            builder.conditions().runtimeVersion = std::string(line);
        } else if (const auto row = table.take(line)) {
            addLayer(*row, builder);
        } else {
            takeSummary(line, builder);
        }
    }
    if (builder.session().measurements.empty())
        return types::fail("the report ends before its summary", input.name,
                           "expected lines 'macc : ...', 'weights (ro) : ...' and a layer table");
    builder.warn("a report of ST's tools holds computed numbers: MACCs and bytes, no times");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kStReport = {"st-report",
                            "ST Edge AI / X-CUBE-AI generate report: MACCs and bytes per layer",
                            matchesStReportText, readStReportText};

}  // namespace importers
