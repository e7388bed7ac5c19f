// SPDX-License-Identifier: GPL-3.0-or-later
#include "stored_model.h"

#include <algorithm>

#include "store/model_table.h"
#include "store/training_table.h"
#include "tflite/read.h"
#include "transform/document/variation_file.h"

namespace app {

using types::Result;

namespace {

/// A model that stands for another one gets its inputs, and is compared with its outputs. Another
/// input size also changes outputs.
bool standsFor(const types::Graph& original, const types::Graph& trained, bool isResized) {
    const auto same = [&](const std::vector<int32_t>& a, const std::vector<int32_t>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](int32_t one, int32_t other) {
            const types::Shape& first = original.tensor(one).shape;
            const types::Shape& second = trained.tensor(other).shape;
            return isResized ? first.size() == second.size() : first == second;
        });
    };
    return same(original.inputs, trained.inputs) && same(original.outputs, trained.outputs);
}

types::Error unfit(const store::ProjectFile& file) {
    return {"holds a trained model that is not one of its model", file.path().string(),
            "use a copy of the project from before"};
}

/// The graph of a trained model, with the operators from which its own came.
Result<types::GraphPtr> trainedGraph(const store::ProjectFile& file,
                                     const store::StoredTraining& training,
                                     const types::Graph& original, bool isResized) {
    const auto model = tflite::readBytes(training.model, original.name);
    if (!model) return tl::unexpected(model.error());
    const auto count = static_cast<int32_t>(original.ops.size());
    const bool areOrigins = std::ranges::all_of(
        training.origins, [&](int32_t origin) { return origin >= -1 && origin < count; });
    if (training.origins.size() != (*model)->ops.size() || !areOrigins ||
        !standsFor(original, **model, isResized))
        return tl::unexpected(unfit(file));
    types::Graph graph = **model;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        graph.ops[i].origin = training.origins[i];
    return std::make_shared<const types::Graph>(std::move(graph));
}

/// The model that training made, as it was; null: the variation was not trained.
Result<engine::VariedPtr> readTrained(const store::ProjectFile& file, int64_t id,
                                      const types::Variation& variation,
                                      const types::Graph& original) {
    auto stored = store::readTraining(file, id);
    if (!stored) return tl::unexpected(stored.error());
    if (!*stored) return nullptr;
    store::StoredTraining& training = **stored;
    const bool isResized = variation.inputSize.has_value();
    auto graph = trainedGraph(file, training, original, isResized);
    if (!graph) return tl::unexpected(graph.error());
    auto varied = std::make_shared<engine::VariedOnData>();
    varied->graph = std::move(*graph);
    varied->changes = std::move(training.changes);
    varied->calibrationSource = std::move(training.samples);
    varied->training = std::move(training.log);
    varied->learned = std::move(training.learned);
    if (training.original.empty()) return varied;
    const auto alike = tflite::readBytes(std::move(training.original), original.name);
    if (!alike) return tl::unexpected(alike.error());
    if (!standsFor(original, **alike, isResized)) return tl::unexpected(unfit(file));
    varied->trainedOriginal = *alike;
    return varied;
}

}  // namespace

Result<StoredModel> readStoredModel(const store::ProjectFile& file) {
    const auto models = store::listModels(file);
    if (!models) return tl::unexpected(models.error());
    if (models->empty()) return StoredModel{};
    const store::ModelEntry& entry = models->back();
    auto bytes = store::readModel(file, entry.id);
    if (!bytes) return tl::unexpected(bytes.error());
    auto graph = tflite::readBytes(std::move(*bytes), entry.name);
    if (!graph) return tl::unexpected(graph.error());
    StoredModel model{entry.id, *graph, entry.sha256, {}, {}};
    const auto variations = store::listVariations(file, entry.id);
    if (!variations) return tl::unexpected(variations.error());
    for (const store::VariationEntry& stored : *variations) {
        auto variation = transform::parseVariation(stored.knobs, stored.label);
        if (!variation) return tl::unexpected(variation.error());
        auto trained = readTrained(file, stored.id, *variation, *model.graph);
        if (!trained) return tl::unexpected(trained.error());
        model.variations.push_back(std::move(*variation));
        model.trained.push_back(std::move(*trained));
    }
    return model;
}

}  // namespace app
