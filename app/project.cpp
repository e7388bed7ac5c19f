// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project.h"

#include "store/evaluation_table.h"
#include "store/mark_table.h"
#include "store/model_table.h"
#include "store/session_table.h"
#include "store/training_table.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace app {

using types::Result;

namespace {

/// The model that training made, as it was; null: the variation was not trained.
Result<engine::VariedPtr> readTrained(const store::ProjectFile& file, int64_t variation,
                                      const std::string& name) {
    auto stored = store::readTraining(file, variation);
    if (!stored) return tl::unexpected(stored.error());
    if (!*stored) return nullptr;
    store::StoredTraining& training = **stored;
    const auto model = tflite::readBytes(std::move(training.model), name);
    if (!model) return tl::unexpected(model.error());
    if (training.origins.size() != (*model)->ops.size())
        return types::fail("holds a trained model with other operators than it had",
                           file.path().string(), "use a copy of the project from before");
    types::Graph graph = **model;
    for (size_t i = 0; i < graph.ops.size(); ++i)
        graph.ops[i].origin = training.origins[i];
    auto varied = std::make_shared<engine::VariedOnData>();
    varied->graph = std::make_shared<const types::Graph>(std::move(graph));
    varied->changes = std::move(training.changes);
    varied->calibrationSource = std::move(training.samples);
    varied->training = std::move(training.log);
    varied->learned = std::move(training.learned);
    if (training.original.empty()) return varied;
    const auto original = tflite::readBytes(std::move(training.original), name);
    if (!original) return tl::unexpected(original.error());
    varied->trainedOriginal = *original;
    return varied;
}

Result<void> writeTrained(store::ProjectFile& file, int64_t variation,
                          const engine::VariedOnData& trained) {
    store::StoredTraining training;
    training.model = tflite::writeBytes(*trained.graph);
    for (const types::Op& op : trained.graph->ops)
        training.origins.push_back(op.origin);
    if (trained.trainedOriginal) training.original = tflite::writeBytes(*trained.trainedOriginal);
    training.log = trained.training.value_or(types::Training());
    training.changes = trained.changes;
    training.samples = trained.calibrationSource;
    training.learned = trained.learned;
    return store::storeTraining(file, variation, training);
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

Result<void> writeMarks(const Project& project, store::ProjectFile& file, int64_t model) {
    std::vector<store::MarkEntry> entries;
    for (const auto& [variation, marks] : project.marks)
        entries.push_back({transform::variationText(variation), marks.name.toStdString(),
                           marks.note.toStdString(), marks.isStarred, marks.isDeleted});
    return store::storeMarks(file, model, entries);
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
        project.variations.push_back(std::move(*variation));
        auto trained = readTrained(file, stored.id, entry.name);
        if (!trained) return tl::unexpected(trained.error());
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

Result<void> writeModel(const Project& project, store::ProjectFile& file) {
    if (!project.graph) return {};
    const auto model =
        store::storeModel(file, project.graph->name, tflite::writeBytes(*project.graph));
    if (!model) return tl::unexpected(model.error());
    for (size_t i = 0; i < project.variations.size(); ++i) {
        const types::Variation& variation = project.variations[i];
        const auto stored = store::storeVariation(file, *model, variation.label(),
                                                  transform::variationText(variation));
        if (!stored) return tl::unexpected(stored.error());
        if (const engine::VariedPtr trained = project.trainedModel(i))
            if (auto kept = writeTrained(file, *stored, *trained); !kept) return kept;
        if (i >= project.evaluations.size() || !project.evaluations[i]) continue;
        const auto evaluation = store::storeEvaluation(file, *stored, *project.evaluations[i]);
        if (!evaluation) return tl::unexpected(evaluation.error());
    }
    return writeMarks(project, file, *model);
}

Result<void> writeAll(const Project& project, const std::filesystem::path& path) {
    auto file = store::ProjectFile::openOrCreate(path);
    if (!file) return tl::unexpected(file.error());
    if (auto written = writeModel(project, *file); !written) return tl::unexpected(written.error());
    for (const types::SessionPtr& session : project.sessions)
        if (const auto stored = store::storeSession(*file, *session); !stored)
            return tl::unexpected(stored.error());
    return {};
}

}  // namespace

Result<Project> readProject(const std::filesystem::path& path) {
    const auto file = store::ProjectFile::open(path);
    if (!file) return tl::unexpected(file.error());
    Project project;
    if (auto read = readModelInto(project, *file); !read) return tl::unexpected(read.error());
    if (auto read = readSessionsInto(project, *file); !read) return tl::unexpected(read.error());
    return project;
}

Result<void> writeProject(const Project& project, const std::filesystem::path& path) {
    // Written to a temporary file and moved, so that a full disk or a crash keeps the old file
    // intact.
    std::filesystem::path beside = path;
    beside += ".new";
    std::error_code problem;
    std::filesystem::remove(beside, problem);
    auto written = writeAll(project, beside);
    if (written) std::filesystem::rename(beside, path, problem);
    if (written && problem)
        written = types::fail("cannot replace the file: " + problem.message(), path.string(),
                              "save under another name");
    if (!written) std::filesystem::remove(beside, problem);
    return written;
}

}  // namespace app
