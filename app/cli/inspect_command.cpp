// SPDX-License-Identifier: GPL-3.0-or-later
// inspect: prints a model's inputs, outputs and the counts of each layer.

#include "command_context.h"
#include "engine/evaluate.h"
#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

Json portsJson(const Graph& graph, const std::vector<int32_t>& ports) {
    Json list = Json::array();
    for (int32_t tensor : ports)
        list.push_back(portJson(graph, tensor));
    return list;
}

Json inspectionJson(const Evaluation& e) {
    const Graph& graph = *e.graph;
    Json json;
    json["model"] = {
        {"name", graph.name},
        {"bytes", e.totals.modelBytes},
        {"description", graph.description},
        {"subgraphs", graph.subgraphCount},
        {"runnable", e.notRunnableReason.empty()},
        {"not_runnable_reason", e.notRunnableReason.empty() ? Json() : Json(e.notRunnableReason)},
        {"inputs", portsJson(graph, graph.inputs)},
        {"outputs", portsJson(graph, graph.outputs)}};
    json["totals"] = totalsJson(e);
    json["layers"] = Json::array();
    for (const LayerEvaluation& layer : e.layers)
        json["layers"].push_back(layerJson(layer));
    return json;
}

std::string inspectionText(const Evaluation& e) {
    const Totals& t = e.totals;
    std::string text = e.graph->name + ": " + grouped(t.modelBytes) + " bytes, " + grouped(t.macs) +
                       " MACs, " + grouped(t.ops) + " ops, " + grouped(t.params) + " parameters, " +
                       arenaText(e) + (e.plannedBytes() ? " (planned as TFLM does)\n" : "\n");
    if (!e.notRunnableReason.empty()) text += "cannot run: " + e.notRunnableReason + "\n";
    TextTable table({">#", "op", "dtype", "output", ">MACs", ">ops", ">params", ">weight bytes",
                     ">live bytes", "name"});
    for (const LayerEvaluation& l : e.layers)
        table.addRow({std::to_string(l.index), l.op, dataTypeName(l.type),
                      l.outputShapes.empty() ? "" : shapeText(l.outputShapes[0]), grouped(l.macs),
                      grouped(l.ops), grouped(l.params), grouped(l.weightBytes),
                      grouped(l.liveBytes), l.name});
    return text + table.text();
}

Result<Output> inspect(const std::string& path) {
    const auto graph = openModel(path);
    if (!graph) return tl::unexpected(graph.error());
    const auto evaluation = engine::evaluate(*graph, Variation{}, nullptr);
    if (!evaluation) return tl::unexpected(evaluation.error());
    return Output{inspectionJson(**evaluation), inspectionText(**evaluation)};
}

}  // namespace

void addInspect(CLI::App& app, Context& context) {
    auto path = std::make_shared<std::string>();
    CLI::App* command = addCommand(app, context, "inspect", "Show what a model is and counts",
                                   [path] { return inspect(*path); });
    command->add_option("MODEL", *path, "A .tflite file")->required();
}

}  // namespace app
