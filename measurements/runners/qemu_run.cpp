// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_run.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "runners/compare_outputs.h"
#include "runners/qemu_fault.h"
#include "runners/qemu_process.h"
#include "runners/qemu_tools.h"
#include "runtime/status.h"

namespace runners {
namespace {

namespace fs = std::filesystem;
using types::fail;
using types::Result;

/// Temporary files of one run, removed at its end.
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

std::vector<std::string> commandFor(const QemuBoard& board, const QemuTools& tools,
                                    const Workplace& files) {
    char address[32];
    std::snprintf(address, sizeof address, "0x%x", board.jobAddress);
    std::vector<std::string> command = {
        tools.qemu,
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
    // A machine whose core is chosen would else start the firmware that QEMU brings for it.
    if (board.cpu != nullptr) command.insert(command.end(), {"-cpu", board.cpu, "-bios", "none"});
    return command;
}

std::string whereIn(const types::Graph& graph, std::optional<int32_t> op) {
    return op && static_cast<size_t>(*op) < graph.ops.size()
               ? types::opLabel(graph, static_cast<size_t>(*op))
               : graph.name;
}

/// The layer that was running when the log ended.
std::optional<int32_t> nextOp(const QemuJob& job, size_t logged) {
    if (logged >= job.order.size()) return std::nullopt;
    return job.order[logged];
}

Result<void> checkEnd(const types::Graph& graph, const QemuJob& job, const ProcessEnd& end,
                      const QemuLog& log) {
    if (end.stopped) return types::cancelled();
    if (end.silent)
        return fail("emulated board sends no output", whereIn(graph, nextOp(job, log.ops.size())),
                    "give it more time with a longer timeout");
    if (log.fault)
        return fail("firmware crashed (" + faultText(*log.fault) + ")",
                    whereIn(graph, log.fault->op), "report this model as a bug");
    if (!log.status)
        return fail("emulator ended early: " + end.output.substr(0, 300), graph.name,
                    "run it by hand to see why");
    if (*log.status == static_cast<uint32_t>(runtime::Status::MissingKernel))
        return fail("firmware has no kernel for this operator",
                    whereIn(graph, nextOp(job, log.ops.size())),
                    "it is older than this program: build the target firmware_images again");
    const auto status = static_cast<runtime::Status>(*log.status);
    if (status != runtime::Status::Ok && status != runtime::Status::Skipped)
        return fail("firmware ended with status " + std::to_string(*log.status),
                    whereIn(graph, nextOp(job, log.ops.size())), "report this model as a bug");
    return {};
}

}  // namespace

Result<QemuRun> runQemuJob(const QemuBoard& board, const RunRequest& request, const QemuJob& job,
                           const types::Work& work) {
    const auto tools = findQemuTools(board, request.firmwareFlags);
    if (!tools) return tl::unexpected(tools.error());
    const auto files = Workplace::make();
    if (!files) return tl::unexpected(files.error());
    if (auto written = writeJob(job, files->job()); !written)
        return tl::unexpected(written.error());

    size_t done = 0;
    const auto onLine = [&](const std::string& line) {
        if (!line.starts_with("op ") || job.order.empty()) return;
        ++done;
        work.report(static_cast<double>(done) / static_cast<double>(job.order.size()),
                    line.c_str());
    };
    const auto end =
        runProcess(commandFor(board, *tools, *files), request.timeoutS, work.stop, onLine);
    if (!end) return tl::unexpected(end.error());
    QemuRun run{readQemuLog(end->output), {}};
    if (auto good = checkEnd(*request.graph, job, *end, run.log); !good)
        return tl::unexpected(good.error());
    if (auto equal = compareOutputs(*request.graph, run.log.ops, job.expected, run.log.checksums,
                                    "the emulated board");
        !equal)
        return tl::unexpected(equal.error());
    run.counts = readCounts(contentOf(files->counts()));
    return run;
}

}  // namespace runners
