// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/sample_selection.h"

#include <algorithm>

#include "data/overlap.h"
#include "data/sample_values.h"
#include "data/seeded_order.h"

namespace scoring {

using namespace types;

namespace {

data::DatasetPtr shared(data::Dataset dataset) {
    return std::make_shared<const data::Dataset>(std::move(dataset));
}

bool isLowered(Precision precision) {
    return precision != Precision::AsStored && precision != Precision::Float32;
}

}  // namespace

Result<calibration::RealInputsPtr> realInputs(const data::Dataset& dataset, const Graph& graph,
                                              size_t most) {
    if (graph.inputs.size() != 1)
        return fail(
            "data need a model with one input, this one has " + std::to_string(graph.inputs.size()),
            graph.name, "choose another model or leave the dataset out");
    const size_t count = std::min(most, dataset.samples.size());
    auto inputs = std::make_shared<calibration::RealInputs>();
    inputs->source = std::to_string(count) + " samples of " + dataset.name;
    for (size_t i = 0; i < count; ++i) {
        auto values = data::toReal(dataset.samples[i], graph.tensor(graph.inputs[0]));
        if (!values) return tl::unexpected(values.error());
        inputs->samples.push_back({std::move(*values)});
    }
    return inputs;
}

data::Dataset thinned(const data::Dataset& dataset, size_t most, uint64_t seed) {
    if (dataset.samples.size() <= most) return dataset;
    std::vector<int32_t> kept;
    for (size_t i : data::seededOrder(dataset.samples.size(), seed)) {
        if (kept.size() == most) break;
        kept.push_back(static_cast<int32_t>(i));
    }
    std::sort(kept.begin(), kept.end());
    return data::select(dataset, kept, "");
}

Tensor inputFor(const Graph& original, const Graph& varied) {
    Tensor input = original.tensor(original.inputs[0]);
    input.shape = varied.tensor(varied.inputs[0]).shape;
    return input;
}

bool learnsFromData(const Variation& asked) {
    const Variation variation = asked.normalized();
    const PruneKnobs& prune = variation.prune;
    const auto& layers = variation.layers;
    const bool recovers =
        (variation.removesChannels() || variation.dropsBlocks()) && prune.recover.value_or(true);
    const bool choosesByData =
        variation.prunesChannels() &&
        (!prune.measure || prune.measure == ImportanceMeasure::Sensitivity ||
         prune.measure == ImportanceMeasure::Similarity || (!prune.scope && prune.channels != 0));
    return variation.train.isSet() || isLowered(variation.quantize.precision) || recovers ||
           choosesByData || std::any_of(layers.begin(), layers.end(), [](const auto& layer) {
               return layer.second.precision && isLowered(*layer.second.precision);
           });
}

Result<ChosenSamples> chooseSamples(const Graph& graph, const Variation& variation,
                                    const SampleSelection& selection) {
    ChosenSamples chosen;
    chosen.evaluation = selection.dataset;
    const bool learns = learnsFromData(variation);
    data::DatasetPtr calibration =
        learns ? (selection.calibration ? selection.calibration : selection.dataset) : nullptr;
    const bool shares =
        calibration && selection.dataset &&
        (calibration == selection.dataset ||
         (!calibration->path.empty() && calibration->path == selection.dataset->path));
    if (shares || (selection.dataset && selection.evaluation == EvaluationSamples::TestPart)) {
        const auto parts = data::split(*selection.dataset, selection.shares, selection.splitSeed);
        if (!parts) return tl::unexpected(parts.error());
        chosen.evaluation = shared(data::select(*selection.dataset, parts->test, "test part"));
        if (shares)
            calibration =
                shared(data::select(*selection.dataset, parts->calibration, "calibration part"));
    }
    if (!calibration) return chosen;
    if (variation.train.isSet() && chosen.evaluation) {
        const auto unseen = data::unseenBy(*calibration, *chosen.evaluation);
        chosen.leftOut = static_cast<int32_t>(calibration->samples.size() - unseen.size());
        if (unseen.empty())
            return fail("all its samples are among those that judge the model", calibration->name,
                        "train on other data");
        if (chosen.leftOut > 0) calibration = shared(data::select(*calibration, unseen, ""));
    }
    chosen.learning = calibration;
    const auto most = static_cast<size_t>(std::max(selection.calibrationSamples, 1));
    auto inputs = realInputs(thinned(*calibration, most, selection.splitSeed), graph);
    if (!inputs) return tl::unexpected(inputs.error());
    chosen.calibration = std::move(*inputs);
    return chosen;
}

}  // namespace scoring
