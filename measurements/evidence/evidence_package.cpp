// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/evidence_package.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "bytes/sha256.h"
#include "evidence/zip_file.h"
#include "importers/formats/session_json.h"
#include "importers/read_log.h"

namespace evidence {
namespace {

using nlohmann::json;
using types::fail;
using types::Measurement;
using types::Result;
using types::Session;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kSession = "session.json";
constexpr const char* kRawLog = "raw.log";
constexpr const char* kSchema = "netcaliper-evidence";
constexpr int kVersion = 1;

std::string hashOf(const std::string& content) {
    return bytes::sha256({reinterpret_cast<const uint8_t*>(content.data()), content.size()});
}

/// The line "agent protocol: 1" of the notes; empty where no agent measured.
std::string protocolOf(const Session& session) {
    constexpr std::string_view kKey = "agent protocol: ";
    const std::string& notes = session.conditions.notes;
    const size_t at = notes.find(kKey);
    if (at == std::string::npos) return {};
    const size_t begin = at + kKey.size();
    return notes.substr(begin, notes.find('\n', begin) - begin);
}

json manifestOf(const Session& session, const ZipFiles& files) {
    json list = json::array();
    for (const auto& [name, content] : files)
        list.push_back({{"name", name}, {"bytes", content.size()}, {"sha256", hashOf(content)}});
    const auto& c = session.conditions;
    return {{"schema", kSchema},
            {"version", kVersion},
            {"tool", "netcaliper"},
            {"tool_version", NETCALIPER_VERSION},
            {"protocol", protocolOf(session)},
            {"firmware_version", c.runtimeVersion},
            {"session", session.name},
            {"measured_by", session.format},
            {"started_at", session.startedAt},
            {"source", types::sourceName(c.source)},
            {"board", c.board},
            {"core", c.core},
            {"clock_mhz", c.clockMhz},
            {"kernels", c.kernels},
            {"compiler", c.compiler},
            {"flags", c.flags},
            {"model", c.modelName},
            {"model_sha256", c.modelHash},
            {"conditions", c.notes},
            {"check", "netcaliper-cli evidence FILE.zip"},
            {"files", std::move(list)}};
}

std::string textAt(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The manifest where it is one; null else.
json parseManifest(const ZipFiles& files) {
    const auto found = files.find(kManifest);
    if (found == files.end()) return {};
    json manifest = json::parse(found->second, nullptr, false);
    const bool isOurs = manifest.is_object() && textAt(manifest, "schema") == kSchema &&
                        manifest.value("version", json()) == kVersion &&
                        manifest.value("files", json()).is_array();
    return isOurs ? manifest : json();
}

Result<void> checkHashes(const json& manifest, const ZipFiles& files, const std::string& where,
                         CheckedPackage& package) {
    for (const json& entry : manifest["files"]) {
        const std::string name = entry.is_object() ? textAt(entry, "name") : "";
        const auto found = files.find(name);
        if (found == files.end())
            return fail("file '" + name + "' of the manifest is missing", where,
                        "ask for the package again");
        if (hashOf(found->second) != textAt(entry, "sha256"))
            return fail("file '" + name + "' was changed: its SHA-256 is another", where,
                        "do not rely on this package");
        package.files.push_back(name);
    }
    for (const auto& [name, content] : files)
        if (name != kManifest && std::ranges::find(package.files, name) == package.files.end())
            return fail("file '" + name + "' is not in the manifest", where,
                        "do not rely on this package");
    return {};
}

bool areSame(const std::vector<double>& a, const std::vector<double>& b) {
    return std::ranges::equal(a, b, [](double x, double y) {
        return std::abs(x - y) <= 1e-9 * std::max(std::abs(x), std::abs(y));
    });
}

/// Compares what the raw log gives with the session.
Result<int> checkRawLog(const Session& session, const std::string& log, const std::string& where) {
    const auto again = importers::readLogBytes(where, log);
    if (!again)
        return fail("raw log cannot be read again (" + again.error().what + ")", where,
                    "do not rely on this package");
    int found = 0;
    for (const Session& part : again->sessions)
        for (const Measurement& m : part.measurements) {
            const bool isThere = std::ranges::any_of(session.measurements, [&](const auto& own) {
                return own.key == m.key && own.quantity == m.quantity &&
                       areSame(own.samples, m.samples);
            });
            if (!isThere)
                return fail("raw log gives other numbers for '" + m.key + "' than the session",
                            where, "do not rely on this package");
            ++found;
        }
    return found;
}

/// Fields of the manifest that repeat the session's.
Result<void> checkRepeated(const json& manifest, const Session& session, const std::string& where) {
    const json expected = manifestOf(session, {});
    for (const char* name : {"protocol", "firmware_version", "session", "measured_by", "started_at",
                             "source", "board", "core", "clock_mhz", "kernels", "compiler", "flags",
                             "model", "model_sha256", "conditions"})
        if (manifest.value(name, json()) != expected[name])
            return fail(std::string("manifest and session differ in '") + name + "'", where,
                        "do not rely on this package");
    return {};
}

}  // namespace

bool isPackage(const std::string& name) {
    return std::filesystem::path(name).extension() == ".zip";
}

Result<void> writePackage(const std::filesystem::path& file, const Session& session) {
    ZipFiles files;
    files[kSession] = importers::sessionJson(session);
    if (!session.rawLog.empty()) files[kRawLog] = session.rawLog;
    const json manifest = manifestOf(session, files);
    files[kManifest] = manifest.dump(1, '\t', false, json::error_handler_t::replace) + "\n";
    return writeZip(file, files);
}

Result<CheckedPackage> readPackage(const std::filesystem::path& file) {
    const std::string where = file.string();
    const auto files = readZip(file);
    if (!files) return tl::unexpected(files.error());
    const json manifest = parseManifest(*files);
    if (manifest.is_null())
        return fail("has no manifest of version 1", where,
                    "give a package that 'evidence -o' wrote");
    CheckedPackage package;
    if (auto same = checkHashes(manifest, *files, where, package); !same)
        return tl::unexpected(same.error());
    const auto text = files->find(kSession);
    if (text == files->end()) return fail("holds no session", where, "ask for the package again");
    importers::ImportOptions options;
    options.format = "session-json";
    auto read = importers::readLogBytes(where + "/" + kSession, text->second, options);
    if (!read) return tl::unexpected(read.error());
    package.session = std::move(read->sessions.front());
    // Importers name a session after its file.
    package.session.name = textAt(json::parse(text->second, nullptr, false), "name");
    if (auto same = checkRepeated(manifest, package.session, where); !same)
        return tl::unexpected(same.error());
    if (const auto log = files->find(kRawLog); log != files->end()) {
        const auto found = checkRawLog(package.session, log->second, where + "/" + kRawLog);
        if (!found) return tl::unexpected(found.error());
        package.fromRawLog = *found;
        package.session.rawLog = log->second;
    }
    package.toolVersion = textAt(manifest, "tool_version");
    package.firmwareVersion = textAt(manifest, "firmware_version");
    package.protocol = textAt(manifest, "protocol");
    return package;
}

}  // namespace evidence
