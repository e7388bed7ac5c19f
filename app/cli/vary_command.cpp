// SPDX-License-Identifier: GPL-3.0-or-later
// vary: writes the varied model.

#include "command_context.h"
#include "evaluation_run.h"
#include "json_output.h"
#include "mix_precisions_output.h"
#include "text_table.h"
#include "tflite/write.h"
#include "training_output.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

using namespace types;

struct VaryFlags {
    EvaluationRun model;
    std::string output, document;
};

std::string varyText(const Evaluation& e, const std::string& output) {
    const Totals& t = e.totals;
    std::string text = output + ": " + e.variation.label() + ", " + grouped(t.macs) + " MACs, " +
                       grouped(t.params) + " parameters, " + grouped(t.modelBytes) + " bytes, " +
                       arenaText(e) + "\n";
    text += compressedText(t) + trainingText(e) + precisionsText(e);
    for (const std::string& change : e.changes)
        text += "  " + change + "\n";
    if (!e.notRunnableReason.empty()) text += "  cannot run: " + e.notRunnableReason + "\n";
    return text;
}

Result<Output> vary(const VaryFlags& flags) {
    const auto evaluation = flags.model.run(true);
    if (!evaluation) return tl::unexpected(evaluation.error());
    const Evaluation& e = **evaluation;
    if (auto written = tflite::write(*e.graph, flags.output); !written)
        return tl::unexpected(written.error());
    if (!flags.document.empty())
        if (auto written = transform::writeVariationFile(e.mix ? e.mix->variation : e.variation,
                                                         flags.document);
            !written)
            return tl::unexpected(written.error());
    Output output;
    output.json = {
        {"macs", e.totals.macs},
        {"params", e.totals.params},
        {"flash_bytes", e.totals.modelBytes},
        {"compressed_bytes", *e.totals.compressedBytes},
        {"zero_weights", e.totals.zeroWeights},
        {"samples", e.samples},
        {"calibration_source", e.calibrationSource.empty() ? Json() : Json(e.calibrationSource)},
        {"runnable", e.notRunnableReason.empty()},
        {"not_runnable_reason", e.notRunnableReason.empty() ? Json() : Json(e.notRunnableReason)},
        {"changes", e.changes}};
    addComparison(output.json, e);
    addTraining(output.json, e);
    addPrecisions(output.json, e);
    addChosenSchedule(output.json, e);
    addKnown(output.json, "arena_bytes", e.plannedBytes(), e.tflmHost64.unknownReason);
    output.text = varyText(e, flags.output);
    return output;
}

}  // namespace

void addVary(CLI::App& app, Context& context) {
    auto flags = std::make_shared<VaryFlags>();
    CLI::App* command =
        addCommand(app, context, "vary", "Write a varied model", [flags] { return vary(*flags); });
    flags->model.addTo(*command)->required();
    flags->model.knobs.addTo(*command);
    command->add_option("--device", flags->model.device,
                        "Device id or device file that --quantize auto chooses precisions for");
    flags->model.reserves.addTo(*command);
    flags->model.data.addCalibrationTo(*command);
    flags->model.addSamplesTo(*command);
    flags->model.addTrainingTo(*command);
    command->add_option("-o,--output", flags->output, "The .tflite file to write")->required();
    command->add_option("--save-variation", flags->document,
                        "Also write the variation as JSON, for --variation");
}

}  // namespace app
