// SPDX-License-Identifier: GPL-3.0-or-later
// inspect: prints a model's inputs, outputs and the counts of each layer.

#include <algorithm>

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

/// The explored signature first.
Json signaturesJson(const Graph& graph) {
    Json list = Json::array();
    for (const Signature& signature : graph.signatures)
        list.push_back({{"name", signature.name}, {"subgraph", signature.subgraph}});
    return list;
}

/// "signatures: add (shown), multiply"; empty where there is one.
std::string signaturesText(const Graph& graph) {
    if (graph.signatures.size() < 2) return {};
    std::string text;
    for (const Signature& signature : graph.signatures)
        text += (text.empty() ? "signatures: " : ", ") + signature.name +
                (signature.subgraph == 0 ? " (shown)" : "");
    return text + "\n";
}

Json inspectionJson(const Evaluation& e) {
    const Graph& graph = *e.graph;
    Json json;
    json["model"] = {
        {"name", graph.name},
        {"bytes", e.totals.modelBytes},
        {"description", graph.description},
        {"subgraphs", graph.subgraphCount},
        {"signatures", signaturesJson(graph)},
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

/// How operators that call subgraphs are counted (analysis/count.h); empty without them.
std::string callsText(const Graph& graph) {
    const auto has = [&](OpKind kind) {
        return std::ranges::count(graph.ops, kind, &Op::kind) > 0;
    };
    std::string text;
    if (has(OpKind::WHILE)) text += "WHILE is counted for one round of its loop\n";
    if (has(OpKind::IF)) text += "IF is counted as its branch with more operations\n";
    if (has(OpKind::CALL_ONCE)) text += "CALL_ONCE runs before the first inference only\n";
    return text;
}

std::string inspectionText(const Evaluation& e) {
    const Totals& t = e.totals;
    std::string text = e.graph->name + ": " + grouped(t.modelBytes) + " bytes, " + grouped(t.macs) +
                       " MACs, " + grouped(t.ops) + " ops, " + grouped(t.params) + " parameters, " +
                       arenaText(e) + (e.plannedBytes() ? " (planned as TFLM does)\n" : "\n");
    if (!e.notRunnableReason.empty()) text += "cannot run: " + e.notRunnableReason + "\n";
    text += signaturesText(*e.graph) + callsText(*e.graph);
    TextTable table({">#", "op", "dtype", "output", ">MACs", ">ops", ">params", ">weight bytes",
                     "weights", ">live bytes", "name"});
    for (const LayerEvaluation& l : e.layers)
        table.addRow({std::to_string(l.index), l.op, dataTypeName(l.type),
                      l.outputShapes.empty() ? "" : shapeText(l.outputShapes[0]), grouped(l.macs),
                      grouped(l.ops), grouped(l.params), grouped(l.weightBytes), l.weights,
                      grouped(l.liveBytes), l.name});
    return text + table.text();
}

Result<Output> inspect(const ModelFlags& model) {
    const auto graph = model.open();
    if (!graph) return tl::unexpected(graph.error());
    const auto evaluation = engine::evaluate(*graph, Variation{}, nullptr);
    if (!evaluation) return tl::unexpected(evaluation.error());
    return Output{inspectionJson(**evaluation), inspectionText(**evaluation)};
}

}  // namespace

void addInspect(CLI::App& app, Context& context) {
    auto model = std::make_shared<ModelFlags>();
    CLI::App* command = addCommand(app, context, "inspect", "Show what a model is and counts",
                                   [model] { return inspect(*model); });
    model->addTo(*command)->required();
}

}  // namespace app
