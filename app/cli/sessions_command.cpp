// SPDX-License-Identifier: GPL-3.0-or-later
// sessions: lists a project file's sessions; prints or removes one.

#include "command_context.h"
#include "session_output.h"
#include "store/session_table.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct SessionsFlags {
    std::string database, show, remove;
};

Json entryJson(const store::SessionEntry& entry) {
    Json json = {{"id", entry.id},
                 {"name", entry.name},
                 {"format", entry.format},
                 {"started_at", entry.startedAt.empty() ? Json() : Json(entry.startedAt)},
                 {"stored_at", entry.storedAt}};
    json.update(conditionsJson(entry.conditions));
    json.update(Json{{"measurements", entry.measurements},
                     {"samples", entry.samples},
                     {"outputs", entry.outputs},
                     {"traces", entry.traces},
                     {"warnings", entry.warnings}});
    return json;
}

Result<Output> list(const store::ProjectFile& file) {
    const auto entries = store::listSessions(file);
    if (!entries) return tl::unexpected(entries.error());
    Output output;
    output.json = {{"sessions", Json::array()}};
    TextTable table({"name", "source", "board", "kernels", "model", ">samples", "started"});
    for (const store::SessionEntry& entry : *entries) {
        output.json["sessions"].push_back(entryJson(entry));
        const Conditions& c = entry.conditions;
        table.addRow({entry.name, sourceName(c.source), c.board, c.kernels, c.modelName,
                      grouped(entry.samples), entry.startedAt});
    }
    output.text = entries->empty() ? "no sessions yet\n" : table.text();
    return output;
}

Result<Output> run(const SessionsFlags& flags) {
    auto file = store::ProjectFile::open(flags.database);
    if (!file) return tl::unexpected(file.error());
    if (!flags.remove.empty())
        if (const auto removed = store::removeSession(*file, flags.remove); !removed)
            return tl::unexpected(removed.error());
    if (flags.show.empty()) return list(*file);
    const auto session = store::readSession(*file, flags.show);
    if (!session) return tl::unexpected(session.error());
    return Output{sessionJson(*session), sessionText(*session)};
}

}  // namespace

void addSessions(CLI::App& app, Context& context) {
    auto flags = std::make_shared<SessionsFlags>();
    CLI::App* command = addCommand(app, context, "sessions", "List what a project file holds",
                                   [flags] { return run(*flags); });
    command->add_option("--db", flags->database, "Project file")->required();
    command->add_option("--show", flags->show, "Show one session in full");
    command->add_option("--remove", flags->remove, "Remove a session first");
}

}  // namespace app
