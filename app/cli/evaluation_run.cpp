// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation_run.h"

#include "progress_line.h"
#include "training_output.h"

namespace app {

using namespace types;

void EvaluationRun::addSamplesTo(CLI::App& command) {
    command
        .add_option("--samples", samples,
                    "Random inputs on which the outputs are compared with the original's, where no "
                    "data are given; 0 skips the comparison")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
}

void EvaluationRun::addTrainingTo(CLI::App& command) {
    command.add_option("--train-state", trainState,
                       "Keep the states of the trainings in FILE.original, FILE.varied and so on, and "
                       "go on from them");
}

Result<EvaluationInput> EvaluationRun::read() const {
    const auto profile = findDevice(device);
    if (!profile) return tl::unexpected(profile.error());
    const auto graph = open();
    if (!graph) return tl::unexpected(graph.error());
    const auto variation = knobs.read();
    if (!variation) return tl::unexpected(variation.error());
    auto use = data.read();
    if (!use) return tl::unexpected(use.error());
    EvaluationInput input{*graph, *variation, reserves.applied(*profile), {}};
    input.options.data = std::move(*use);
    input.options.samples = samples;
    input.options.training.state = trainState;
    return input;
}

Result<EvaluationPtr> EvaluationRun::run(bool compress) const {
    auto input = read();
    if (!input) return tl::unexpected(input.error());
    input->options.compress = compress;
    if (input->variation.train.isSet()) input->options.training.isFinishAsked = finishOnInterrupt();
    ProgressLine line;
    return engine::evaluate(input->graph, input->variation, input->device, input->options,
                            line.work());
}

}  // namespace app
