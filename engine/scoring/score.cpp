// SPDX-License-Identifier: GPL-3.0-or-later
#include "scoring/score.h"

#include <algorithm>
#include <map>

#include "metrics/classification.h"
#include "metrics/intervals.h"
#include "metrics/roc.h"

namespace scoring {
namespace {

using namespace types;

std::string text(int64_t number) {
    return std::to_string(number);
}

Result<Task> checkTargets(const data::Dataset& dataset, int64_t outputs) {
    for (const data::Sample& sample : dataset.samples)
        if (static_cast<int64_t>(sample.target.size()) != outputs)
            return fail("has " + text(static_cast<int64_t>(sample.target.size())) +
                            " target values, the model " + text(outputs) + " outputs",
                        sample.name, "choose the dataset that belongs to the model");
    return Task::Regression;
}

Result<Task> checkClasses(const data::Dataset& dataset, int64_t outputs) {
    // A single output distinguishes two classes. Where the data do not state the number of classes,
    // the last ones may have no samples.
    const int64_t classes = outputs == 1 ? 2 : outputs;
    const bool fits =
        dataset.classesStated ? dataset.classes == classes : dataset.classes <= classes;
    if (!fits)
        return fail("the data have " + text(dataset.classes) + " classes, the model " +
                        text(outputs) + " outputs",
                    dataset.name, "choose the dataset that belongs to the model");
    for (const data::Sample& sample : dataset.samples)
        if (sample.label < 0)
            return fail("has no label where others have", sample.name, "label it or remove it");
    return Task::Classification;
}

std::vector<int32_t> labelsOf(const data::Dataset& dataset) {
    std::vector<int32_t> labels;
    for (const data::Sample& sample : dataset.samples)
        labels.push_back(sample.label);
    return labels;
}

Quality scoreClasses(const data::Dataset& dataset, const ModelOutputs& outputs) {
    auto first = outputs.outputs;
    for (auto& values : first)
        values.resize(outputs.firstSize);
    const auto classes = static_cast<int32_t>(std::max<size_t>(outputs.firstSize, 2));
    return metrics::classify(first, labelsOf(dataset), classes, dataset.classNames);
}

Quality scoreErrors(const std::vector<double>& errors) {
    Quality quality;
    quality.samples = static_cast<int32_t>(errors.size());
    quality.meanSquaredError = metrics::meanOf(errors);
    return quality;
}

/// Mean reconstruction error of every file, by label.
Quality scoreAnomalies(const data::Dataset& dataset, const ModelOutputs& outputs) {
    struct File {
        int32_t label = 0, windows = 0;
        double sum = 0;
    };
    std::map<int32_t, File> files;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const data::Sample& sample = dataset.samples[i];
        // A sample without a group is a file of its own.
        const auto alone = dataset.groups + static_cast<int32_t>(i);
        File& file = files[sample.group >= 0 ? sample.group : alone];
        file.label = sample.label;
        file.sum += outputs.reconstructionErrors[i];
        ++file.windows;
    }
    std::vector<double> scores[2], errors;
    for (const auto& [key, file] : files) {
        errors.push_back(file.sum / file.windows);
        scores[file.label > 0 ? 1 : 0].push_back(errors.back());
    }
    Quality quality = scoreErrors(errors);
    quality.auc = metrics::areaUnderRoc(scores[0], scores[1]);
    return quality;
}

std::vector<double> targetErrors(const data::Dataset& dataset, const ModelOutputs& outputs) {
    std::vector<double> errors;
    for (size_t i = 0; i < outputs.size(); ++i) {
        const auto& target = dataset.samples[i].target;
        double sum = 0;
        for (size_t k = 0; k < target.size(); ++k)
            sum += (double{outputs.outputs[i][k]} - target[k]) *
                   (double{outputs.outputs[i][k]} - target[k]);
        errors.push_back(sum / static_cast<double>(target.size()));
    }
    return errors;
}

std::optional<Quality> scoreTask(Task task, const data::Dataset& dataset,
                                 const ModelOutputs& outputs) {
    switch (task) {
        case Task::Classification:
            return scoreClasses(dataset, outputs);
        case Task::Anomaly:
            return scoreAnomalies(dataset, outputs);
        case Task::Regression:
            return scoreErrors(targetErrors(dataset, outputs));
        case Task::Reconstruction:
            return scoreErrors(outputs.reconstructionErrors);
        case Task::None:
            break;
    }
    return std::nullopt;
}

}  // namespace

Result<Task> taskOf(const Graph& graph, const data::Dataset& dataset) {
    if (graph.inputs.size() != 1 || graph.outputs.empty() || dataset.samples.empty())
        return fail("data need a model with one input", graph.name,
                    "choose another model or leave the dataset out");
    const int64_t outputs = graph.tensor(graph.outputs[0]).elements();
    if (!dataset.samples.front().target.empty()) return checkTargets(dataset, outputs);
    const bool reconstructs = isAutoencoder(graph) && outputs > 2;
    if (!dataset.labelled()) return reconstructs ? Task::Reconstruction : Task::None;
    if (dataset.classes <= 2 && reconstructs) return Task::Anomaly;
    return checkClasses(dataset, outputs);
}

std::optional<Quality> score(Task task, const data::Dataset& dataset, const ModelOutputs& outputs) {
    if (outputs.outputs.empty()) return std::nullopt;
    auto quality = scoreTask(task, dataset, outputs);
    if (quality)
        quality->source = std::to_string(quality->samples) +
                          (dataset.groups > 0 ? " files of " : " samples of ") + dataset.name;
    return quality;
}

}  // namespace scoring
