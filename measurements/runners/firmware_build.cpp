// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/firmware_build.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "bytes/sha256.h"
#include "runners/qemu_process.h"
#include "runners/qemu_tools.h"

namespace runners {
namespace {

namespace fs = std::filesystem;
using types::fail;
using types::Result;

constexpr double kSilentBuildS = 300;  ///< longest time that one source may take

/// The source folder that CMake recorded in the build tree of this program; empty: installed.
fs::path sourceFolder() {
    if (const char* chosen = std::getenv("NETCALIPER_SOURCES")) return chosen;
    std::ifstream cache(emulatorDirectory().parent_path() / "CMakeCache.txt");
    const std::string key = "CMAKE_HOME_DIRECTORY:INTERNAL=";
    for (std::string line; std::getline(cache, line);)
        if (line.starts_with(key)) return line.substr(key.size());
    return {};
}

fs::path cacheFolder() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && *cache != 0) return fs::path(cache) / "netcaliper" / "firmware";
    const char* home = std::getenv("HOME");
    return fs::path(home == nullptr ? "/tmp" : home) / ".cache" / "netcaliper" / "firmware";
}

/// One folder for each source folder, family and flags, so that two checkouts do not rebuild each
/// other's.
fs::path buildFolder(const QemuBoard& board, const std::string& flags) {
    const std::string sources = sourceFolder().string();
    const auto* bytes = reinterpret_cast<const uint8_t*>(sources.data());
    return cacheFolder() /
           (bytes::sha256({bytes, sources.size()}).substr(0, 12) + "-" + board.family.name + flags);
}

std::string targetName(const QemuBoard& board) {
    return "firmware-" + std::string(board.name);
}

bool isBundled(const std::string& flags) {
    return flags.empty() || flags == kFirmwareFlags;
}

/// Holds a file's lock while it lives: other threads and processes wait for it.
class BuildLock {
public:
    explicit BuildLock(const fs::path& file)
        : m_file(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644)) {
        if (m_file >= 0) flock(m_file, LOCK_EX);
    }
    BuildLock(const BuildLock&) = delete;
    BuildLock& operator=(const BuildLock&) = delete;
    ~BuildLock() {
        if (m_file >= 0) close(m_file);
    }
    bool isHeld() const { return m_file >= 0; }

private:
    int m_file;
};

/// Share of a line "[12/90] Building ..." of Ninja; negative for other lines.
double shareOf(const std::string& line) {
    unsigned done = 0, all = 0;
    if (std::sscanf(line.c_str(), "[%u/%u]", &done, &all) != 2 || all == 0) return -1;
    return static_cast<double>(done) / all;
}

std::string endOf(const std::string& log) {
    constexpr size_t kMost = 600;
    return log.size() > kMost ? "..." + log.substr(log.size() - kMost) : log;
}

Result<void> runTool(const std::vector<std::string>& words, const std::string& step,
                     const types::Work& work) {
    const auto onLine = [&](const std::string& line) {
        if (const double share = shareOf(line); share >= 0) work.report(share, step.c_str());
    };
    const auto end = runProcess(words, kSilentBuildS, work.stop, onLine);
    if (!end) return tl::unexpected(end.error());
    if (end->stopped) return types::cancelled();
    if (end->silent)
        return fail("building firmware hangs", words.front(), "run it by hand to see why");
    if (end->exitStatus == 0) return {};
    return fail("firmware cannot be built", words.front() + ": " + endOf(end->output),
                "build the target firmware_images, which shows all of it");
}

Result<void> checkSources(const fs::path& sources, const QemuFamily& family,
                          const std::string& flags) {
    if (!fs::exists(sources / family.toolchain))
        return fail(
            "firmware with " + flags + " is built on demand, and this program has no sources of it",
            sources.empty() ? "installed program" : sources.string(),
            std::string("take ") + kFirmwareFlags +
                ", or set NETCALIPER_SOURCES to a checkout of this version");
    for (const char* tool : {"cmake", "ninja", family.compiler})
        if (findProgram(tool).empty())
            return fail("firmware with " + flags + " cannot be built without a program", tool,
                        std::string("install the packages cmake, ninja-build and ") +
                            family.compilerPackage);
    return {};
}

}  // namespace

const std::vector<std::string>& firmwareLevels() {
    static const std::vector<std::string> levels = {"-O1", "-Os", "-O2", "-O3", "-Ofast"};
    return levels;
}

Result<std::string> firmwareLevel(const std::string& word) {
    const std::string level = word.starts_with("-") ? word : "-" + word;
    const auto& levels = firmwareLevels();
    if (std::ranges::find(levels, level) != levels.end()) return level;
    std::string known;
    for (const std::string& one : levels)
        known += (known.empty() ? "" : ", ") + one;
    return fail("no such level of optimisation", word, "choose among " + known);
}

fs::path firmwareImage(const QemuBoard& board, const std::string& flags) {
    const fs::path folder =
        isBundled(flags) ? emulatorDirectory() : buildFolder(board, flags) / "bin";
    return folder / (targetName(board) + ".elf");
}

Result<void> buildFirmware(const QemuBoard& board, const std::string& flags,
                           const types::Work& work) {
    if (isBundled(flags)) return {};
    const fs::path sources = sourceFolder(), folder = buildFolder(board, flags);
    if (auto known = checkSources(sources, board.family, flags); !known) return known;
    std::error_code problem;
    fs::create_directories(folder, problem);
    const BuildLock lock(folder / "lock");
    if (problem || !lock.isHeld())
        return fail("cannot be written", folder.string(), "check space and rights there");
    const std::string step = "building " + targetName(board) + " " + flags;
    if (!fs::exists(folder / "build.ninja")) {
        const std::vector<std::string> configure = {
            "cmake",
            "-S",
            sources.string(),
            "-B",
            folder.string(),
            "-G",
            "Ninja",
            "-DNETCALIPER_TARGET_ONLY=ON",
            "-DCMAKE_BUILD_TYPE=Release",
            "-DCMAKE_CXX_FLAGS_RELEASE=" + flags,
            "-DCMAKE_TOOLCHAIN_FILE=" + (sources / board.family.toolchain).string()};
        if (auto done = runTool(configure, step, work.quiet()); !done) return done;
    }
    return runTool({"ninja", "-C", folder.string(), "-j", std::to_string(std::max(work.threads, 1)),
                    targetName(board)},
                   step, work);
}

}  // namespace runners
