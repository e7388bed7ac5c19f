// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/agent_job.h"

#include "firmware/agent/kernel_list_mark.h"
#include "firmware/agent/model_layout.h"
#include "firmware/board_job.h"
#include "runtime/checksum.h"
#include "types/target.h"

namespace runners {
namespace {

using firmware::AgentInfo;
using firmware::Store;
using types::fail;
using types::Result;

constexpr int kAgentRepeats = 5;                       ///< without a number asked for
constexpr size_t kAgentInputsBytes = size_t{1} << 30;  ///< of this machine, for all inputs

/// Takes the parts of a BoardJob apart: an agent gets them one by one.
void takeApart(const types::Graph& graph, AgentJob& job) {
    const uint8_t* bytes = job.made.bytes.data();
    const auto& head = *reinterpret_cast<const firmware::BoardJob*>(bytes);
    const uint8_t* program = bytes + head.programOffset;
    job.program.assign(program, program + job.made.programBytes);
    job.checksum = runtime::checksum(job.program.data(), static_cast<uint32_t>(job.program.size()));
    const uint8_t* at = bytes + head.inputsOffset;
    for (uint32_t invoke = 0; invoke < head.invokes; ++invoke) {
        auto& inputs = job.inputs.emplace_back();
        for (const int32_t tensor : graph.inputs) {
            const auto size = static_cast<size_t>(graph.tensor(tensor).bytes());
            inputs.emplace_back(at, at + size);
            at += (size + 15) / 16 * 16;
        }
    }
    job.made.bytes = {};
}

const runtime::Program& programIn(const AgentJob& job) {
    return *reinterpret_cast<const runtime::Program*>(job.program.data());
}

/// Inputs that have no memory, or are constant, are not sent.
bool isSent(const runtime::Program& program, size_t input) {
    const int32_t tensor = program.input(static_cast<uint32_t>(input));
    if (tensor < 0) return false;
    const auto place = program.tensor(tensor).place;
    return place == runtime::Place::Arena || place == runtime::Place::State;
}

std::string kib(uint64_t bytes) {
    return std::to_string((bytes + 1023) / 1024) + " KiB";
}

/// Chooses RAM where everything fits, else flash.
Result<Store> chooseStore(const AgentJob& job, const AgentInfo& info, const std::string& model) {
    const auto needed = [&](Store store) { return firmware::layoutOf(programIn(job), store).end; };
    if (needed(Store::Ram) <= info.ramBytes) return Store::Ram;
    if (job.program.size() <= info.flashBytes && needed(Store::Flash) <= info.ramBytes)
        return Store::Flash;
    const std::string board(info.board);
    if (info.flashBytes == 0 || needed(Store::Flash) > info.ramBytes)
        return fail("needs " +
                        kib(info.flashBytes == 0 ? needed(Store::Ram) : needed(Store::Flash)) +
                        " of RAM on the board, " + board + " has " + kib(info.ramBytes) + " for it",
                    model, "measure a smaller variation, or on a larger board");
    return fail("needs " + kib(job.program.size()) + " of flash on the board, " + board + " has " +
                    kib(info.flashBytes) + " for it",
                model, "measure a smaller variation, or on a larger board");
}

Result<void> checkVersions(const AgentInfo& info) {
    if (info.programVersion == runtime::kProgramVersion &&
        info.kernelList == firmware::kernelListMark() && info.isa <= 2 &&
        info.bodyBytes >= firmware::kMaxBody)
        return {};
    return fail("agent " + std::string(info.version) +
                    " was built from other sources than this program, with other kernels",
                info.board, "build the agent of this version and flash it");
}

}  // namespace

uint32_t AgentJob::inputsChecksum(size_t invoke) const {
    uint32_t sum = 0;
    for (const auto& bytes : inputs[invoke])
        if (!bytes.empty())
            sum = sum * 31 + runtime::checksum(bytes.data(), static_cast<uint32_t>(bytes.size()));
    return sum;
}

Result<AgentJob> makeAgentJob(const RunRequest& request, const AgentInfo& info) {
    if (auto good = checkVersions(info); !good) return tl::unexpected(good.error());
    AgentJob job;
    job.repeats = request.repeats.value_or(kAgentRepeats);
    RunRequest asked = request;
    asked.repeats = job.repeats + 1;
    const bool plain = request.kernels == lowering::Kernels::Reference;
    const auto isa = plain ? types::Isa::Portable : static_cast<types::Isa>(info.isa);
    auto made = makeQemuJob(asked, isa, kAgentInputsBytes);
    if (!made) return tl::unexpected(made.error());
    job.made = std::move(*made);
    takeApart(*request.graph, job);
    for (auto& inputs : job.inputs)
        for (size_t i = 0; i < inputs.size(); ++i)
            if (!isSent(programIn(job), i)) inputs[i].clear();
    for (size_t op = 0; op < request.graph->ops.size(); ++op)
        job.layers.push_back(types::opLabel(*request.graph, op));
    const auto store = chooseStore(job, info, request.graph->name);
    if (!store) return tl::unexpected(store.error());
    job.store = *store;
    return job;
}

}  // namespace runners
