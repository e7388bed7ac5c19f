// SPDX-License-Identifier: GPL-3.0-or-later
// evaluate: prints a complete evaluation.

#include "evaluation_run.h"
#include "json_output.h"
#include "mix_precisions_output.h"
#include "quality_output.h"
#include "schedule_output.h"
#include "text_table.h"
#include "training_output.h"

namespace app {
namespace {

using namespace types;

Json evaluationJson(const Evaluation& e) {
    Json totals = totalsJson(e);
    // Accuracy needs labelled data; agreement and SQNR compare with the original model.
    const auto& accuracy = e.totals.accuracy;
    totals["accuracy"] = accuracy ? Json(accuracy->value) : Json();
    totals["accuracy_low"] = accuracy ? Json(accuracy->low) : Json();
    totals["accuracy_high"] = accuracy ? Json(accuracy->high) : Json();
    addComparison(totals, e);
    Json json = {{"variation", e.variation.label()},
                 {"device", e.device ? Json(e.device->id) : Json()},
                 {"verdict", toJson(modelVerdict(e))},
                 {"totals", std::move(totals)}};
    json["fits"] = {{"flash", e.flash ? toJson(*e.flash) : Json()},
                    {"sram", e.sram ? toJson(*e.sram) : Json()}};
    json["layers"] = layersJson(e);
    json["changes"] = e.changes;
    json["samples"] = e.samples;
    json["samples_source"] = e.samplesSource.empty() ? Json() : Json(e.samplesSource);
    json["calibration_source"] = e.calibrationSource.empty() ? Json() : Json(e.calibrationSource);
    json["labelled_samples"] = e.labelledSamples;
    json["dataset"] = e.labelledSource.empty() ? Json() : Json(e.labelledSource);
    json["quality"] = toJson(e.quality);
    json["original_quality"] = toJson(e.originalQuality);
    addTraining(json, e);
    addPrecisions(json, e);
    addChosenSchedule(json, e);
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

/// Difference of the outputs from the original model's.
std::string comparisonText(const Evaluation& e) {
    std::string text;
    if (e.totals.agreement)
        text +=
            "agrees with the original on " + percentText(100 * *e.totals.agreement, "%.1f") + ", ";
    if (e.totals.sqnrDb) {
        text += "SQNR against it " + fixedText(*e.totals.sqnrDb, 1) + " dB";
    } else if (e.samples > 0) {
        text += "outputs equal to the original's";
    }
    if (!text.empty()) text += " (" + e.samplesSource + ")\n";
    if (!e.calibrationSource.empty()) text += "learned from " + e.calibrationSource + "\n";
    return text;
}

std::string evaluationText(const Evaluation& e) {
    const Totals& t = e.totals;
    std::string text = modelVerdict(e).sentence() + "\n\n" + e.graph->name + " " +
                       e.variation.label() + ": " + grouped(t.macs) +
                       " MACs, " + grouped(t.params) + " parameters, " + grouped(t.modelBytes) +
                       " bytes, " + arenaText(e) + "\n";
    text += compressedText(t) + scheduleText(e);
    if (e.device) text += deviceText(e);
    if (e.quality) text += qualityText(*e.quality, e.originalQuality);
    text += trainingText(e) + precisionsText(e);
    text += comparisonText(e);
    if (!e.notRunnableReason.empty()) text += "cannot run: " + e.notRunnableReason + "\n";
    TextTable table({">#", "op", "output", ">MACs", ">latency", ">energy", "cost from"});
    for (const LayerEvaluation& l : e.layers)
        table.addRow({std::to_string(l.index), l.op,
                      l.outputShapes.empty() ? "" : shapeText(l.outputShapes[0]), grouped(l.macs),
                      timeText(l.latencyUs), energyText(l.energyUj), l.costSource});
    return text + table.text();
}

Result<Output> evaluateModel(const EvaluationRun& model) {
    const auto evaluation = model.run(true);
    if (!evaluation) return tl::unexpected(evaluation.error());
    return Output{evaluationJson(**evaluation), evaluationText(**evaluation)};
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto flags = std::make_shared<EvaluationRun>();
    CLI::App* command = addCommand(app, context, "evaluate", "Vary, plan, run and cost a model",
                                   [flags] { return evaluateModel(*flags); });
    flags->addTo(*command)->required();
    flags->knobs.addTo(*command);
    command->add_option("--device", flags->device, "Device id or device file");
    flags->reserves.addTo(*command);
    flags->data.addTo(*command);
    flags->addSamplesTo(*command);
    flags->addTrainingTo(*command);
}

}  // namespace app
