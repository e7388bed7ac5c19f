// SPDX-License-Identifier: GPL-3.0-or-later
// A result bundle of Ambiq's heliaPROFILER (hpx): profile_results.csv with a row per layer (cycles
// and hardware counters), summary.json, result_manifest.json and run_metadata.json with the
// conditions. Source: docs/guide/output.md of AmbiqAI/helia-profiler.

#include <algorithm>

#include "importers/importer_list.h"
#include "importers/parts/csv_reader.h"
#include "importers/parts/json_scan.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using nlohmann::json;
using types::Quantity;

constexpr int64_t kMaxRows = 100000;

bool isLayers(const LogFile& file) {
    const CsvReader rows(file.bytes);
    return rows.column("id") >= 0 && rows.column("op") >= 0 && rows.column("cycles") >= 0 &&
           rows.column("overflow") >= 0;
}

bool isDocument(const std::string& text) {
    return contains(text, "\"hpx.run-summary\"") || contains(text, "\"hpx.run-metadata\"") ||
           contains(text, "\"hpx_version\"") ||
           (contains(text, "\"total_cycles\"") && contains(text, "\"overflow_detected\""));
}

bool matchesHpx(const LogFile& file) {
    return trimmed(std::string_view(file.bytes).substr(0, 64)).starts_with('{')
               ? isDocument(file.bytes)
               : isLayers(file);
}

/// "cortex-m55" becomes "Cortex-M55".
std::string namedCore(std::string name) {
    if (!name.starts_with("cortex-m")) return name;
    name[0] = 'C';
    name[7] = 'M';
    return name;
}

std::string runtimeName(const std::string& engine) {
    if (engine == "tflm") return "TFLM";
    if (engine == "executorch") return "ExecuTorch";
    return engine;
}

void setIfEmpty(std::string& target, std::string value) {
    if (target.empty()) target = std::move(value);
}

void addSize(SessionBuilder& builder, const char* key, const json& memory, const char* name) {
    if (const auto bytes = numberAt(memory, name)) builder.add(key, Quantity::Bytes, *bytes);
}

void addSummary(const json& summary, SessionBuilder& builder) {
    types::Conditions& conditions = builder.conditions();
    setIfEmpty(conditions.runtime, runtimeName(textAt(summary, "engine")));
    if (const auto cycles = numberAt(summary, "total_cycles"))
        builder.at(types::kWhole, Quantity::Cycles).samples = {*cycles};
    const json& memory = member(summary, "memory");
    addSize(builder, "arena/configured", memory, "arena_size");
    addSize(builder, "arena/used", memory, "allocated_arena");
    addSize(builder, "model", memory, "model_size");
    if (const auto watts = numberAt(member(summary, "power"), "avg_power_w"))
        builder.add(types::kWhole, Quantity::PowerMw, *watts * 1000);
    const json& inputs = member(member(member(summary, "dependencies"), "workspace"), "inputs");
    setIfEmpty(conditions.core, namedCore(textAt(member(inputs, "soc"), "core")));
    setIfEmpty(conditions.board, textAt(member(inputs, "board"), "name"));
    setIfEmpty(conditions.kernels, textAt(member(inputs, "engine"), "backend"));
}

void addManifest(const json& manifest, SessionBuilder& builder) {
    types::Conditions& conditions = builder.conditions();
    const json& facts = member(manifest, "comparability");
    setIfEmpty(conditions.runtime, runtimeName(textAt(facts, "engine")));
    setIfEmpty(conditions.runtimeVersion, textAt(facts, "engine_version"));
    setIfEmpty(conditions.board, textAt(facts, "board"));
    setIfEmpty(conditions.compiler, textAt(facts, "compiler_version"));
    setIfEmpty(conditions.modelHash, textAt(facts, "model_sha256"));
    const double hertz = numberAt(facts, "system_clock_hz").value_or(0);
    if (hertz > 0 && hertz < 1e11) conditions.clockMhz = hertz / 1e6;
    builder.note("hpx version", textAt(manifest, "hpx_version"));
}

