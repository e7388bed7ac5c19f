// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training_parts.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "data/split.h"
#include "learning/network.h"
#include "scoring/score.h"

namespace engine {
namespace {

using namespace types;
using learning::LossKind;

constexpr size_t kFewest = 20;  ///< learning samples
constexpr double kValidationShare = 0.15;
/// Enough to tell epochs apart; they are judged after each.
constexpr double kMostValidated = 1500;
constexpr uint64_t kSplitSeed = 1;

Result<Lesson> lessonOf(const Graph& graph, const data::Dataset& dataset) {
    const auto task = scoring::taskOf(graph, dataset);
    if (!task) return tl::unexpected(task.error());
    const bool endsInSoftmax = learning::scoreTensors(graph) != graph.outputs;
    const bool areShares = !graph.ops.empty() && graph.ops.back().kind == OpKind::LOGISTIC;
    Lesson lesson;
    lesson.outputs = static_cast<int32_t>(elementCount(graph.tensor(graph.outputs[0]).shape));
    const bool chooses = *task == scoring::Task::Classification && lesson.outputs > 1 && !areShares;
    if (chooses || (*task == scoring::Task::None && endsInSoftmax)) lesson.kind = LossKind::Choice;
    lesson.reconstructs = *task == scoring::Task::Anomaly || *task == scoring::Task::Reconstruction;
    lesson.isKnown = *task != scoring::Task::None;
    return lesson;
}

/// Anomalies are not to be reconstructed.
data::Dataset normalOf(const data::Dataset& dataset) {
    std::vector<int32_t> normal;
    for (size_t i = 0; i < dataset.samples.size(); ++i)
        if (dataset.samples[i].label <= 0) normal.push_back(static_cast<int32_t>(i));
    return data::select(dataset, normal, "");
}

Result<void> checkLearning(const data::Dataset& dataset, const Lesson& lesson) {
    if (dataset.samples.size() < kFewest)
        return fail("too few samples to train (" + std::to_string(dataset.samples.size()) + ")",
                    dataset.name, "give " + std::to_string(kFewest) + " at least");
    std::set<int32_t> labels;
    for (const data::Sample& sample : dataset.samples) {
        labels.insert(sample.label);
        if (std::any_of(sample.target.begin(), sample.target.end(),
                        [](float value) { return !std::isfinite(value); }))
            return fail("has a target that is no number (NaN or infinite)", sample.name,
                        "mend it or leave the sample out");
        if (lesson.kind == LossKind::Choice && sample.label >= lesson.outputs)
            return fail("has label " + std::to_string(sample.label) + ", the model " +
                            std::to_string(lesson.outputs) + " outputs",
                        sample.name, "mend the label or choose the dataset of the model");
    }
    labels.erase(-1);
    const bool isChoice = lesson.isKnown && !lesson.reconstructs && dataset.labelled();
    if (isChoice && labels.size() == 1)
        return fail("all samples are of one class (" + std::to_string(*labels.begin()) + ")",
                    dataset.name, "give samples of the other classes, too");
    return {};
}

}  // namespace

Result<TrainingParts> trainingParts(const Graph& graph, const scoring::ChosenSamples& chosen) {
    if (!chosen.learning)
        return fail("training needs data", graph.name,
                    "name them by --calibration or --dataset, or choose them in the window");
    const auto lesson = lessonOf(graph, *chosen.learning);
    if (!lesson) return tl::unexpected(lesson.error());
    TrainingParts parts;
    parts.lesson = *lesson;
    const data::Dataset usable =
        lesson->reconstructs ? normalOf(*chosen.learning) : *chosen.learning;
    if (auto sound = checkLearning(usable, *lesson); !sound) return tl::unexpected(sound.error());
    const double validated =
        std::min(kValidationShare, kMostValidated / static_cast<double>(usable.samples.size()));
    const data::Shares shares{1 - validated, validated, 0};
    const auto split = data::split(usable, shares, kSplitSeed);
    if (!split) return tl::unexpected(split.error());
    parts.train = data::select(usable, split->train, "training part");
    parts.validation = data::select(usable, split->calibration, "validation part");
    if (lesson->isKnown && lesson->kind == LossKind::Choice) {
        std::vector<int32_t> labels;
        for (const data::Sample& sample : parts.train.samples)
            labels.push_back(sample.label);
        parts.classWeights = learning::classWeights(labels, lesson->outputs);
    }
    return parts;
}

}  // namespace engine
