// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QTemporaryDir>
#include <algorithm>

#include "app/project.h"
#include "app/stored_model.h"
#include "cost/device_file.h"
#include "store/mark_table.h"
#include "store/session_table.h"
#include "store/workspace_table.h"
#include "transform/document/variation_file.h"

namespace app {

using types::Result;

namespace {

namespace fs = std::filesystem;

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

Result<void> readModelInto(Project& project, const store::ProjectFile& file) {
    auto model = readStoredModel(file);
    if (!model) return tl::unexpected(model.error());
    if (!model->graph) return {};
    project.graph = std::move(model->graph);
    project.variations = std::move(model->variations);
    project.trained = std::move(model->trained);
    return readMarksInto(project, file, model->id);
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
