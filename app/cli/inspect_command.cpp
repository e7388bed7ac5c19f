// SPDX-License-Identifier: GPL-3.0-or-later
// inspect: prints a model's inputs, outputs and the counts of each layer.

#include <algorithm>

#include "command_context.h"
#include "engine/describe_called.h"
#include "engine/evaluate.h"
#include "json_output.h"
#include "text_table.h"
#include "transform/channels/blocks.h"

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

/// The layers inside of control flow, CALL_ONCE and composites.
Json calledJson(const Graph& graph) {
    Json list = Json::array();
    for (const CalledSubgraph& called : engine::describeCalled(graph)) {
        Json callers = Json::array(), layers = Json::array();
        for (const SubgraphCaller& caller : called.callers)
            callers.push_back({{"subgraph", caller.subgraph},
                               {"layer", caller.layer},
                               {"op", caller.op},
                               {"counted", caller.counted}});
        for (const LayerEvaluation& layer : called.layers)
            layers.push_back(layerJson(layer));
        list.push_back({{"subgraph", called.index},
                        {"name", called.name},
                        {"called_by", std::move(callers)},
                        {"layers", std::move(layers)}});
    }
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
        {"signatures", signaturesJson(graph)},
        {"runnable", e.notRunnableReason.empty()},
        {"not_runnable_reason", e.notRunnableReason.empty() ? Json() : Json(e.notRunnableReason)},
        {"inputs", portsJson(graph, graph.inputs)},
        {"outputs", portsJson(graph, graph.outputs)}};
    json["totals"] = totalsJson(e);
    json["layers"] = Json::array();
    for (const LayerEvaluation& layer : e.layers)
        json["layers"].push_back(layerJson(layer));
    json["called_subgraphs"] = calledJson(graph);
    json["blocks"] = Json::array();
    for (const ModelBlock& block : transform::findBlocks(graph))
        json["blocks"].push_back({{"index", block.last},
                                  {"name", block.name},
                                  {"ops", block.ops},
                                  {"macs", block.macs},
                                  {"weight_bytes", block.weightBytes}});
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

/// "blocks that --drop-block can leave out: 3 (#1 CONV_2D to #3 ADD)"; empty without them.
std::string blocksText(const Graph& graph) {
    std::string text;
    for (const ModelBlock& block : transform::findBlocks(graph))
        text += (text.empty() ? "blocks that --drop-block can leave out: " : ", ") +
                std::to_string(block.last) + " (" + block.name + ")";
    return text.empty() ? text : text + "\n";
}

std::string layersText(const std::vector<LayerEvaluation>& layers) {
    TextTable table({">#", "op", "dtype", "output", ">MACs", ">ops", ">params", ">weight bytes",
                     "weights", ">live bytes", "name"});
    for (const LayerEvaluation& l : layers)
        table.addRow({std::to_string(l.index), l.op, dataTypeName(l.type),
                      l.outputShapes.empty() ? "" : shapeText(l.outputShapes[0]), grouped(l.macs),
                      grouped(l.ops), grouped(l.params), grouped(l.weightBytes), l.weights,
                      grouped(l.liveBytes), l.name});
    return table.text();
}

/// "subgraph 2 'body', called by #3 WHILE (counts one round of the body)" and its layers.
std::string calledText(const Graph& graph) {
    std::string text;
    for (const CalledSubgraph& called : engine::describeCalled(graph)) {
        text += "\nsubgraph " + std::to_string(called.index) +
                (called.name.empty() ? "" : " '" + called.name + "'") + ", called by";
        for (const SubgraphCaller& caller : called.callers)
            text += std::string(&caller == called.callers.data() ? " " : ", ") + caller.op +
                    (caller.subgraph ? " of subgraph " + std::to_string(caller.subgraph) : "") +
                    " (counted: " + caller.counted + ")";
        text += "\n" + layersText(called.layers);
    }
    return text;
}

std::string inspectionText(const Evaluation& e) {
    const Totals& t = e.totals;
    std::string text = e.graph->name + ": " + grouped(t.modelBytes) + " bytes, " + grouped(t.macs) +
                       " MACs, " + grouped(t.ops) + " ops, " + grouped(t.params) + " parameters, " +
                       arenaText(e) + (e.plannedBytes() ? " (planned as TFLM does)\n" : "\n");
    if (!e.notRunnableReason.empty()) text += "cannot run: " + e.notRunnableReason + "\n";
    text += signaturesText(*e.graph) + callsText(*e.graph) + blocksText(*e.graph);
    return text + layersText(e.layers) + calledText(*e.graph);
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
