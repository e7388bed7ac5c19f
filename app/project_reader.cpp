// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QTemporaryDir>
#include <algorithm>

#include "app/project.h"
#include "cost/device_file.h"
#include "store/mark_table.h"
#include "store/model_table.h"
#include "store/session_table.h"
#include "store/training_table.h"
#include "store/workspace_table.h"
#include "tflite/read.h"
#include "transform/document/variation_file.h"

namespace app {

using types::Result;

namespace {

namespace fs = std::filesystem;

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

Result<void> readMarksInto(Project& project, const store::ProjectFile& file, int64_t model) {
    const auto entries = store::listMarks(file, model);
    if (!entries) return tl::unexpected(entries.error());
    for (const store::MarkEntry& entry : *entries) {
        const auto variation = transform::parseVariation(entry.knobs, entry.name);
        if (!variation) return tl::unexpected(variation.error());
        project.marks.emplace_back(
            variation->normalized(),
            views::Marks{QString::fromStdString(entry.name), QString::fromStdString(entry.note),
                         entry.isStarred, entry.isDeleted});
    }
    return {};
}

/// Opens the model that was stored last.
Result<void> readModelInto(Project& project, const store::ProjectFile& file) {
    const auto models = store::listModels(file);
    if (!models) return tl::unexpected(models.error());
    if (models->empty()) return {};
    const store::ModelEntry& entry = models->back();
    auto bytes = store::readModel(file, entry.id);
    if (!bytes) return tl::unexpected(bytes.error());
    auto graph = tflite::readBytes(std::move(*bytes), entry.name);
    if (!graph) return tl::unexpected(graph.error());
    project.graph = *graph;
    const auto variations = store::listVariations(file, entry.id);
    if (!variations) return tl::unexpected(variations.error());
    for (const store::VariationEntry& stored : *variations) {
        auto variation = transform::parseVariation(stored.knobs, stored.label);
        if (!variation) return tl::unexpected(variation.error());
        auto trained = readTrained(file, stored.id, *variation, *project.graph);
        if (!trained) return tl::unexpected(trained.error());
        project.variations.push_back(std::move(*variation));
        project.trained.push_back(std::move(*trained));
    }
    return readMarksInto(project, file, entry.id);
}

Result<void> readSessionsInto(Project& project, const store::ProjectFile& file) {
    const auto entries = store::listSessions(file);
    if (!entries) return tl::unexpected(entries.error());
    for (const store::SessionEntry& entry : *entries) {
        auto session = store::readSession(file, entry.id);
        if (!session) return tl::unexpected(session.error());
        project.sessions.push_back(std::make_shared<const types::Session>(std::move(*session)));
    }
    return {};
}

/// Layers that the model does not have are left out.
void readLayersInto(Workspace& shown, const store::StoredWorkspace& stored,
                    const types::GraphPtr& graph) {
    const auto count = graph ? static_cast<int32_t>(graph->ops.size()) : 0;
    for (const int32_t layer : stored.layers)
        if (layer >= 0 && layer < count) shown.layers.push_back(layer);
    const bool isPicked = std::ranges::binary_search(shown.layers, stored.layer);
    shown.layer = isPicked ? stored.layer : shown.layers.empty() ? -1 : shown.layers.back();
}

Result<void> readWorkspaceInto(Project& project, const store::ProjectFile& file) {
    const auto stored = store::readWorkspace(file);
    if (!stored) return tl::unexpected(stored.error());
    if (!*stored) return {};
    const store::StoredWorkspace& row = **stored;
    const auto knobs = transform::parseVariation(row.knobs, file.path().string());
    if (!knobs) return tl::unexpected(knobs.error());
    Workspace shown{*knobs, row.showsTrained, row.modelPath, row.board,
                    {},     row.dataPath,     row.duty,      row.page};
    // A board that cannot be read is one that is not known here: it can be chosen anew.
    if (auto board = cost::parseDevice(row.boardProfile, row.board); board)
        shown.ownBoard = std::make_shared<const types::DeviceProfile>(std::move(*board));
    readLayersInto(shown, row, project.graph);
    project.workspace = std::move(shown);
    project.savedAs = row.savedAs;
    project.isUnsaved = row.isUnsaved;
    return {};
}

Result<Project> readFrom(const fs::path& path) {
    const auto file = store::ProjectFile::open(path);
    if (!file) return tl::unexpected(file.error());
    Project project;
    for (const auto part : {&readModelInto, &readSessionsInto, &readWorkspaceInto})
        if (auto read = part(project, *file); !read) return tl::unexpected(read.error());
    return project;
}

/// Reading may migrate the file, and SQLite puts files beside it.
bool mayBeWritten(const fs::path& path) {
    std::error_code ignored;
    const fs::path folder = fs::absolute(path, ignored).parent_path();
    return access(path.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK) == 0;
}

}  // namespace

Result<Project> readProject(const fs::path& path) {
    std::error_code problem;
    if (!fs::is_regular_file(path, problem) || mayBeWritten(path)) return readFrom(path);
    const QTemporaryDir folder;
    const fs::path copy = folder.filePath("copy.netcaliper").toStdString();
    fs::copy_file(path, copy, problem);
    if (problem)
        return types::fail("cannot be read: " + problem.message(), path.string(),
                           "look at its permissions and the space for temporary files");
    fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, problem);
    const fs::path log = fs::path(path) += "-wal";
    if (fs::exists(log, problem)) fs::copy_file(log, fs::path(copy) += "-wal", problem);
    auto project = readFrom(copy);
    if (!project && project.error().where == copy.string())
        return types::fail(project.error().what, path.string(), project.error().remedy);
    return project;
}

}  // namespace app
