// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "cost/device_file.h"
#include "store/evaluation_table.h"
#include "store/mark_table.h"
#include "store/model_table.h"
#include "store/session_table.h"
#include "store/training_table.h"
#include "store/workspace_table.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace app {

using types::Result;

namespace {

namespace fs = std::filesystem;

void removeProjectFile(const fs::path& path) {
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm"})
        fs::remove(fs::path(path) += ending, ignored);
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

store::StoredWorkspace storedFrom(const Workspace& shown, const Project& project) {
    store::StoredWorkspace stored;
    stored.knobs = transform::variationText(shown.knobs);
    stored.showsTrained = shown.showsTrained;
    stored.modelPath = shown.modelPath;
    stored.board = shown.board;
    if (shown.ownBoard) stored.boardProfile = cost::deviceText(*shown.ownBoard);
    stored.dataPath = shown.dataPath;
    stored.duty = shown.duty;
    stored.page = shown.page;
    stored.layers = shown.layers;
    stored.layer = shown.layer;
    stored.savedAs = project.savedAs;
    stored.isUnsaved = project.isUnsaved;
    return stored;
}

/// Waits until the disk has the new name of a file; where the file system cannot, it orders names
/// after contents by itself.
void waitForName(const fs::path& path) {
    std::error_code ignored;
    const fs::path folder = fs::absolute(path, ignored).parent_path();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

/// Another program that has the old file open would write its changes into the new one.
Result<void> checkUnused(const fs::path& path) {
    std::error_code ignored;
    const fs::path log = fs::path(path) += "-wal";
    if (!fs::exists(log, ignored)) return {};
    // What a killed program left behind is merged when the file is opened and closed again.
    (void)store::ProjectFile::open(path);
    if (!fs::exists(log, ignored)) return {};
    return types::fail("another program has the file open", path.string(),
                       "close it there, or save under another name");
}

}  // namespace

Result<ProjectWriter> ProjectWriter::create(const fs::path& path) {
    removeProjectFile(path);
    auto file = store::ProjectFile::openOrCreate(path);
    if (!file) return tl::unexpected(file.error());
    return ProjectWriter(std::move(*file));
}

Result<void> ProjectWriter::write(const Project& project) {
    Content content = m_content;
    using Step = Result<void> (ProjectWriter::*)(const Project&, Content&);
    auto written = m_file.inOneChange([&]() -> Result<void> {
        for (const Step step : {&ProjectWriter::writeModel, &ProjectWriter::writeVariations})
            if (auto done = (this->*step)(project, content); !done) return done;
        if (auto done = writeMarks(project, content); !done) return done;
        if (auto done = writeSessions(project, content); !done) return done;
        return writeWorkspace(project, content);
    });
    if (!written) return written;
    content.project = project;
    m_content = std::move(content);
    return {};
}

Result<void> ProjectWriter::writeModel(const Project& project, Content& content) {
    if (!project.graph || project.graph == content.project.graph) return {};
    const auto model =
        store::storeModel(m_file, project.graph->name, tflite::writeBytes(*project.graph));
    if (!model) return tl::unexpected(model.error());
    content.model = *model;
    return {};
}

Result<void> ProjectWriter::writeVariations(const Project& project, Content& content) {
    const Project& old = content.project;
    if (!project.graph || (project.variations == old.variations && project.trained == old.trained &&
                           project.evaluations == old.evaluations))
        return {};
    std::set<std::string> present;
    for (size_t i = 0; i < project.variations.size(); ++i)
        if (auto done = writeVariation(project, i, content, present); !done) return done;
    return removeOthers(present, content);
}

Result<void> ProjectWriter::writeVariation(const Project& project, size_t index, Content& content,
                                           std::set<std::string>& present) {
    const types::Variation& variation = project.variations[index];
    const std::string knobs = transform::variationText(variation);
    present.insert(knobs);
    Kept& kept = content.variations[knobs];
    if (kept.id == 0) {
        const auto id = store::storeVariation(m_file, content.model, variation.label(), knobs);
        if (!id) return tl::unexpected(id.error());
        kept.id = *id;
    }
    const engine::VariedPtr trained = project.trainedModel(index);
    if (trained && trained != kept.trained)
        if (auto done = writeTrained(m_file, kept.id, *trained); !done) return done;
    kept.trained = trained;
    const auto evaluation =
        index < project.evaluations.size() ? project.evaluations[index] : nullptr;
    if (!evaluation || evaluation == kept.evaluation) return {};
    kept.evaluation = evaluation;
    const auto id = store::storeEvaluation(m_file, kept.id, *evaluation);
    return id ? Result<void>() : tl::unexpected(id.error());
}

Result<void> ProjectWriter::removeOthers(const std::set<std::string>& present, Content& content) {
    for (auto kept = content.variations.begin(); kept != content.variations.end();) {
        if (present.contains(kept->first)) {
            ++kept;
            continue;
        }
        if (auto done = store::removeVariation(m_file, kept->second.id); !done) return done;
        kept = content.variations.erase(kept);
    }
    return {};
}

Result<void> ProjectWriter::writeMarks(const Project& project, const Content& content) {
    if (!project.graph || project.marks == content.project.marks) return {};
    std::vector<store::MarkEntry> entries;
    for (const auto& [variation, marks] : project.marks)
        entries.push_back({transform::variationText(variation), marks.name.toStdString(),
                           marks.note.toStdString(), marks.isStarred, marks.isDeleted});
    return store::storeMarks(m_file, content.model, entries);
}

/// A session is immutable: the same pointer is the same session.
Result<void> ProjectWriter::writeSessions(const Project& project, const Content& content) {
    const auto& before = content.project.sessions;
    const auto isIn = [](const auto& sessions, const types::SessionPtr& session) {
        return std::find(sessions.begin(), sessions.end(), session) != sessions.end();
    };
    for (const types::SessionPtr& session : before)
        if (!isIn(project.sessions, session))
            if (auto done = store::removeSession(m_file, session->name); !done) return done;
    for (const types::SessionPtr& session : project.sessions)
        if (!isIn(before, session))
            if (const auto stored = store::storeSession(m_file, *session); !stored)
                return tl::unexpected(stored.error());
    return {};
}

Result<void> ProjectWriter::writeWorkspace(const Project& project, const Content& content) {
    const Project& old = content.project;
    if (!project.workspace ||
        (project.workspace == old.workspace && project.savedAs == old.savedAs &&
         project.isUnsaved == old.isUnsaved))
        return {};
    return store::storeWorkspace(m_file, storedFrom(*project.workspace, project));
}

Result<void> writeProject(const Project& project, const fs::path& path) {
    // Written to a temporary file and moved, so that a full disk or a crash keeps the old file
    // intact.
    const fs::path beside = fs::path(path) += ".new";
    const auto writeBeside = [&]() -> Result<void> {
        auto writer = ProjectWriter::create(beside);
        if (!writer) return tl::unexpected(writer.error());
        return writer->write(project);
    };
    auto written = checkUnused(path);
    if (written) written = writeBeside();
    std::error_code problem;
    if (written) fs::rename(beside, path, problem);
    if (written && problem)
        written = types::fail("cannot replace the file: " + problem.message(), path.string(),
                              "save under another name");
    if (!written) removeProjectFile(beside);
    // Only then may the journal say that nothing is unsaved.
    if (written) waitForName(path);
    return written;
}

}  // namespace app
