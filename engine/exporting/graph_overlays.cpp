// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/graph_overlays.h"

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>

#include "bytes/write_file.h"

namespace exporting {
namespace {

using namespace types;
using OverlayJson = nlohmann::ordered_json;

/// A figure of layers; nothing where it is unknown.
struct OverlayFigure {
    const char* file;
    const char* name;  ///< with its unit
    std::optional<double> (*of)(const LayerEvaluation& layer);
};

std::optional<double> valueOf(const std::optional<Estimate>& estimate) {
    return estimate ? std::optional(estimate->value) : std::nullopt;
}

std::optional<double> whole(int64_t value) {
    return static_cast<double>(value);
}

constexpr OverlayFigure kFigures[] = {
    {"latency_us", "Latency (\u00b5s, predicted)",
     [](const LayerEvaluation& l) { return valueOf(l.latencyUs); }},
    {"energy_uj", "Energy (\u00b5J, predicted)",
     [](const LayerEvaluation& l) { return valueOf(l.energyUj); }},
    {"macs", "MACs", [](const LayerEvaluation& l) { return whole(l.macs); }},
    {"ops", "Ops", [](const LayerEvaluation& l) { return whole(l.ops); }},
    {"params", "Parameters", [](const LayerEvaluation& l) { return whole(l.params); }},
    {"weight_bytes", "Weights (bytes)",
     [](const LayerEvaluation& l) { return whole(l.weightBytes); }},
    {"live_bytes", "Activations alive (bytes)",
     [](const LayerEvaluation& l) { return whole(l.liveBytes); }},
    {"sqnr_db", "SQNR against the original (dB)",
     [](const LayerEvaluation& l) { return l.sqnrDb; }},
};

/// By operator index, where the figure is a finite number.
std::vector<std::pair<int32_t, double>> valuesOf(const OverlayFigure& figure,
                                                 const Evaluation& evaluation) {
    std::vector<std::pair<int32_t, double>> values;
    for (const LayerEvaluation& layer : evaluation.layers)
        if (const auto value = figure.of(layer); value && std::isfinite(*value))
            values.emplace_back(layer.index, *value);
    return values;
}

OverlayJson nodeData(const OverlayFigure& figure,
                     const std::vector<std::pair<int32_t, double>>& values) {
    OverlayJson results = OverlayJson::object();
    for (const auto& [layer, value] : values)
        results[std::to_string(layer)] = {{"value", value}};
    return {{"name", figure.name},
            {"results", std::move(results)},
            {"gradient",
             {{{"stop", 0}, {"bgColor", "#ffffff"}}, {{"stop", 1}, {"bgColor", "#d55e00"}}}}};
}

}  // namespace

Result<std::vector<std::filesystem::path>> writeModelExplorer(
    const Evaluation& evaluation, const std::filesystem::path& directory) {
    std::error_code problem;
    std::filesystem::create_directories(directory, problem);
    if (problem)
        return fail("the directory cannot be made: " + problem.message(), directory.string(),
                    "choose another place");
    std::vector<std::filesystem::path> files;
    for (const OverlayFigure& figure : kFigures) {
        const auto values = valuesOf(figure, evaluation);
        if (values.empty()) continue;
        const auto file = directory / (std::string(figure.file) + ".json");
        const std::string text = nodeData(figure, values).dump(2) + "\n";
        if (auto written = bytes::writeFile(file, std::string_view(text)); !written)
            return tl::unexpected(written.error());
        files.push_back(file);
    }
    return files;
}

Result<void> writeNetron(const Evaluation& evaluation, const std::filesystem::path& file) {
    OverlayJson metrics = OverlayJson::array();
    for (const OverlayFigure& figure : kFigures)
        for (const auto& [layer, value] : valuesOf(figure, evaluation))
            metrics.push_back({{"kind", "node"},
                               {"identifier", std::to_string(layer)},
                               {"name", figure.name},
                               {"value", value}});
    const OverlayJson json = {{"signature", "netron:attachment"}, {"metrics", std::move(metrics)}};
    return bytes::writeFile(file, std::string_view(json.dump(2) + "\n"));
}

}  // namespace exporting
