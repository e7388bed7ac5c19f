// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of ST Edge AI: *_report.json (MACCs and bytes of each layer) and *_c_info.json (nodes of the
// C code, with times where it ran on a board, and buffers with the epochs in which they are alive:
// a memory timeline to compare with ours).

#include "importers/importer_list.h"
#include "importers/parts/json_scan.h"
#include "importers/parts/op_tags.h"
#include "importers/parts/rounded_clock.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/st_report_lines.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using nlohmann::json;
using types::Quantity;

bool matchesReport(const LogFile& file) {
    return contains(file.bytes, "\"rom_n_macc\"") && contains(file.bytes, "\"report_version\"");
}

bool matchesInfo(const LogFile& file) {
    return contains(file.bytes, "\"json_schema_version\"") &&
           contains(file.bytes, "\"memory_footprint\"") && contains(file.bytes, "\"epochs\"");
}

void addBytes(SessionBuilder& builder, const char* key, std::optional<double> bytes) {
    if (bytes) builder.add(key, Quantity::Bytes, *bytes);
}

int32_t layerIndex(const std::optional<double>& id) {
    return id && *id >= 0 && *id < 100000 ? static_cast<int32_t>(*id) : -1;
}

/// True where the tool states the bytes that it kept of each layer: the model's own ("psize")
/// include constants that it dropped.
bool statesKeptBytes(const json& layers) {
    for (const json& layer : layers)
        if (numberAt(member(layer, "extras"), "rom_size").value_or(0) > 0) return true;
    return false;
}

void addReportLayers(const json& layers, StLayerSums& sums) {
    const char* bytes = statesKeptBytes(layers) ? "rom_size" : "psize";
    for (const json& layer : layers) {
        const json& extras = member(layer, "extras");
        sums.add({layerIndex(numberAt(layer, "id")), textAt(layer, "original"),
                  shapeAt(member(extras, "rom_output"), "shape"), numberAt(extras, "n_macc"),
                  numberAt(extras, bytes)});
    }
}

types::Result<json> documentOf(const LogInput& input) {
    json document = parseJson(input.main().bytes);
    if (!document.is_object())
        return types::fail("the report is truncated or not JSON", input.name,
                           "let the tool write it again");
    return document;
}

types::Result<Sessions> readReport(const LogInput& input, const ImportOptions&) {
    const auto document = documentOf(input);
    if (!document) return tl::unexpected(document.error());
    SessionBuilder builder(kStReportJson.name);
    builder.conditions().runtime = "X-CUBE-AI";
    builder.conditions().runtimeVersion = textAt(*document, "tools_version");
    builder.conditions().modelName = textAt(*document, "model_name");
    builder.note("model_hash", textAt(*document, "hash"));
    addBytes(builder, "weights", numberAt(*document, "rom_size"));
    addBytes(builder, "activations", numberAt(*document, "ram_size"));
    const auto macc = numberAt(*document, "rom_n_macc");
    if (macc) builder.add("macc", Quantity::Count, *macc);
    StLayerSums sums;
    const json& layers = member(*document, "layers");
    if (layers.is_array()) addReportLayers(layers, sums);
    sums.finish(builder, macc, numberAt(*document, "rom_size"));
    builder.warn("a report of ST's tools holds computed numbers: MACCs and bytes, no times");
    return Sessions{builder.take()};
}

void addBuffer(const json& buffer, SessionBuilder& builder) {
    const auto bytes = numberAt(buffer, "size_bytes");
    const std::string name = textAt(buffer, "name");
    if (!bytes || name.empty()) return;
    types::Measurement& measurement = builder.at("buffer/" + name, Quantity::Bytes);
    measurement.samples = {*bytes};
    measurement.estimated = true;
    const auto note = [&](const char* key, const std::optional<double>& value) {
        if (value && *value > -1e15 && *value < 1e15)
            addNote(measurement.note, key, std::to_string(static_cast<int64_t>(*value)));
    };
    measurement.note.clear();
    note("first_epoch", numberAt(member(buffer, "epochs"), "start"));
    note("last_epoch", numberAt(member(buffer, "epochs"), "end"));
    note("offset", numberAt(buffer, "offset_start"));
    const std::string flags = textAt(buffer, "flags");
    addNote(measurement.note, "kind",
            contains(flags, "WEIGHTS")    ? "weights"
            : contains(flags, "SCRATCH")  ? "scratch"
            : contains(flags, "ACTIVATI") ? "activation"
                                          : "");
}

void addNode(const json& node, SessionBuilder& builder) {
    const json& originals = member(node, "original_nodes");
    const bool known = originals.is_array() && !originals.empty();
    const int32_t index = layerIndex(known ? asNumber(originals[0]) : std::nullopt);
    if (index < 0) return;
    const bool depthwise = textAt(member(node, "attributes"), "is_depthwise") == "True";
    const std::string op = depthwise ? "DEPTHWISE_CONV_2D" : opTag(textAt(node, "description"));
    const json& time = member(node, "exec_time");
    const auto add = [&](Quantity quantity, std::optional<double> value, bool estimated) {
        if (!value) return;
        types::Measurement& measurement = builder.atLayer(index, op, quantity);
        // The tool's type name is no operator of the model, so only the index joins it.
        if (!isOpTag(op)) measurement.op.clear();
        measurement.samples.push_back(*value);
        measurement.estimated = estimated;
        measurement.note = "node: " + textAt(node, "name");
    };
    add(Quantity::Count, numberAt(node, "macc"), true);
    add(Quantity::Cycles, numberAt(time, "cycles"), false);
    const auto duration = numberAt(time, "duration_ms");
    add(Quantity::LatencyUs, duration ? std::optional(*duration * 1000) : std::nullopt, false);
    const double cycles = numberAt(time, "cycles").value_or(0);
    if (cycles > 0 && duration.value_or(0) > 0 && builder.conditions().clockMhz <= 0)
        builder.conditions().clockMhz = roundedClock(cycles / *duration / 1000);
}

types::Result<Sessions> readInfo(const LogInput& input, const ImportOptions&) {
    const auto document = documentOf(input);
    if (!document) return tl::unexpected(document.error());
    SessionBuilder builder(kStInfoJson.name);
    builder.conditions().runtime = "X-CUBE-AI";
    builder.conditions().board = textAt(member(*document, "environment"), "device");
    const json& footprint = member(*document, "memory_footprint");
    addBytes(builder, "weights", numberAt(footprint, "weights"));
    addBytes(builder, "activations", numberAt(footprint, "activations"));
    const json& graphs = member(*document, "graphs");
    if (graphs.is_array() && !graphs.empty()) {
        builder.conditions().modelName = textAt(graphs[0], "name");
        const json& nodes = member(graphs[0], "nodes");
        for (size_t i = 0; nodes.is_array() && i < nodes.size(); ++i)
            addNode(nodes[i], builder);
    }
    const json& buffers = member(*document, "buffers");
    for (size_t i = 0; buffers.is_array() && i < buffers.size(); ++i)
        addBuffer(buffers[i], builder);
    return Sessions{builder.take()};
}

}  // namespace

const Importer kStReportJson = {"st-report-json",
                                "ST Edge AI *_report.json: MACCs and bytes per layer",
                                matchesReport, readReport};

const Importer kStInfoJson = {"st-info-json",
                              "ST Edge AI *_c_info.json: nodes, times, buffers and their lifetimes",
                              matchesInfo, readInfo};

}  // namespace importers
