// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/vary_on_data.h"

#include "data/overlap.h"
#include "engine/mix_precisions.h"
#include "engine/shared_original.h"
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

/// The knobs that act from quantization on.
Variation latePart(const Variation& variation) {
    Variation late;
    late.quantize = variation.quantize;
    late.compress = variation.compress;
    for (const auto& [index, layer] : variation.layers)
        if (layer.precision || layer.compression) {
            late.layers[index].precision = layer.precision;
            late.layers[index].compression = layer.compression;
        }
    return late;
}

Variation earlyPart(Variation variation) {
    variation.quantize = {};
    variation.compress = {};
    for (auto& [index, layer] : variation.layers) {
        layer.precision.reset();
        layer.compression.reset();
    }
    return variation.normalized();
}

/// Layers keep their names, and samples fit, between the two parts.
bool isDivisible(const Graph& graph, const Variation& variation) {
    return graph.subgraphCount == 1 && !variation.inputSize && !variation.dropsBlocks() &&
           variation.rewrite == RewriteKnobs();
}

/// The same as transform::apply(), but what variations of several precisions share is done once.
Result<transform::Varied> applyShared(const GraphPtr& graph, const Variation& variation,
                                      const calibration::RealInputsPtr& calibration,
                                      const Work& work, SharedOriginal* shared) {
    if (!shared || !isDivisible(*graph, variation))
        return transform::apply(graph, variation, {calibration, work, {}});
    auto early = shared->unquantized(graph, earlyPart(variation), calibration, work.part(0, 0.7));
    if (!early) return tl::unexpected(early.error());
    auto varied =
        transform::apply(early->graph, latePart(variation), {calibration, work.part(0.7, 1), {}});
    if (!varied) return varied;
    varied->changes.insert(varied->changes.begin(), early->changes.begin(), early->changes.end());
    return varied;
}

Result<VariedOnData> varyDecided(const GraphPtr& graph, const Variation& variation,
                                 const scoring::ChosenSamples& chosen, const Work& work,
                                 const TrainingControl& control, SharedOriginal* shared) {
    if (variation.train.isSet()) {
        auto trained = trainOnData(graph, variation, chosen, control, work);
        if (trained) trained->learned = hashesOf(*chosen.learning);
        return trained;
    }
    auto varied = applyShared(graph, variation, chosen.calibration, work, shared);
    if (!varied) return tl::unexpected(varied.error());
    return VariedOnData{std::move(varied->graph),
                        std::move(varied->changes),
                        chosen.calibration ? chosen.calibration->source : std::string(),
                        chosen.evaluation,
                        {},
                        {},
                        {}};
}

/// Rough share of the time that choosing precisions takes.
constexpr double kMixing = 0.6;

}  // namespace

Result<VariedOnData> varyOnData(const GraphPtr& graph, const Variation& asked,
                                const scoring::SampleSelection& data, const Work& work,
                                const TrainingControl& control, SharedOriginal* shared,
                                const DevicePtr& device) {
    Variation variation = asked;
    variation.schedule = {};  // it acts on no operator
    if (control.done) {
        // The samples that are judged on do not depend on the knobs, nor on another training.
        const auto judged = scoring::chooseSamples(*graph, {}, data);
        if (!judged) return tl::unexpected(judged.error());
        return trainedBefore(*control.done, judged->evaluation);
    }
    const auto chosen = shared ? shared->choose(*graph, variation, data)
                               : scoring::chooseSamples(*graph, variation, data);
    if (!chosen) return tl::unexpected(chosen.error());
    if (!variation.choosesPrecisions())
        return varyDecided(graph, variation, *chosen, work, control, shared);
    auto mix = mixPrecisions(graph, variation, chosen->calibration, device, work.part(0, kMixing));
    if (!mix) return tl::unexpected(mix.error());
    auto varied =
        varyDecided(graph, mix->variation, *chosen, work.part(kMixing, 1), control, shared);
    if (!varied) return varied;
    const auto sentences = sentencesOf(*mix);
    varied->changes.insert(varied->changes.end(), sentences.begin(), sentences.end());
    varied->mix = std::move(*mix);
    varied->mix->variation.schedule = asked.schedule;
    return varied;
}

}  // namespace engine
