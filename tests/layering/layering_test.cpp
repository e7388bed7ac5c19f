// SPDX-License-Identifier: GPL-3.0-or-later
// Layering: every #include of the sources is checked against the permits below, and every permit
// must be in use. Linking already separates rooms; this test also covers headers without a library,
// and sources that no CMakeLists.txt names.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
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
    std::set<std::string> foreign;  ///< families of familyOf(): "std", "qt", "json", ...
};

const std::map<std::string, Permit>& permits() {
    static const std::map<std::string, Permit> table = {
        {"types", {{}, {"std", "expected"}}},
        {"bytes", {{"types"}, {"std", "nettle"}}},
        {"sweep", {{"types"}, {"std"}}},
        {"runtime", {{}, {"freestanding"}}},
        {"runtime_host", {{"runtime"}, {"freestanding", "highway"}}},
        {"analysis", {{"types"}, {"std"}}},
        {"tflite", {{"types", "bytes", "analysis"}, {"std", "flatbuffers"}}},
        {"layout", {{"types"}, {"std"}}},
        {"onnx", {{"types", "analysis", "tflite"}, {"std", "protobuf"}}},
        {"memory", {{"types"}, {"std"}}},
        {"lowering", {{"types", "analysis", "memory", "runtime"}, {"std"}}},
        {"scheduling", {{"types", "analysis", "memory", "lowering"}, {"std"}}},
        {"calibration", {{"types", "analysis", "lowering"}, {"std"}}},
        {"quantize", {{"types", "analysis", "calibration", "lowering"}, {"std", "eigen"}}},
        {"learning",
         {{"types", "bytes", "analysis", "calibration", "lowering", "quantize"},
          {"std", "highway"}}},
        {"transform",
         {{"types", "bytes", "analysis", "calibration", "lowering", "quantize", "learning",
           "tflite"},
          {"std", "json", "eigen", "highway"}}},
        {"cost", {{"types", "bytes", "analysis", "memory"}, {"std", "json", "eigen"}}},
        {"footprint",
         {{"types", "tflite", "memory", "lowering", "runtime", "cost"}, {"std", "zlib"}}},
        {"compat", {{"types", "cost", "footprint", "lowering"}, {"std"}}},
        {"data", {{"types", "bytes", "analysis"}, {"std", "image", "zip", "zlib"}}},
        {"metrics", {{"types", "analysis"}, {"std"}}},
        {"scoring", {{"types", "analysis", "lowering", "calibration", "data", "metrics"}, {"std"}}},
        {"diagnosis", {{"types", "analysis", "calibration", "lowering", "metrics"}, {"std"}}},
        {"diff", {{"types", "analysis"}, {"std", "json"}}},
        {"document", {{"types", "bytes"}, {"std"}}},
        {"report", {{"types", "document", "diff", "transform"}, {"std"}}},
        {"exporting", {{"types", "bytes", "tflite", "lowering", "runtime"}, {"std", "json"}}},
        {"zoo", {{"types", "bytes", "analysis", "tflite"}, {"std"}}},
        {"studies", {{"types", "cost", "engine", "search", "zoo"}, {"std", "boost"}}},
        {"engine",
         {{"types", "bytes", "analysis", "tflite", "lowering", "calibration", "quantize",
           "learning", "transform", "cost", "footprint", "data", "scoring", "diagnosis",
           "scheduling"},
          {"std"}}},
        {"search",
         {{"types", "bytes", "sweep", "analysis", "tflite", "memory", "lowering", "calibration",
           "quantize", "learning", "transform", "cost", "footprint", "data", "scoring", "diagnosis",
           "engine"},
          {"std", "json", "boost"}}},
        {"statistics", {{"types"}, {"std", "boost"}}},
        {"store", {{"types", "bytes", "sweep"}, {"std", "sqlite", "libpq"}}},
        {"importers", {{"types", "bytes", "analysis"}, {"std", "json"}}},
        {"evidence", {{"types", "bytes", "importers"}, {"std", "json", "zip"}}},
        {"firmware", {{"runtime"}, {"freestanding"}}},
        {"qemu_plugin", {{"firmware"}, {"std", "freestanding"}}},
        {"runners",
         {{"types", "bytes", "analysis", "lowering", "importers", "firmware", "runtime"},
          {"std", "serial"}}},
        {"matrix",
         {{"types", "bytes", "tflite", "lowering", "cost", "scoring", "engine", "statistics",
           "runners"},
          {"std"}}},
        {"views", {{"types"}, {"std", "qt"}}},
        {"app",
         {{"types",    "bytes",   "analysis",    "tflite",    "layout",    "memory",
           "lowering", "compat",  "calibration", "transform", "cost",      "footprint",
           "data",     "scoring", "diagnosis",   "diff",      "exporting", "studies",
           "engine",   "search",  "statistics",  "store",     "importers", "runners",
           "views",    "onnx",    "evidence",    "matrix",    "document",  "report"},
          {"std", "qt", "json", "cli", "zlib"}}},
    };
    return table;
}