void addMetadata(const json& metadata, SessionBuilder& builder) {
    types::Conditions& conditions = builder.conditions();
    const json& config = member(metadata, "config");
    const std::string path = textAt(member(config, "model"), "path");
    setIfEmpty(conditions.modelName, path.substr(path.find_last_of("/\\") + 1));
    setIfEmpty(conditions.board, textAt(member(config, "target"), "board"));
    setIfEmpty(conditions.compiler, textAt(member(config, "target"), "toolchain"));
    setIfEmpty(conditions.kernels, textAt(member(config, "engine"), "backend"));
    builder.note("started", textAt(metadata, "timestamp"));
    builder.note("aggregation", textAt(member(config, "profiling"), "aggregation"));
}

void addDocument(const LogFile& file, SessionBuilder& builder) {
    const json document = parseJson(file.bytes);
    if (!document.is_object()) {
        builder.warn(file.name + " is no complete JSON and is left out");
    } else if (member(document, "comparability").is_object()) {
        addManifest(document, builder);
    } else if (member(document, "config").is_object()) {
        addMetadata(document, builder);
    } else {
        addSummary(document, builder);
    }
}

/// Columns that hold what others say, or no count.
bool isCounter(const std::string& column) {
    for (const char* other : {"id", "op", "cycles", "cycles_pct", "overflow", "macs", "ops",
                              "cycles_per_mac", "ARM_PMU_CPU_CYCLES"})
        if (column == other) return false;
    return !column.empty();
}

class LayerRows {
public:
    LayerRows(const LogFile& file, SessionBuilder& builder)
        : m_rows(file.bytes), m_builder(builder) {}

    void read() {
        for (std::vector<std::string> cells; m_rows.next(cells);)
            take(cells);
        if (m_overflows > 0)
            m_builder.warn("a counter overflowed in " + std::to_string(m_overflows) +
                           " of the layers: their figures are too small");
    }

private:
    std::string cell(const std::vector<std::string>& cells, const char* column) const {
        const auto place = static_cast<size_t>(m_rows.column(column));
        return place < cells.size() ? cells[place] : std::string();
    }

    void take(const std::vector<std::string>& cells) {
        const auto id = integerOf(cell(cells, "id"));
        // The compiled engine names "CONV_2D:3".
        const std::string name = cell(cells, "op");
        const std::string op = name.substr(0, name.find(':'));
        if (!id || *id < 0 || *id >= kMaxRows || op.empty()) return;
        const auto layer = static_cast<int32_t>(*id);
        const auto cycles = numberOf(cell(cells, "cycles"));
        if (cycles) {
            auto& measurement = m_builder.atLayer(layer, op, Quantity::Cycles);
            measurement.samples.push_back(*cycles);
            addNote(measurement.note, "reported_macs", cell(cells, "macs"));
        }
        m_overflows += lowerCase(cell(cells, "overflow")) == "true" ? 1 : 0;
        for (size_t i = 0; i < std::min(cells.size(), m_rows.header().size()); ++i) {
            const auto value = isCounter(m_rows.header()[i]) ? numberOf(cells[i]) : std::nullopt;
            if (value)
                m_builder.add(types::layerKey(layer, op) + '/' + m_rows.header()[i],
                              Quantity::Count, *value);
        }
    }

    CsvReader m_rows;
    SessionBuilder& m_builder;
    size_t m_overflows = 0;
};

types::Result<Sessions> readHpx(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kHpxBundle.name);
    builder.conditions().source = types::MeasurementSource::Board;
    for (const LogFile& file : input.files) {
        if (trimmed(std::string_view(file.bytes).substr(0, 64)).starts_with('{'))
            addDocument(file, builder);
        else
            LayerRows(file, builder).read();
    }
    if (builder.session().measurements.empty())
        return types::fail("nothing was measured in this part of an hpx bundle", input.name,
                           "keep profile_results.csv, summary.json, result_manifest.json and "
                           "run_metadata.json in one folder and open that");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kHpxBundle = {
    "hpx-bundle",
    "heliaPROFILER (hpx) bundle: cycles and counters of each layer, with conditions",
    matchesHpx,
    readHpx,
    {"profile_results.csv", "summary.json", "result_manifest.json", "run_metadata.json"}};

}  // namespace importers
