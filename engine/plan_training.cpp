// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan_training.h"

#include <algorithm>
#include <cmath>

#include "data/sample_values.h"
#include "data/seeded_order.h"
#include "data/split.h"
#include "engine/learning_set.h"
#include "engine/training_parts.h"
#include "learning/augmentation.h"
#include "learning/network.h"
#include "quantize/float_model.h"
#include "types/number_text.h"

namespace engine {
namespace {

using namespace types;
using learning::AugmentationPlan;

TrainingPart partOf(const data::Dataset& dataset) {
    TrainingPart part;
    part.samples = static_cast<int32_t>(dataset.samples.size());
    part.groups = static_cast<int32_t>(data::unitCount(dataset));
    if (!dataset.labelled()) return part;
    part.byClass.resize(static_cast<size_t>(dataset.classes));
    for (const data::Sample& sample : dataset.samples)
        if (sample.label >= 0) ++part.byClass[static_cast<size_t>(sample.label)];
    return part;
}

int64_t bytesOf(const data::Dataset& dataset) {
    int64_t bytes = 0;
    for (const data::Sample& sample : dataset.samples)
        bytes += static_cast<int64_t>(sample.bytes.size());
    return bytes;
}

/// Of the student and its teacher with a batch of `batch`: both have activations; the student also
/// gradients of them, and of its parameters the gradients of several workers, the averaged and the
/// best values, and the two moments of Adam.
int64_t networkBytesOf(const Graph& graph, int64_t batch) {
    int64_t activations = 0, parameters = 0;
    for (size_t i = 0; i < graph.tensors.size(); ++i) {
        const int64_t elements = elementCount(graph.tensors[i].shape);
        (graph.isConstant(static_cast<int32_t>(i)) ? parameters : activations) += elements;
    }
    constexpr int64_t kOfActivations = 3, kOfParameters = 10, kFloat = sizeof(float);
    return kFloat * (kOfActivations * batch * activations + kOfParameters * parameters);
}

AugmentationPlan augmentationOf(const Graph& graph, const TrainKnobs& knobs,
                                const data::Dataset& train) {
    const bool arePixels = train.samples[0].content == data::Content::Pixels;
    return learning::augmentationFor(graph.tensor(graph.inputs[0]).shape, arePixels, knobs.augment,
                                     knobs.flip);
}

Result<void> checkMemory(const TrainingPlan& plan, const Graph& graph) {
    if (plan.bytes() <= kTrainingMemory) return {};
    const auto mebibytes = [](int64_t bytes) { return grouped(bytes >> 20) + " MiB"; };
    return fail("training needs " + mebibytes(plan.bytes()) + " of memory (samples " +
                    mebibytes(plan.dataBytes + plan.keptBytes) + ", network " +
                    mebibytes(plan.networkBytes) + "), more than " + mebibytes(kTrainingMemory),
                graph.name, "give fewer or smaller samples, or a smaller model");
}

struct Learning {
    scoring::ChosenSamples chosen;
    TrainingParts parts;
};

Result<Learning> learningOf(const GraphPtr& graph, const Variation& variation,
                            const scoring::SampleSelection& selection) {
    Variation trained = variation;
    if (!trained.train.isSet()) trained.train.epochs = 1;
    auto chosen = scoring::chooseSamples(*graph, trained, selection);
    if (!chosen) return tl::unexpected(chosen.error());
    auto parts = trainingParts(*graph, *chosen);
    if (!parts) return tl::unexpected(parts.error());
    return Learning{std::move(*chosen), std::move(*parts)};
}

/// Draws until the step changes the sample: a mask may be empty.
void applyStep(AugmentationPlan plan, AugmentationStep step, std::span<const float> other,
               learning::Random random, std::vector<float>& values) {
    plan.only = step;
    const std::vector<float> before = values;
    constexpr int kTries = 16;
    for (int i = 0; i < kTries && values == before; ++i) {
        if (step == AugmentationStep::Mixture)
            learning::mixIn(plan, random, values, other);
        else
            learning::augment(plan, random, values);
    }
}

Result<std::vector<std::vector<float>>> valuesOf(const data::Dataset& dataset,
                                                 const std::vector<size_t>& samples,
                                                 const Tensor& input) {
    std::vector<std::vector<float>> values;
    for (const size_t i : samples) {
        auto real = data::toReal(dataset.samples[i], input);
        if (!real) return tl::unexpected(real.error());
        values.push_back(std::move(*real));
    }
    return values;
}

void setRange(AugmentationPlan& plan, const std::vector<std::vector<float>>& samples) {
    plan.low = INFINITY, plan.high = -INFINITY;
    for (const std::vector<float>& sample : samples)
        for (const float value : sample) {
            plan.low = std::min(plan.low, value);
            plan.high = std::max(plan.high, value);
        }
}

}  // namespace

Result<TrainingPlan> planOf(const Graph& graph, const Variation& variation,
                            const scoring::ChosenSamples& chosen, const TrainingParts& parts) {
    TrainingPlan plan;
    plan.train = partOf(parts.train);
    plan.validation = partOf(parts.validation);
    plan.classNames = parts.train.classNames;
    plan.weighsClasses = std::any_of(parts.classWeights.begin(), parts.classWeights.end(),
                                     [](float weight) { return weight != 1; });
    plan.leftOut = chosen.leftOut;
    plan.dataBytes = bytesOf(parts.train) + bytesOf(parts.validation);
    if (chosen.evaluation) {
        plan.test = partOf(*chosen.evaluation);
        plan.dataBytes += bytesOf(*chosen.evaluation);
    }
    const AugmentationPlan augmentation = augmentationOf(graph, variation.train, parts.train);
    plan.augment = augmentation.kind;
    plan.flips = augmentation.flips;
    const auto sampleBytes =
        static_cast<int64_t>(sizeof(float)) * elementCount(graph.tensor(graph.inputs[0]).shape);
    for (const TrainingPart* part : {&plan.train, &plan.validation}) {
        const int64_t bytes = sampleBytes * part->samples;
        if (bytes <= static_cast<int64_t>(kSampleMemory)) plan.keptBytes += bytes;
    }
    plan.networkBytes = networkBytesOf(graph, learning::NetworkOptions().batch);
    if (auto fits = checkMemory(plan, graph); !fits) return tl::unexpected(fits.error());
    return plan;
}

Result<TrainingPlan> planTraining(const GraphPtr& graph, const Variation& variation,
                                  const scoring::SampleSelection& selection) {
    const auto learning = learningOf(graph, variation, selection);
    if (!learning) return tl::unexpected(learning.error());
    auto plan = planOf(*graph, variation, learning->chosen, learning->parts);
    if (!plan) return plan;
    learning::NetworkOptions options;
    options.batch = 1;
    options.threads = 1;
    const Graph floats = quantize::toFloat(*graph).graph;
    const auto network = learning::Network::build(floats, options);
    if (!network) return tl::unexpected(network.error());
    for (const learning::FrozenOp& frozen : network->frozen())
        plan->frozen.push_back(opLabel(floats, frozen.op) + ": " + frozen.why);
    return plan;
}

Result<std::vector<AugmentedSample>> augmentedSamples(const GraphPtr& graph,
                                                      const Variation& variation,
                                                      const scoring::SampleSelection& selection,
                                                      size_t count) {
    const auto learning = learningOf(graph, variation, selection);
    if (!learning) return tl::unexpected(learning.error());
    const data::Dataset& train = learning->parts.train;
    AugmentationPlan plan = augmentationOf(*graph, variation.train, train);
    const std::vector<AugmentationStep> steps = learning::stepsOf(plan);
    std::vector<AugmentedSample> shown;
    if (steps.empty()) return shown;
    const auto seed = static_cast<uint64_t>(variation.train.seed);
    std::vector<size_t> order = data::seededOrder(train.samples.size(), seed);
    // The trainer takes the range from as many samples.
    constexpr size_t kRanged = 256;
    order.resize(std::min(order.size(), kRanged));
    const auto values = valuesOf(train, order, graph->tensor(graph->inputs[0]));
    if (!values) return tl::unexpected(values.error());
    setRange(plan, *values);
    for (size_t i = 0; i < std::min(count, order.size()); ++i) {
        AugmentedSample sample{train.samples[order[i]].name,
                               plan.height,
                               plan.width,
                               plan.channels,
                               plan.low,
                               plan.high,
                               (*values)[i],
                               {}};
        for (const AugmentationStep step : steps) {
            sample.changes.push_back({step, sample.before});
            const learning::Random random{seed, i, static_cast<uint64_t>(step)};
            applyStep(plan, step, (*values)[(i + 1) % order.size()], random,
                      sample.changes.back().values);
        }
        shown.push_back(std::move(sample));
    }
    return shown;
}

}  // namespace engine
