// SPDX-License-Identifier: GPL-3.0-or-later
#include "session_models.h"

#include "store/session_table.h"

namespace app {
namespace {

using namespace types;

/// Returns null where none of the files is the session's model.
Result<GraphPtr> modelOf(const Session& session, const std::vector<std::string>& models) {
    for (const std::string& path : models)
        if (models.size() == 1 ||
            std::filesystem::path(path).filename() == session.conditions.modelName)
            return openModel(path);
    return GraphPtr();
}

}  // namespace

Result<std::vector<SessionPtr>> readSessions(const store::ProjectFile& file,
                                             const std::function<bool(const Conditions&)>& wanted) {
    const auto entries = store::listSessions(file);
    if (!entries) return tl::unexpected(entries.error());
    std::vector<SessionPtr> sessions;
    for (const store::SessionEntry& entry : *entries) {
        if (!wanted(entry.conditions)) continue;
        auto session = store::readSession(file, entry.id);
        if (!session) return tl::unexpected(session.error());
        sessions.push_back(std::make_shared<const Session>(std::move(*session)));
    }
    return sessions;
}

void addSessionFlags(CLI::App* command, SessionFlags& flags) {
    auto* sessions = command->add_option("SESSION", flags.sessions, "Measured sessions");
    auto* database = command->add_option("--db", flags.database, "Project file of the sessions");
    command->add_option("--model", flags.models, "The .tflite that the sessions were taken with");
    sessions->needs(database);
}

Result<std::vector<MeasuredModel>> readMeasured(const SessionFlags& flags) {
    std::vector<MeasuredModel> measured;
    if (flags.sessions.empty()) return measured;
    const auto file = store::ProjectFile::open(flags.database);
    if (!file) return tl::unexpected(file.error());
    for (const std::string& name : flags.sessions) {
        auto session = store::readSession(*file, name);
        if (!session) return tl::unexpected(session.error());
        const auto graph = modelOf(*session, flags.models);
        if (!graph) return tl::unexpected(graph.error());
        measured.push_back({std::move(*session), *graph});
    }
    return measured;
}

}  // namespace app
