// SPDX-License-Identifier: GPL-3.0-or-later
// evaluate: the verb, with all it finds out.

#include "engine/evaluate.h"

#include "command_context.h"
#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct EvaluateFlags {
    std::string path, device, dataset;
    VariationFlags knobs;
};

Json evaluationJson(const Evaluation& e) {
    Json totals = totalsJson(e);
    // Accuracy needs labelled data; agreement and SQNR compare with the original model.
    const auto& accuracy = e.totals.accuracy;
    totals["accuracy"] = accuracy ? Json(accuracy->value) : Json();
    totals["accuracy_low"] = accuracy ? Json(accuracy->low) : Json();
    totals["accuracy_high"] = accuracy ? Json(accuracy->high) : Json();
    totals["agreement"] = toJson(e.totals.agreement);
    totals["sqnr_db"] = toJson(e.totals.sqnrDb);
    Json json = {{"variation", e.variation.label()},
                 {"device", e.device ? Json(e.device->id) : Json()},
                 {"totals", std::move(totals)}};
    json["fits"] = {{"flash", e.flash ? toJson(*e.flash) : Json()},
                    {"sram", e.sram ? toJson(*e.sram) : Json()}};
    json["layers"] = layersJson(e);
    json["changes"] = e.changes;
    json["samples"] = e.samples;
    json["samples_source"] = e.samplesSource.empty() ? Json() : Json(e.samplesSource);
    json["labelled_samples"] = e.labelledSamples;
    json["dataset"] = e.labelledSource.empty() ? Json() : Json(e.labelledSource);
    json["not_runnable_reason"] = e.notRunnableReason.empty() ? Json() : Json(e.notRunnableReason);
    json["took_ms"] = e.tookMs;
    return json;
}

std::string deviceText(const Evaluation& e) {
    std::string text = e.device->name + ", " + e.device->runtime + ", " +
                       grouped(static_cast<int64_t>(e.device->clockMhz)) +
                       " MHz: " + timeText(e.totals.latencyUs) + ", " +
                       energyText(e.totals.energyUj) + " (predicted)\n";
    return text + budgetText("flash", *e.flash) + "\n" + budgetText("SRAM", *e.sram) + "\n";
}

std::string evaluationText(const Evaluation& e) {
    const Totals& t = e.totals;
    std::string text = e.graph->name + " " + e.variation.label() + ": " + grouped(t.macs) +
                       " MACs, " + grouped(t.params) + " parameters, " + grouped(t.modelBytes) +
                       " bytes, arena " + grouped(t.arenaBytes) + " bytes\n";
    if (e.device) text += deviceText(e);
    if (t.accuracy) {
        char line[128];
        std::snprintf(line, sizeof line, "accuracy %.1f %% (%.1f to %.1f) on %d samples of %s\n",
                      100 * t.accuracy->value, 100 * t.accuracy->low, 100 * t.accuracy->high,
                      e.labelledSamples, e.labelledSource.c_str());
        text += line;
    }
    if (t.sqnrDb) {
        char line[96];
        std::snprintf(line, sizeof line, "SQNR against the original %.1f dB (%s)\n", *t.sqnrDb,
                      e.samplesSource.c_str());
        text += line;
    }
    if (!e.notRunnableReason.empty()) text += "cannot run: " + e.notRunnableReason + "\n";
    TextTable table({">#", "op", "output", ">MACs", ">latency", ">energy", "cost from"});
    for (const LayerEvaluation& l : e.layers)
        table.addRow({std::to_string(l.index), l.op,
                      l.outputShapes.empty() ? "" : shapeText(l.outputShapes[0]), grouped(l.macs),
                      timeText(l.latencyUs), energyText(l.energyUj), l.costSource});
    return text + table.text();
}

Result<Output> evaluateModel(const EvaluateFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    engine::EvaluateOptions options;
    if (!flags.dataset.empty()) {
        auto dataset = data::readDataset(flags.dataset);
        if (!dataset) return tl::unexpected(dataset.error());
        options.dataset = std::make_shared<const data::Dataset>(std::move(*dataset));
    }
    const auto evaluation = engine::evaluate(*graph, flags.knobs.variation, *device, options);
    if (!evaluation) return tl::unexpected(evaluation.error());
    return Output{evaluationJson(**evaluation), evaluationText(**evaluation)};
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto flags = std::make_shared<EvaluateFlags>();
    CLI::App* command = addCommand(app, context, "evaluate", "Vary, plan, run and cost a model",
                                   [flags] { return evaluateModel(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    flags->knobs.addTo(*command);
    command->add_option("--device", flags->device, "Device id or device file");
    command->add_option("--dataset", flags->dataset, "Labelled data for the accuracy");
}

}  // namespace app
