// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/file_check.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>

#include "store/project_file.h"
#include "store/schema_check.h"
#include "store/schema_steps.h"
#include "store/statements.h"

namespace store {
namespace {

using namespace types;

/// Header of an SQLite file: 100 bytes; the application id is a big-endian word at offset 68.
/// Source: sqlite.org/fileformat2.html, section 1.3.
using Header = std::array<unsigned char, 100>;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

/// The first bytes in readable form.
std::string beginning(const Header& header, size_t length) {
    std::string text;
    for (size_t i = 0; i < std::min<size_t>(length, 12); ++i)
        text += std::isprint(header[i]) ? static_cast<char>(header[i]) : '.';
    return text;
}

Result<void> checkHeader(const std::filesystem::path& file) {
    Header header{};
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail("cannot be read", file.string(), "check its permissions");
    stream.read(reinterpret_cast<char*>(header.data()), header.size());
    const auto length = static_cast<size_t>(stream.gcount());
    if (std::string_view(reinterpret_cast<char*>(header.data()), kMagic.size()) != kMagic)
        return fail(
            "is not a Netcaliper project: it begins with '" + beginning(header, length) + "'",
            file.string(), "choose a .netcaliper file; import reads logs");
    const uint32_t id = uint32_t{header[68]} << 24 | uint32_t{header[69]} << 16 |
                        uint32_t{header[70]} << 8 | header[71];
    if (id != kApplicationId)
        return fail("is a database of another program", file.string(), "choose a .netcaliper file");
    return {};
}

/// Opens a reader that writes nothing. Without a write-ahead log no process uses the file, and it
/// may be read as immutable; with one it is read under SQLite's locks.
SQLite::Database openReader(const std::filesystem::path& file, bool atRest) {
    std::error_code problem;  // without a working directory, use the path as given
    const auto absolute = std::filesystem::absolute(file, problem);
    std::string uri = "file:";
    for (const char c : (problem ? file : absolute).string()) {
        if (c == '%' || c == '?' || c == '#') {
            char escaped[4];
            std::snprintf(escaped, sizeof escaped, "%%%02X", c);
            uri += escaped;
        } else {
            uri += c;
        }
    }
    uri += atRest ? "?mode=ro&immutable=1" : "?mode=ro";
    return SQLite::Database(uri, SQLite::OPEN_READONLY | SQLite::OPEN_URI, ProjectFile::kWaitMs);
}

Result<void> checkContent(const std::filesystem::path& file, bool atRest) {
    return guarded(file, [&]() -> Result<void> {
        SQLite::Database database = openReader(file, atRest);
        distrust(database);
        const int version = database.execAndGet("PRAGMA user_version").getInt();
        const int newest = static_cast<int>(schemaSteps().size());
        if (version > newest)
            return fail("comes from a newer Netcaliper (file version " + std::to_string(version) +
                            ", this program knows " + std::to_string(newest) + ")",
                        file.string(), "update the program");
        if (version < 1) return fail("is damaged (no version)", file.string(), "use a copy");
        if (const std::string table = foreignTable(database, version); !table.empty())
            return fail("is damaged (its table '" + table + "' is not as Netcaliper makes it)",
                        file.string(), "use a copy of it from before");
        const auto found = database.execAndGet("PRAGMA quick_check(1)").getString();
        if (found != "ok")
            return fail("is damaged (" + found + ")", file.string(),
                        "use a copy of it from before");
        return {};
    });
}

}  // namespace

Result<void> checkFile(const std::filesystem::path& file) {
    if (const auto header = checkHeader(file); !header) return header;
    const auto log = std::filesystem::path(file) += "-wal";
    std::error_code ignored;
    if (!std::filesystem::exists(log, ignored)) {
        const auto content = checkContent(file, true);
        // Another process may have begun to write in between; the result is then unreliable.
        if (content || !std::filesystem::exists(log, ignored)) return content;
    }
    return checkContent(file, false);
}

}  // namespace store
