// SPDX-License-Identifier: GPL-3.0-or-later
// compat: which runtime takes which operator of a model, and why not.

#include <algorithm>

#include "command_context.h"
#include "compat/compat.h"
#include "json_output.h"
#include "text_table.h"
#include "types/support.h"

namespace app {
namespace {

using namespace types;

Json wordsOrNull(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json supportJson(const Graph& graph, const LayerSupport& layer, size_t index) {
    return {{"index", index},
            {"op", graph.ops[index].name()},
            {"verdict", nameOf(layer.verdict)},
            {"reason", wordsOrNull(layer.reason)},
            {"source", wordsOrNull(layer.source)},
            {"rewrite", wordsOrNull(layer.rewrite)}};
}

Json runtimeJson(const Graph& graph, const RuntimeSupport& runtime) {
    Json layers = Json::array();
    for (size_t i = 0; i < runtime.layers.size(); ++i)
        layers.push_back(supportJson(graph, runtime.layers[i], i));
    const auto runs = runtime.runs();
    Json json = {{"id", runtime.id},
                 {"name", runtime.name},
                 {"note", wordsOrNull(runtime.note)},
                 {"runs", runs ? Json(*runs) : Json()},
                 {"layers", std::move(layers)}};
    if (!runs) json["runs_reason"] = "some operators are unknown";
    if (runtime.rest.verdict != Support::Runs)
        json["rest"] = {{"verdict", nameOf(runtime.rest.verdict)},
                        {"reason", wordsOrNull(runtime.rest.reason)},
                        {"source", wordsOrNull(runtime.rest.source)}};
    return json;
}

int64_t countOf(const RuntimeSupport& runtime, Support verdict) {
    return std::count_if(runtime.layers.begin(), runtime.layers.end(),
                         [verdict](const LayerSupport& l) { return l.verdict == verdict; });
}

/// The reason of the first of the worst operators.
std::string worstReason(const Graph& graph, const RuntimeSupport& runtime) {
    const Support worst = runtime.worst();
    if (worst == Support::Runs) return {};
    for (size_t i = 0; i < runtime.layers.size(); ++i)
        if (runtime.layers[i].verdict == worst)
            return opLabel(graph, i) + ": " + runtime.layers[i].reason;
    return runtime.rest.reason;
}

std::string summary(const Graph& graph, const std::vector<RuntimeSupport>& runtimes) {
    TextTable table({"runtime", "model", ">runs", ">falls back", ">unknown", ">wrong", ">refused",
                     "the worst"});
    for (const RuntimeSupport& runtime : runtimes) {
        std::vector<std::string> row = {runtime.id, nameOf(runtime.worst())};
        for (Support verdict : {Support::Runs, Support::FallsBack, Support::Unknown, Support::Wrong,
                                Support::Refused})
            row.push_back(std::to_string(countOf(runtime, verdict)));
        row.push_back(worstReason(graph, runtime));
        table.addRow(std::move(row));
    }
    return table.text() + "for every operator: --runtime RUNTIME\n";
}

std::string details(const Graph& graph, const RuntimeSupport& runtime) {
    std::string text = runtime.name + (runtime.note.empty() ? "" : "; " + runtime.note) + "\n";
    TextTable table({"operator", "verdict", "why", "what helps", "source"});
    for (size_t i = 0; i < runtime.layers.size(); ++i) {
        const LayerSupport& layer = runtime.layers[i];
        table.addRow(
            {opLabel(graph, i), nameOf(layer.verdict), layer.reason, layer.rewrite, layer.source});
    }
    text += table.text();
    if (runtime.rest.verdict != Support::Runs)
        text += std::string("beside them: ") + nameOf(runtime.rest.verdict) + ": " +
                runtime.rest.reason + "\n";
    return text;
}

struct CompatFlags : ModelFlags {
    std::string runtime;
};

Result<Output> checkModel(const CompatFlags& flags) {
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    const auto runtimes = compat::check(**graph, flags.runtime);
    if (!runtimes) return tl::unexpected(runtimes.error());
    Output output;
    output.json["runtimes"] = Json::array();
    for (const RuntimeSupport& runtime : *runtimes)
        output.json["runtimes"].push_back(runtimeJson(**graph, runtime));
    output.text =
        runtimes->size() == 1 ? details(**graph, runtimes->front()) : summary(**graph, *runtimes);
    return output;
}

}  // namespace

void addCompat(CLI::App& app, Context& context) {
    auto flags = std::make_shared<CompatFlags>();
    CLI::App* command =
        addCommand(app, context, "compat", "Check which runtimes take the model's operators",
                   [flags] { return checkModel(*flags); });
    flags->addTo(*command)->required();
    command->add_option("--runtime", flags->runtime,
                        "One runtime, RUNTIME@VERSION, or all its versions, RUNTIME: tflm, "
                        "tflm+cmsis-nn, tflm+esp-nn, st-edge-ai, executorch-cortex-m, axon, "
                        "netcaliper");
}

}  // namespace app
