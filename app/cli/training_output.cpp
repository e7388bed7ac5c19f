// SPDX-License-Identifier: GPL-3.0-or-later
#include "training_output.h"

#include <csignal>

#include "quality_output.h"
#include "types/number_text.h"

namespace app {

using namespace types;

namespace {

volatile std::sig_atomic_t g_interrupts = 0;

}  // namespace

void addTraining(Json& json, const Evaluation& e) {
    json["training"] = Json();
    if (!e.training) return;
    const Training& t = *e.training;
    json["training"] = {{"epochs", t.epochs},
                        {"seconds", t.seconds},
                        {"train_samples", t.trainSamples},
                        {"validation_samples", t.validationSamples},
                        {"loss", t.loss},
                        {"validation_loss", t.validationLoss},
                        {"accuracy", t.accuracy},
                        {"best_epoch", t.bestEpoch},
                        {"stopped", t.wasStopped},
                        {"rounding_epochs", t.roundingEpochs},
                        {"rounding_kept", t.keepsRounding},
                        {"original_epochs", t.originalEpochs},
                        {"original_seconds", t.originalSeconds},
                        {"memory_bytes", t.memoryBytes},
                        {"seed", t.seed}};
    json["trained_original_quality"] = toJson(e.trainedOriginalQuality);
}

std::string trainingText(const Evaluation& e) {
    if (!e.training) return {};
    const Training& t = *e.training;
    std::string text =
        "trained " + std::to_string(t.epochs) + " epochs in " + fixedText(t.seconds, 1) + " s on " +
        std::to_string(t.trainSamples) + " samples, epoch " + std::to_string(t.bestEpoch) +
        " chosen on " + std::to_string(t.validationSamples) + " others" +
        (t.roundingEpochs > 0
             ? ", the last " + std::to_string(t.roundingEpochs) + " with simulated rounding" +
                   (t.keepsRounding ? "" : ", which did not help")
             : "") +
        (t.wasStopped ? " (stopped)" : "") + ", in at most " + grouped((t.memoryBytes >> 20) + 1) +
        " MiB of memory\n";
    if (e.trainedOriginalQuality)
        text += "the original trained alike (" + std::to_string(t.originalEpochs) + " epochs in " +
                fixedText(t.originalSeconds, 1) +
                " s): " + qualityText(*e.trainedOriginalQuality, {});
    return text;
}

std::function<bool()> finishOnInterrupt() {
    std::signal(SIGINT, [](int) {
        g_interrupts = 1;
        std::signal(SIGINT, SIG_DFL);
    });
    return [] { return g_interrupts != 0; };
}

}  // namespace app
