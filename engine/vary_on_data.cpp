// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/vary_on_data.h"

#include "data/overlap.h"
#include "engine/train_on_data.h"
#include "transform/apply.h"

namespace engine {

using namespace types;

namespace {

std::vector<uint64_t> hashesOf(const data::Dataset& dataset) {
    std::vector<uint64_t> hashes;
    for (const data::Sample& sample : dataset.samples)
        hashes.push_back(data::contentHash(sample));
    return hashes;
}

/// What was trained before, with the samples of `evaluation` that it did not learn from.
Result<VariedOnData> trainedBefore(const VariedOnData& done, const data::DatasetPtr& evaluation) {
    VariedOnData varied = done;
    varied.evaluation = evaluation;
    if (!evaluation || done.learned.empty()) return varied;
    const auto unseen = data::unseenBy(*evaluation, done.learned);
    if (unseen.size() == evaluation->samples.size()) return varied;
    if (unseen.empty())
        return fail("all its samples are among those that the model was trained on",
                    evaluation->name, "judge it on other data, or train it again");
    const auto seen = evaluation->samples.size() - unseen.size();
    varied.evaluation =
        std::make_shared<const data::Dataset>(data::select(*evaluation, unseen, ""));
    varied.changes.push_back(std::to_string(seen) +
                             " evaluation samples left out, which the model was trained on");
    return varied;
}

}  // namespace

Result<VariedOnData> varyOnData(const GraphPtr& graph, const Variation& variation,
                                const scoring::SampleSelection& data, const Work& work,
                                const TrainingControl& control) {
    if (control.done) {
        // The samples that are judged on do not depend on the knobs, nor on another training.
        const auto judged = scoring::chooseSamples(*graph, {}, data);
        if (!judged) return tl::unexpected(judged.error());
        return trainedBefore(*control.done, judged->evaluation);
    }
    const auto chosen = scoring::chooseSamples(*graph, variation, data);
    if (!chosen) return tl::unexpected(chosen.error());
    if (variation.train.isSet()) {
        auto trained = trainOnData(graph, variation, *chosen, control, work);
        if (trained) trained->learned = hashesOf(*chosen->learning);
        return trained;
    }
    auto varied = transform::apply(graph, variation, {chosen->calibration, work});
    if (!varied) return tl::unexpected(varied.error());
    return VariedOnData{std::move(varied->graph),
                        std::move(varied->changes),
                        chosen->calibration ? chosen->calibration->source : std::string(),
                        chosen->evaluation,
                        {},
                        {},
                        {}};
}

}  // namespace engine
