// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_runner.h"

#include "runners/board_cycles.h"
#include "runners/firmware_build.h"
#include "runners/qemu_run.h"
#include "runners/qemu_session.h"
#include "runners/qemu_tools.h"

namespace runners {
namespace {

using types::Result;
using types::Session;

Result<Session> runOnBoard(const QemuBoard& board, const RunRequest& request,
                           const types::Work& work) {
    // Checks the tools first, before a model is lowered for an emulator that is missing.
    const std::string& flags = request.firmwareFlags;
    if (auto built = buildFirmware(board, flags, work); !built)
        return tl::unexpected(built.error());
    if (const auto tools = findQemuTools(board, flags); !tools)
        return tl::unexpected(tools.error());
    const bool plain = request.kernels == lowering::Kernels::Reference;
    const auto job =
        makeQemuJob(request, plain ? types::Isa::Portable : board.isa(), kQemuRoomBytes);
    if (!job) return tl::unexpected(job.error());
    const auto run = runQemuJob(board, request, *job, work);
    if (!run) return tl::unexpected(run.error());
    auto session = makeQemuSession(board, request, *job, *run);
    if (session) addBoardCycles(*session, request.board.get());
    return session;
}

}  // namespace

Result<Session> runOnQemuM0Plus(const std::string&, const RunRequest& request,
                                const types::Work& work) {
    return runOnBoard(kQemuM0Plus, request, work);
}
Result<Session> runOnQemuM4(const std::string&, const RunRequest& request,
                            const types::Work& work) {
    return runOnBoard(kQemuM4, request, work);
}
Result<Session> runOnQemuM7(const std::string&, const RunRequest& request,
                            const types::Work& work) {
    return runOnBoard(kQemuM7, request, work);
}
Result<Session> runOnQemuM33(const std::string&, const RunRequest& request,
                             const types::Work& work) {
    return runOnBoard(kQemuM33, request, work);
}
Result<Session> runOnQemuM55(const std::string&, const RunRequest& request,
                             const types::Work& work) {
    return runOnBoard(kQemuM55, request, work);
}

Result<Session> runOnQemuRv32(const std::string&, const RunRequest& request,
                              const types::Work& work) {
    return runOnBoard(kQemuRv32, request, work);
}

}  // namespace runners
