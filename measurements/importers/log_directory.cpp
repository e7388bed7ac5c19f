// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/log_directory.h"

#include <algorithm>
#include <set>

#include "bytes/text_encoding.h"
#include "importers/importer_list.h"
#include "importers/parts/console_text.h"

namespace importers {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFiles = 4096;
// Longer files are traces, which no console prints.
constexpr size_t kMaxConsoleBytes = size_t{64} << 20;

bool isCompanion(const Importer& importer, const std::string& name) {
    return std::any_of(importer.companions.begin(), importer.companions.end(),
                       [&](const char* companion) { return companion && name == companion; });
}

types::Result<std::vector<fs::path>> filesBelow(const fs::path& root) {
    std::vector<fs::path> files;
    std::error_code problem;
    for (fs::recursive_directory_iterator at(root, problem), end; !problem && at != end;
         at.increment(problem)) {
        if (at->is_regular_file(problem)) files.push_back(at->path());
        if (files.size() > kMaxFiles)
            return types::fail("the directory has more than 4096 files", root.string(),
                               "open the folder of one session");
    }
    if (problem)
        return types::fail("cannot be read (" + problem.message() + ")", root.string(),
                           "check its permissions");
    std::sort(files.begin(), files.end());
    return files;
}

const Importer* importerFor(const LogFile& file, const std::string& format) {
    for (const Importer* importer : allImporters()) {
        if (!format.empty() && format != importer->name) continue;
        if (!format.empty() || importer->matches(file)) return importer;
    }
    return nullptr;
}

/// Our own documents quote logs: what looks like a console's prefix there belongs to the text.
const Importer* importerOfOwn(const LogFile& file, const std::string& format) {
    for (const Importer* importer : {&kSessionJson, &kSessionCsv})
        if ((format.empty() || format == importer->name) && importer->matches(file))
            return importer;
    return nullptr;
}

/// False for traces and other binary files; a board that restarts adds only a few bytes of noise.
bool isText(std::string_view bytes) {
    constexpr size_t kSurveyed = 4096, kMostNoise = 32;
    bytes = bytes.substr(0, kSurveyed);
    const auto noise = std::count_if(bytes.begin(), bytes.end(), [](char c) {
        return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r' &&
               c != '\x1b';
    });
    return static_cast<size_t>(noise) * kMostNoise <= bytes.size();
}

/// Tables that are recognised by some of their columns: a prefix of each line would become a part
/// of the first column and go unnoticed.
bool isLayerTable(const Importer& importer) {
    for (const Importer* table :
         {&kVelaSummary, &kVelaLayers, &kInstructionCounts, &kLayerTable, &kHpxBundle})
        if (&importer == table) return true;
    return false;
}

}  // namespace

Recognised recognise(LogFile file, const std::string& format) {
    file.bytes = bytes::asUtf8(std::move(file.bytes));
    if (const Importer* own = importerOfOwn(file, format)) return {std::move(file), own};
    const bool isReadable = isText(file.bytes);
    if (isReadable && file.bytes.find('\x1b') != std::string::npos)
        file.bytes = withoutEscapes(file.bytes);
    if (isReadable) file.bytes = withoutProfilePrefixes(std::move(file.bytes));
    const Importer* importer = importerFor(file, format);
    const bool isFound = importer && !isLayerTable(*importer);
    if (isFound || !isReadable || file.bytes.size() > kMaxConsoleBytes)
        return {std::move(file), importer};
    for (const std::string& prefix : commonPrefixes(file.bytes)) {
        if (importer && !beginsEveryLine(file.bytes, prefix)) continue;
        LogFile stripped{file.name, withoutPrefixes(file.bytes, {prefix})};
        if (const Importer* found = importerFor(stripped, format))
            return {std::move(stripped), found};
    }
    return {std::move(file), importer};
}

FoundLog withCompanions(const Importer& importer, LogFile file, const fs::path& path) {
    FoundLog found{&importer, {path.string(), {}}, {path}};
    found.input.files.push_back(std::move(file));
    if (!isCompanion(importer, found.input.main().name)) return found;
    for (const char* name : importer.companions) {
        const fs::path beside = path.parent_path() / (name ? name : "");
        std::error_code problem;
        if (!name || found.input.find(name) || !fs::is_regular_file(beside, problem)) continue;
        auto companion = loadLogFile(beside);
        if (!companion || !importer.matches(*companion)) continue;
        found.input.files.push_back(std::move(*companion));
        found.paths.push_back(beside);
    }
    return found;
}

types::Result<std::vector<fs::path>> eachLog(const fs::path& root, const std::string& format,
                                             const std::function<void(const FoundLog&)>& take) {
    const auto files = filesBelow(root);
    if (!files) return tl::unexpected(files.error());
    std::vector<fs::path> unknown;
    std::set<fs::path> taken;
    for (const fs::path& path : *files) {
        if (taken.contains(path)) continue;
        auto file = loadLogFile(path);
        auto known = file ? recognise(std::move(*file), format) : Recognised{{}, nullptr};
        if (!known.importer) {
            unknown.push_back(path);
            continue;
        }
        const FoundLog log = withCompanions(*known.importer, std::move(known.file), path);
        taken.insert(log.paths.begin(), log.paths.end());
        take(log);
    }
    return unknown;
}

}  // namespace importers
