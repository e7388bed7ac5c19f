// SPDX-License-Identifier: GPL-3.0-or-later
// evidence: packs a session for others to check, or checks such a package.

#include "command_context.h"
#include "evidence/evidence_package.h"
#include "session_output.h"
#include "store/session_table.h"

namespace app {
namespace {

using namespace types;

struct EvidenceFlags {
    std::string what, database, output;
};

Result<Output> pack(const EvidenceFlags& flags) {
    const auto file = store::ProjectFile::open(flags.database);
    if (!file) return tl::unexpected(file.error());
    const auto session = store::readSession(*file, flags.what);
    if (!session) return tl::unexpected(session.error());
    if (auto written = evidence::writePackage(flags.output, *session); !written)
        return tl::unexpected(written.error());
    const std::string check = "netcaliper-cli evidence " + flags.output;
    return Output{{{"session", session->name}, {"files", {flags.output}}, {"check", check}},
                  flags.output + "\ncheck it with: " + check + "\n"};
}

Result<Output> check(const EvidenceFlags& flags) {
    const auto package = evidence::readPackage(flags.what);
    if (!package) return tl::unexpected(package.error());
    const Session& session = package->session;
    Output output;
    output.json = {{"session", session.name},
                   {"sound", true},
                   {"files", package->files},
                   {"measurements", session.measurements.size()},
                   {"measurements_of_raw_log", package->fromRawLog},
                   {"tool_version", package->toolVersion},
                   {"firmware_version", package->firmwareVersion},
                   {"protocol", package->protocol},
                   {"conditions", conditionsJson(session.conditions)}};
    output.text = "sound: " + session.name + ", " + std::to_string(session.measurements.size()) +
                  " measurements, " + std::to_string(package->fromRawLog) +
                  " of them read again from the raw log\n";
    return output;
}

Result<Output> packOrCheck(const EvidenceFlags& flags) {
    const bool packs = !flags.output.empty();
    if (packs == flags.database.empty())
        return fail("session and package are both needed", flags.what,
                    "write SESSION --db FILE -o OUT.zip, or PACKAGE.zip alone to check it");
    return packs ? pack(flags) : check(flags);
}

}  // namespace

void addEvidence(CLI::App& app, Context& context) {
    auto flags = std::make_shared<EvidenceFlags>();
    CLI::App* command = addCommand(app, context, "evidence",
                                   "Pack a session for others to check, or check a package",
                                   [flags] { return packOrCheck(*flags); });
    command->add_option("WHAT", flags->what, "Name of a session, or a package to check")
        ->required();
    command->add_option("--db", flags->database, "Project file of the session");
    command->add_option("-o,--output", flags->output, "Package to write: OUT.zip");
}

}  // namespace app
