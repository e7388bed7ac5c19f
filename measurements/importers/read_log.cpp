// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/read_log.h"

#include <cmath>
#include <map>
#include <set>

#include "importers/importer_list.h"
#include "importers/log_directory.h"
#include "importers/parts/apply_clock.h"
#include "importers/parts/check_session.h"
#include "importers/parts/column_guess.h"
#include "importers/parts/column_map.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

namespace fs = std::filesystem;

/// The beginning of a file in printable characters, for a message.
std::string glimpse(std::string_view bytes) {
    constexpr size_t kMaxShown = 48;
    std::string text;
    for (const char c : trimmed(bytes.substr(0, 256))) {
        if (text.size() >= kMaxShown || c == '\n' || c == '\r') break;
        text += c >= ' ' && c <= '~' ? c : '?';
    }
    return text;
}

/// The first line with a number and a unit of time, for a message; empty where there is none.
std::string timedLineOf(std::string_view bytes) {
    constexpr size_t kSearched = size_t{64} << 10;
    size_t number = 0;
    for (const auto line : linesOf(bytes.substr(0, kSearched))) {
        ++number;
        if (statesTime(line))
            return ", line " + std::to_string(number) + " states a time: '" + glimpse(line) + "'";
    }
    return {};
}

types::Error unknownKind(const std::string& where, std::string_view bytes) {
    const std::string found = bytes.empty()
                                  ? "the file is empty"
                                  : "the log begins '" + glimpse(bytes) + "'" + timedLineOf(bytes);
    const std::string what = "a log of an unknown kind (" + found + ")";
    const std::string columns = guessedColumns(bytes);
    if (!columns.empty())
        return {what, where, "read its columns with --columns \"" + columns + '"'};
    std::string names;
    for (const Format& format : formats())
        names += (names.empty() ? "" : ", ") + format.name;
    return {what, where, "expected one of " + names + "; choose one, or map the columns of a CSV"};
}

bool isKnownFormat(const std::string& name) {
    for (const Format& format : formats())
        if (format.name == name) return true;
    return name.empty();
}

/// With only a column map, the map decides the kind of CSV: traces have a time.
std::string formatOf(const ImportOptions& options) {
    if (!options.format.empty() || options.columns.empty()) return options.format;
    return mapsTrace(options.columns) ? kPowerCsv.name : kLayerTable.name;
}

/// A factor can scale a large number of the log beyond the range of a double, or of the float of a
/// trace, whose samples must keep their index.
void dropInfinite(types::Session& session) {
    size_t dropped = 0, powers = 0;
    for (types::Measurement& measurement : session.measurements)
        dropped += std::erase_if(measurement.samples,
                                 [](double sample) { return !std::isfinite(sample); });
    if (dropped > 0)
        session.warnings.push_back(std::to_string(dropped) +
                                   " samples are too large to be numbers and are left out");
    for (types::PowerTrace& trace : session.traces)
        for (float& power : trace.powerMw)
            if (!std::isfinite(power)) {
                power = 0;
                ++powers;
            }
    if (powers > 0)
        session.warnings.push_back(std::to_string(powers) +
                                   (powers == 1
                                        ? " power of a trace is too large to be a number"
                                        : " powers of a trace are too large to be numbers") +
                                   " and taken as 0 mW");
}

void finish(types::Session& session, const Importer& importer, const ImportOptions& options) {
    if (session.format.empty()) session.format = importer.name;
    setClock(session, options.clockMhz);
    if (session.conditions.supplyVolts <= 0) session.conditions.supplyVolts = options.supplyVolts;
    checkSession(session);
    addLatencies(session);
    dropInfinite(session);
}

/// "base" for one session, "base: part" for several.
std::string titleOf(const types::Session& session, const std::string& base, bool isAlone) {
    if (isAlone || session.name.empty()) return base;
    return base.empty() || base == session.name ? session.name : base + ": " + session.name;
}

types::Result<void> readInto(Imported& imported, const FoundLog& log, const std::string& base,
                             const ImportOptions& options) {
    auto sessions = log.importer->read(log.input, options);
    if (!sessions) return tl::unexpected(sessions.error());
    for (types::Session& session : *sessions) {
        finish(session, *log.importer, options);
        session.name = titleOf(session, base, sessions->size() == 1);
        imported.sessions.push_back(std::move(session));
    }
    if (!contains(imported.format, log.importer->name))
        imported.format += (imported.format.empty() ? "" : ", ") + std::string(log.importer->name);
    imported.files.insert(imported.files.end(), log.paths.begin(), log.paths.end());
    return {};
}