/// The room of a source file: its folder below engine or measurements, else the top folder.
/// engine/cost/fit/fit.cpp -> cost, engine/evaluate.cpp -> engine, views/metric.cpp -> views.
std::string roomOf(const fs::path& relative) {
    // The host's vector kernels are the one part of the runtime that includes a library.
    if (relative.string().starts_with("engine/runtime/host/")) return "runtime_host";
    const std::string top = relative.begin()->string();
    const fs::path below = relative.lexically_relative(top);
    const bool inFolder = std::distance(below.begin(), below.end()) > 1;
    return (top == "engine" || top == "measurements") && inFolder ? below.begin()->string() : top;
}

std::string familyOf(const std::string& header) {
    static const std::set<std::string> freestanding = {"stdint.h", "stddef.h", "arm_acle.h",
                                                       "arm_mve.h"};
    if (freestanding.contains(header)) return "freestanding";
    if (header.starts_with("hwy/")) return "highway";
    if (header.starts_with("tl/expected")) return "expected";
    if (header.starts_with("flatbuffers/") || header == "schema_generated.h") return "flatbuffers";
    if (header.starts_with("google/protobuf/") || header == "onnx_subset.pb.h") return "protobuf";
    if (header.starts_with("nlohmann/")) return "json";
    if (header.starts_with("CLI/")) return "cli";
    if (header.starts_with("Eigen/")) return "eigen";
    if (header.starts_with("nettle/")) return "nettle";
    if (header == "zlib.h") return "zlib";
    if (header == "zip.h") return "zip";
    if (header == "png.h" || header == "turbojpeg.h") return "image";
    if (header.starts_with("boost/")) return "boost";
    if (header == "libserialport.h") return "serial";
    if (header == "libpq-fe.h") return "libpq";
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

/// Sources and headers below the given folders, relative to the root.
std::vector<fs::path> filesBelow(std::initializer_list<const char*> tops) {
    const fs::path root = NETCALIPER_SOURCE_DIR;
    std::vector<fs::path> files;
    for (const char* top : tops)
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto ending = entry.path().extension();
            if (ending == ".h" || ending == ".cpp")
                files.push_back(fs::relative(entry.path(), root));
        }
    return files;
}

std::vector<fs::path> sourceFiles() {
    return filesBelow({"engine", "measurements", "views", "app"});
}

