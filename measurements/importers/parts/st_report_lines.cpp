// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/st_report_lines.h"

#include <cmath>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

std::string whole(double value) {
    char text[32];
    snprintf(text, sizeof text, "%.0f", value);
    return text;
}

void addTo(std::optional<double>& sum, const std::optional<double>& value) {
    if (value) sum = sum.value_or(0) + *value;
}

void compareSum(SessionBuilder& builder, const char* what, const std::optional<double>& sum,
                const std::optional<double>& total) {
    if (!total || !sum || *sum == *total) return;
    builder.warn("the layers sum to " + whole(*sum) + ' ' + what + ", the report's total is " +
                 whole(*total) + ": " + whole(std::abs(*total - *sum)) +
                 (*sum < *total ? " belong to no layer" : " are counted in layers only"));
}

}  // namespace

void StLayerSums::add(const StLayerRow& row) {
    if (row.layer < 0) return;
    Layer& layer = m_layers[row.layer];
    if (layer.original.empty() && !row.original.empty()) {
        layer.original = row.original;
        layer.outShape = row.outShape;
    }
    addTo(layer.macc, row.macc);
    addTo(layer.bytes, row.bytes);
}

void StLayerSums::finish(SessionBuilder& builder, std::optional<double> macc,
                         std::optional<double> bytes) const {
    std::optional<double> maccSum, byteSum;
    for (const auto& [index, layer] : m_layers) {
        addTo(maccSum, layer.macc);
        addTo(byteSum, layer.bytes);
        const auto put = [&, number = index](const Layer& of, Quantity quantity,
                                             const std::optional<double>& value) {
            if (!value || of.original.empty()) return;
            types::Measurement& measurement = builder.atLayer(number, of.original, quantity);
            addNote(measurement.note, "out_shape", of.outShape);
            measurement.samples = {*value};
            measurement.estimated = true;
        };
        put(layer, Quantity::Count, layer.macc);
        put(layer, Quantity::Bytes, layer.bytes);
    }
    if (m_layers.empty() && macc)
        builder.warn("the report names no layers: its totals are read alone");
    compareSum(builder, "MACC", maccSum, macc);
    compareSum(builder, "bytes of weights", byteSum, bytes);
}

void StReportLines::take(std::string_view line, SessionBuilder& builder) {
    if (line.starts_with("ST Edge AI Core") || line.starts_with("Neural Network Tools"))
        builder.conditions().runtimeVersion = std::string(line.substr(0, kLongestName));
    else if (const auto row = m_table.take(line))
        m_sums.add(*row);
    else if (line.starts_with("model/c-model"))
        takeTotals(line);
    else
        takeSummary(line, builder);
}

void StReportLines::takeTotals(std::string_view line) {
    // "macc=835,864/827,256": the model's, that of the layers above, and the generated code's.
    if (const auto macc = behind(line, "macc=")) m_modelMacc = leadingGrouped(*macc);
    if (const auto bytes = behind(line, "weights=")) m_modelBytes = leadingGrouped(*bytes);
}

void StReportLines::takeSummary(std::string_view line, SessionBuilder& builder) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const auto name = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    const auto addBytes = [&](const char* key) {
        if (const auto bytes = leadingGrouped(value)) builder.add(key, Quantity::Bytes, *bytes);
        return leadingGrouped(value);
    };
    if (name == "weights (ro)")
        m_bytes = addBytes("weights");
    else if (name == "activations (rw)")
        addBytes("activations");
    else if (name == "ram (total)")
        addBytes("ram");
    else if (name == "macc" && value.find_first_of("0123456789") == 0)
        builder.at("macc", Quantity::Count).samples = {*(m_macc = leadingGrouped(value))};
    else if (name == "model file" || name == "model path")
        builder.conditions().modelName = std::string(value.substr(value.find_last_of("/\\") + 1));
    else if (name == "model_hash" || name == "optimization" || name == "compression" ||
             name == "target/series" || name == "Created date")
        builder.note(std::string(name), std::string(value));
}

void StReportLines::finish(SessionBuilder& builder) const {
    m_sums.finish(builder, m_modelMacc ? m_modelMacc : m_macc,
                  m_modelBytes ? m_modelBytes : m_bytes);
}

}  // namespace importers