/// The distinguishing part of a log's path: its folder, where a tool wrote several files into it.
std::string titleIn(const fs::path& root, const FoundLog& log) {
    const fs::path& path = log.paths.front();
    const bool isFolder = log.paths.size() > 1;
    const fs::path relative =
        (isFolder ? path.parent_path() : path.parent_path() / path.stem()).lexically_relative(root);
    std::error_code problem;
    if (relative.empty() || relative == ".")
        return fs::absolute(isFolder ? path.parent_path() : path.stem(), problem)
            .lexically_normal()
            .filename()
            .string();
    return relative.generic_string();
}

types::Result<Imported> readDirectory(const fs::path& root, const ImportOptions& options) {
    Imported imported;
    std::vector<std::string> leftOut;
    const auto unknown = eachLog(root, formatOf(options), [&](const FoundLog& log) {
        const auto done = readInto(imported, log, titleIn(root, log), options);
        if (!done) leftOut.push_back(done.error().message());
    });
    if (!unknown) return tl::unexpected(unknown.error());
    if (imported.sessions.empty() && leftOut.empty()) {
        types::Error error = unknownKind(root.string(), "");
        error.what = "no file of the directory is a log of a known format";
        return tl::unexpected(error);
    }
    if (imported.sessions.empty()) return types::fail(leftOut.front());
    for (const fs::path& path : *unknown)
        if (leftOut.size() < 8) leftOut.push_back(path.string() + " has no known format");
    for (std::string& sentence : leftOut)
        imported.sessions.front().warnings.push_back("left out: " + std::move(sentence));
    makeNamesUnique(imported.sessions);
    return imported;
}

types::Result<Imported> readOne(LogFile file, const fs::path& path, bool withOthers,
                                const ImportOptions& options) {
    auto [known, importer] = recognise(std::move(file), formatOf(options));
    if (!importer) return tl::unexpected(unknownKind(path.string(), known.bytes));
    FoundLog log = withOthers ? withCompanions(*importer, std::move(known), path)
                              : FoundLog{importer, {path.string(), {std::move(known)}}, {path}};
    const std::string base =
        log.paths.size() > 1 ? titleIn(path.parent_path(), log) : path.stem().string();
    Imported imported;
    const auto done = readInto(imported, log, base, options);
    if (!done) return tl::unexpected(done.error());
    makeNamesUnique(imported.sessions);
    return imported;
}

types::Error wrongFormat(const std::string& name) {
    types::Error error = unknownKind("", "");
    return {"there is no format '" + name + "'", "", error.remedy};
}

}  // namespace

const std::vector<Format>& formats() {
    static const std::vector<Format> all = [] {
        std::vector<Format> list;
        for (const Importer* importer : allImporters())
            list.push_back({importer->name, importer->describes});
        return list;
    }();
    return all;
}

types::Result<Imported> readLog(const fs::path& path, const ImportOptions& options) {
    if (!isKnownFormat(options.format)) return tl::unexpected(wrongFormat(options.format));
    std::error_code problem;
    if (fs::is_directory(path, problem)) return readDirectory(path, options);
    auto file = loadLogFile(path);
    if (!file) return tl::unexpected(file.error());
    return readOne(std::move(*file), path, true, options);
}

types::Result<Imported> readLogBytes(const std::string& name, std::string bytes,
                                     const ImportOptions& options) {
    if (!isKnownFormat(options.format)) return tl::unexpected(wrongFormat(options.format));
    auto imported = readOne({name, std::move(bytes)}, name, false, options);
    if (imported) imported->files.clear();
    return imported;
}

void makeNamesUnique(std::vector<types::Session>& sessions, std::set<std::string> taken) {
    // The next number of each name, because thousands of sessions may share one.
    std::map<std::string, int> next;
    for (types::Session& session : sessions) {
        const std::string name = session.name;
        int& copy = next.try_emplace(name, 2).first->second;
        while (!taken.insert(session.name).second)
            session.name = name + " (" + std::to_string(copy++) + ")";
    }
}

}  // namespace importers
