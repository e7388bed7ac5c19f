// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_runner.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "firmware/board_job.h"
#include "runners/qemu_job.h"
#include "runners/qemu_log.h"
#include "runners/qemu_process.h"
#include "runners/qemu_session.h"

namespace runners {
namespace {

namespace fs = std::filesystem;
using types::fail;
using types::Result;
using types::Session;

constexpr size_t kRoomBytes = size_t{16} << 20;  // of the region `jobs` in boards/*.ld

fs::path emulatorDirectory() {
    if (const char* chosen = std::getenv("NETCALIPER_EMULATOR")) return chosen;
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    return problem ? fs::path() : program.parent_path().parent_path() / "emulator";
}

struct Tools {
    std::string qemu;
    fs::path firmware, plugin;
};

Result<Tools> findTools(const QemuBoard& board) {
    const fs::path directory = emulatorDirectory();
    Tools tools{findProgram("qemu-system-arm"),
                directory / ("firmware-" + std::string(board.name) + ".elf"),
                directory / "counting_plugin.so"};
    if (tools.qemu.empty())
        return fail("emulator is not installed", "qemu-system-arm",
                    "install the package qemu-system-arm");
    if (!fs::exists(tools.firmware) || !fs::exists(tools.plugin))
        return fail("firmware for the emulated board is not there", tools.firmware.string(),
                    "install the packages gcc-arm-none-eabi and qemu-system-arm and build again");
    return tools;
}

/// Files of one run, removed at its end.
class Workplace {
public:
    static Result<Workplace> make() {
        std::string name = (fs::temp_directory_path() / "netcaliper-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            return fail("cannot make a directory", name, "check space and rights there");
        return Workplace(name);
    }
    explicit Workplace(fs::path directory) : m_directory(std::move(directory)) {}
    Workplace(Workplace&& other) noexcept : m_directory(std::exchange(other.m_directory, {})) {}
    Workplace& operator=(Workplace&&) = delete;
    ~Workplace() {
        std::error_code ignored;
        if (!m_directory.empty()) fs::remove_all(m_directory, ignored);
    }

    fs::path job() const { return m_directory / "job.bin"; }
    fs::path counts() const { return m_directory / "counts.txt"; }

private:
    fs::path m_directory;
};

std::string contentOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Result<void> writeJob(const QemuJob& job, const fs::path& file) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(job.bytes.data()),
                 static_cast<std::streamsize>(job.bytes.size()));
    stream.close();
    if (!stream) return fail("cannot be written", file.string(), "check the space left");
    return {};
}

std::vector<std::string> commandFor(const QemuBoard& board, const Tools& tools,
                                    const Workplace& files) {
    char address[32];
    std::snprintf(address, sizeof address, "0x%x", board.jobAddress);
    return {tools.qemu,
            "-machine",
            board.machine,
            "-nodefaults",
            "-display",
            "none",
            "-chardev",
            "stdio,id=log",
            "-semihosting-config",
            "enable=on,target=native,chardev=log",
            "-kernel",
            tools.firmware.string(),
            "-device",
            "loader,file=" + files.job().string() + ",addr=" + address + ",force-raw=on",
            "-plugin",
            tools.plugin.string() + ",out=" + files.counts().string()};
}

std::string whereIn(const types::Graph& graph, std::optional<int32_t> op) {
    return op && static_cast<size_t>(*op) < graph.ops.size()
               ? types::opLabel(graph, static_cast<size_t>(*op))
               : graph.name;
}

/// The layer that ran when the log broke off.
std::optional<int32_t> nextOp(const QemuJob& job, size_t logged) {
    if (logged >= job.order.size()) return std::nullopt;
    return job.order[logged];
}

Result<void> checkEnd(const types::Graph& graph, const QemuJob& job, const ProcessEnd& end,
                      const QemuLog& log) {
    if (end.stopped) return fail(kCancelled);
    if (end.silent)
        return fail("emulated board stays silent", whereIn(graph, nextOp(job, log.ops.size())),
                    "give it more time with a longer timeout");
    if (log.fault)
        return fail("firmware crashed (exception " + std::to_string(log.fault->exception) + ")",
                    whereIn(graph, log.fault->op), "report this model as a bug");
    if (!log.status)
        return fail("emulator ended early: " + end.output.substr(0, 300), graph.name,
                    "run it by hand to see why");
    if (*log.status != 0)
        return fail("firmware ended with status " + std::to_string(*log.status),
                    whereIn(graph, nextOp(job, log.ops.size())), "report this model as a bug");
    return {};
}

Result<void> compareOutputs(const types::Graph& graph, const QemuJob& job, const QemuLog& log) {
    for (int32_t op : log.ops) {
        if (op < 0 || static_cast<size_t>(op) >= graph.ops.size()) continue;
        for (int32_t tensor : graph.ops[static_cast<size_t>(op)].outputs) {
            const auto expected = job.expected.find(tensor);
            const auto found = log.checksums.find(tensor);
            if (expected == job.expected.end()) continue;
            if (graph.tensor(tensor).type == types::DataType::Float32) continue;
            if (found == log.checksums.end() || found->second != expected->second)
                return fail("output on the emulated board is not the one of this machine",
                            types::opLabel(graph, static_cast<size_t>(op)),
                            "report this model as a bug");
        }
    }
    return {};
}

Result<Session> runOnBoard(const QemuBoard& board, const RunRequest& request, std::stop_token stop,
                           const Progress& progress) {
    const auto tools = findTools(board);
    if (!tools) return tl::unexpected(tools.error());
    const bool plain = request.kernels == lowering::Kernels::Reference;
    const auto job =
        makeQemuJob(request, plain ? lowering::Target::Portable : board.target, kRoomBytes);
    if (!job) return tl::unexpected(job.error());
    const auto files = Workplace::make();
    if (!files) return tl::unexpected(files.error());
    if (auto written = writeJob(*job, files->job()); !written)
        return tl::unexpected(written.error());

    size_t done = 0;
    const auto onLine = [&](const std::string& line) {
        if (!line.starts_with("op ") || !progress || job->order.empty()) return;
        ++done;
        progress(static_cast<double>(done) / static_cast<double>(job->order.size()), line);
    };
    const auto end = runProcess(commandFor(board, *tools, *files), request.timeoutS, stop, onLine);
    if (!end) return tl::unexpected(end.error());
    const QemuLog log = readQemuLog(end->output);
    if (auto good = checkEnd(*request.graph, *job, *end, log); !good)
        return tl::unexpected(good.error());
    if (auto equal = compareOutputs(*request.graph, *job, log); !equal)
        return tl::unexpected(equal.error());
    return makeQemuSession(board, request, *job, readCounts(contentOf(files->counts())));
}

}  // namespace

Result<Session> runOnQemuM4(const std::string&, const RunRequest& request, std::stop_token stop,
                            const Progress& progress) {
    return runOnBoard(kQemuM4, request, stop, progress);
}
Result<Session> runOnQemuM7(const std::string&, const RunRequest& request, std::stop_token stop,
                            const Progress& progress) {
    return runOnBoard(kQemuM7, request, stop, progress);
}
Result<Session> runOnQemuM33(const std::string&, const RunRequest& request, std::stop_token stop,
                             const Progress& progress) {
    return runOnBoard(kQemuM33, request, stop, progress);
}
Result<Session> runOnQemuM55(const std::string&, const RunRequest& request, std::stop_token stop,
                             const Progress& progress) {
    return runOnBoard(kQemuM55, request, stop, progress);
}

}  // namespace runners
