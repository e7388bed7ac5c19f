// SPDX-License-Identifier: GPL-3.0-or-later
// Who may know whom: every #include of the sources is read against the allow-list below. Linking
// already keeps rooms apart; this test also sees headers that need no library.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// What a room may include: other rooms, and families of foreign headers.
struct Permit {
    std::set<std::string> rooms;
    std::set<std::string> foreign;  ///< "std", "flatbuffers", "qt", "json", ...
};

const std::map<std::string, Permit>& permits() {
    static const std::set<std::string> engineRooms = {
        "types",     "runtime", "analysis",  "tflite",      "memory", "lowering",
        "transform", "metrics", "cost",      "calibration", "data",   "exporting",
        "zoo",       "engine",  "diagnosis", "quantize",    "studies"};
    static const std::map<std::string, Permit> table = {
        {"runtime", {{}, {"freestanding"}}},
        {"runtime_host", {{"runtime"}, {"freestanding", "highway"}}},
        {"types", {{}, {"std", "expected"}}},
        {"analysis", {{"types"}, {"std"}}},
        {"tflite", {{"types", "analysis"}, {"std", "flatbuffers"}}},
        {"memory", {{"types", "analysis"}, {"std"}}},
        {"lowering", {{"types", "analysis", "memory", "runtime"}, {"std"}}},
        {"calibration", {{"types", "analysis", "lowering"}, {"std"}}},
        {"quantize", {{"types", "analysis", "calibration", "lowering"}, {"std", "eigen"}}},
        {"transform",
         {{"types", "analysis", "calibration", "lowering", "quantize"}, {"std", "json", "eigen"}}},
        {"cost", {{"types", "analysis", "memory", "lowering"}, {"std", "json", "eigen"}}},
        {"data", {{"types", "analysis"}, {"std", "image", "zip"}}},
        {"metrics", {{"types", "analysis"}, {"std"}}},
        {"diagnosis", {{"types", "analysis", "calibration", "lowering", "metrics"}, {"std"}}},
        {"exporting", {{"types", "analysis", "tflite", "lowering", "memory", "runtime"}, {"std"}}},
        {"zoo", {{"types", "analysis", "tflite"}, {"std"}}},
        {"studies", {{"types", "analysis", "cost", "zoo"}, {"std", "boost"}}},
        {"engine", {engineRooms, {"std", "zlib"}}},
        {"statistics", {{"types"}, {"std", "boost"}}},
        {"store", {{"types"}, {"std", "sqlite"}}},
        {"importers", {{"types", "analysis"}, {"std", "json"}}},
        {"firmware", {{"runtime"}, {"freestanding"}}},
        {"qemu_plugin", {{"firmware"}, {"std"}}},
        {"runners",
         {{"types", "analysis", "lowering", "importers", "firmware", "runtime"},
          {"std", "serial"}}},
        {"views", {{"types"}, {"std", "qt"}}},
        {"app",
         {[] {
              auto all = engineRooms;
              all.insert({"statistics", "store", "importers", "runners", "views"});
              return all;
          }(),
          {"std", "qt", "json", "cli", "zlib"}}},
    };
    return table;
}

/// Room of a source file: engine/cost/x.cpp -> cost, engine/evaluate.cpp -> engine, views/x.cpp ->
/// views. Below engine and measurements each folder is a room.
std::string roomOf(const fs::path& relative) {
    const auto first = relative.begin()->string();
    if (first != "engine" && first != "measurements") return first;
    // The desktop's vector kernels: the one part of the runtime that asks for a library.
    if (relative.string().starts_with("engine/runtime/host/")) return "runtime_host";
    const auto second = std::next(relative.begin())->string();
    return permits().contains(second) ? second : first;
}

std::string familyOf(const std::string& header) {
    static const std::set<std::string> freestanding = {"stdint.h", "stddef.h", "arm_acle.h",
                                                       "arm_mve.h"};
    if (freestanding.contains(header)) return "freestanding";
    if (header.starts_with("hwy/")) return "highway";
    if (header.starts_with("tl/expected")) return "expected";
    if (header.starts_with("flatbuffers/") || header == "schema_generated.h") return "flatbuffers";
    if (header.starts_with("nlohmann/")) return "json";
    if (header.starts_with("CLI/")) return "cli";
    if (header.starts_with("Eigen/")) return "eigen";
    if (header == "zlib.h") return "zlib";
    if (header == "zip.h") return "zip";
    if (header == "png.h" || header == "turbojpeg.h") return "image";
    if (header.starts_with("boost/")) return "boost";
    if (header == "libserialport.h") return "serial";
    if (header == "sqlite3.h" || header.starts_with("SQLiteCpp/")) return "sqlite";
    if (header.starts_with("Q") || header.starts_with("Qt")) return "qt";
    return "std";
}

struct Include {
    std::string header;
    bool quoted;
};

std::vector<Include> includesOf(const fs::path& file) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> result;
    std::ifstream stream(file);
    std::smatch match;
    for (std::string line; std::getline(stream, line);)
        if (std::regex_search(line, match, pattern)) result.push_back({match[2], match[1] == "\""});
    return result;
}

std::vector<fs::path> sourceFiles() {
    const fs::path root = NETCALIPER_SOURCE_DIR;
    std::vector<fs::path> files;
    for (const char* top : {"engine", "measurements", "views", "app"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto ending = entry.path().extension();
            if (ending == ".h" || ending == ".cpp")
                files.push_back(fs::relative(entry.path(), root));
        }
    return files;
}

/// The room that a quoted include leads to; the file's own room for a plain name.
std::string targetRoom(const std::string& header, const std::string& ownRoom) {
    const std::string first = fs::path(header).begin()->string();
    return permits().contains(first) ? first : ownRoom;
}

TEST(Layering, EveryIncludeIsAllowed) {
    const fs::path root = NETCALIPER_SOURCE_DIR;
    for (const fs::path& file : sourceFiles()) {
        const std::string room = roomOf(file);
        ASSERT_TRUE(permits().contains(room)) << file << " is in no known room";
        const Permit& permit = permits().at(room);
        for (const Include& include : includesOf(root / file)) {
            const bool foreign = !include.quoted || familyOf(include.header) != "std";
            if (foreign) {
                EXPECT_TRUE(permit.foreign.contains(familyOf(include.header)) ||
                            (room != "runtime" && familyOf(include.header) == "freestanding"))
                    << file << " includes " << include.header;
                continue;
            }
            const std::string target = targetRoom(include.header, room);
            EXPECT_TRUE(target == room || permit.rooms.contains(target))
                << file << " includes " << include.header << " of " << target;
        }
    }
}

TEST(Layering, FileNamesAreUnique) {
    std::map<std::string, fs::path> seen;
    for (const fs::path& file : sourceFiles()) {
        const auto [known, isNew] = seen.emplace(file.filename().string(), file);
        EXPECT_TRUE(isNew) << file << " and " << known->second << " have one name";
    }
}

TEST(Layering, EverySourceNamesItsLicence) {
    const fs::path root = NETCALIPER_SOURCE_DIR;
    for (const fs::path& file : sourceFiles()) {
        std::ifstream stream(root / file);
        std::string line;
        std::getline(stream, line);
        EXPECT_EQ(line, "// SPDX-License-Identifier: GPL-3.0-or-later") << file;
    }
}

}  // namespace