std::string textOf(const fs::path& file) {
    std::ifstream stream(fs::path(NETCALIPER_SOURCE_DIR) / file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The CMakeLists.txt that lists a source: the nearest one above it.
fs::path buildFileOf(const fs::path& source) {
    // Firmware compiles the kernels of the cores, for each core anew.
    if (source.string().starts_with("engine/runtime/cortex_m/") ||
        source.string().starts_with("engine/runtime/riscv/"))
        return "measurements/firmware/CMakeLists.txt";
    fs::path folder = source.parent_path();
    while (!fs::exists(NETCALIPER_SOURCE_DIR / folder / "CMakeLists.txt"))
        folder = folder.parent_path();
    return folder / "CMakeLists.txt";
}

/// True where a build file names the source, with or without its ending, or all of its folder.
bool isListed(const fs::path& source, const fs::path& buildFile) {
    const std::string list = textOf(buildFile);
    const fs::path inRoom = source.lexically_relative(buildFile.parent_path());
    return list.find(" " + (inRoom.parent_path() / "*.cpp").string()) != std::string::npos ||
           std::regex_search(list, std::regex("\\b" + source.stem().string() + "\\b"));
}

bool isForeign(const Include& include) {
    return !include.quoted || familyOf(include.header) != "std";
}

/// The room of a quoted include; the file's own room for a name without a folder.
std::string targetRoom(const std::string& header, const std::string& ownRoom) {
    const std::string first = fs::path(header).begin()->string();
    return permits().contains(first) ? first : ownRoom;
}

/// What the files of each room include.
std::map<std::string, Permit> includesByRoom() {
    std::map<std::string, Permit> used;
    for (const fs::path& file : sourceFiles()) {
        const std::string room = roomOf(file);
        for (const Include& include : includesOf(fs::path(NETCALIPER_SOURCE_DIR) / file)) {
            if (isForeign(include))
                used[room].foreign.insert(familyOf(include.header));
            else
                used[room].rooms.insert(targetRoom(include.header, room));
        }
    }
    return used;
}

TEST(Layering, EveryFolderOfRoomsHasARow) {
    for (const fs::path& file : sourceFiles())
        EXPECT_TRUE(permits().contains(roomOf(file)))
            << file << " belongs to the room '" << roomOf(file)
            << "', which has no row in permits(): add one to " << __FILE__;
}

TEST(Layering, EveryIncludeIsAllowed) {
    for (const fs::path& file : sourceFiles()) {
        const std::string room = roomOf(file);
        if (!permits().contains(room)) continue;
        const Permit& permit = permits().at(room);
        for (const Include& include : includesOf(fs::path(NETCALIPER_SOURCE_DIR) / file)) {
            const std::string target =
                isForeign(include) ? familyOf(include.header) : targetRoom(include.header, room);
            const auto& allowed = isForeign(include) ? permit.foreign : permit.rooms;
            EXPECT_TRUE(target == room || allowed.contains(target))
                << file << " includes " << include.header << " of '" << target
                << "', which the room '" << room << "' may not know";
        }
    }
}

TEST(Layering, NoPermitIsUnused) {
    auto used = includesByRoom();
    for (const auto& [room, permit] : permits()) {
        for (const std::string& target : permit.rooms)
            EXPECT_TRUE(used[room].rooms.contains(target))
                << "no file of the room '" << room << "' includes the room '" << target
                << "': remove the permit from " << __FILE__;
        for (const std::string& family : permit.foreign)
            EXPECT_TRUE(used[room].foreign.contains(family))
                << "no file of the room '" << room << "' includes a header of '" << family
                << "': remove the permit from " << __FILE__;
    }
}

/// The name of the type that a line at the margin of a header defines; empty: none.
std::string definedType(const std::string& line) {
    static const std::regex pattern(
        R"(^(struct|class|enum class|enum) (\w+)( final)?( : [^;]*|:[^;]*)?( ?\{.*)?$)");
    std::smatch match;
    return std::regex_match(line, match, pattern) ? match[2].str() : std::string();
}

// Two types of one name are two meanings of one word; in one namespace they even violate the
// one-definition rule without a diagnostic.
TEST(Layering, TypesInHeadersHaveNamesOfTheirOwn) {
    std::map<std::string, fs::path> seen;
    for (const fs::path& file : sourceFiles()) {
        if (file.extension() != ".h") continue;
        std::ifstream stream(fs::path(NETCALIPER_SOURCE_DIR) / file);
        for (std::string line; std::getline(stream, line);) {
            const std::string type = definedType(line);
            if (type.empty()) continue;
            const auto [known, isNew] = seen.emplace(type, file);
            EXPECT_TRUE(isNew || known->second == file)
                << file << " and " << known->second << " both define a type " << type;
        }
    }
    EXPECT_GT(seen.size(), 300u) << "definedType() misses definitions";
}

TEST(Layering, EveryFolderOfTestsIsBuilt) {
    const fs::path tests = fs::path(NETCALIPER_SOURCE_DIR) / "tests";
    std::ifstream stream(tests / "CMakeLists.txt");
    std::set<std::string> listed;
    const std::regex word(R"(\w+)");
    for (std::string line; std::getline(stream, line);)
        for (std::sregex_iterator found(line.begin(), line.end(), word), end; found != end; ++found)
            listed.insert(found->str());
    for (const auto& entry : fs::directory_iterator(tests)) {
        const std::string folder = entry.path().filename().string();
        if (!fs::exists(entry.path() / "CMakeLists.txt")) continue;
        EXPECT_TRUE(listed.contains(folder))
            << "tests/CMakeLists.txt does not list the folder " << folder;
    }
}

TEST(Layering, FileNamesAreUnique) {
    std::map<std::string, fs::path> seen;
    for (const fs::path& file : sourceFiles()) {
        const auto [known, isNew] = seen.emplace(file.filename().string(), file);
        EXPECT_TRUE(isNew) << file << " and " << known->second << " have one name";
    }
}

// A test that is not compiled fails nothing.
TEST(Layering, EverySourceIsInTheBuild) {
    for (const fs::path& file : filesBelow({"engine", "measurements", "views", "app", "tests"}))
        if (file.extension() == ".cpp")
            EXPECT_TRUE(isListed(file, buildFileOf(file)))
                << file << " is not compiled: add it to " << buildFileOf(file);
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
