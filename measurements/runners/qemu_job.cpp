// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_job.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <set>

#include "firmware/board_job.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "runtime/checksum.h"
#include "runtime/program.h"

namespace runners {
namespace {

using firmware::BoardJob;
using lowering::Execution;
using types::Graph;
using types::Result;

constexpr size_t rounded(size_t bytes) {
    return (bytes + 15) / 16 * 16;
}

class Bytes16 {
public:
    /// Returns the offset of the bytes, a multiple of 16.
    uint32_t append(std::span<const uint8_t> data) {
        m_bytes.resize(rounded(m_bytes.size()));
        const size_t at = m_bytes.size();
        m_bytes.insert(m_bytes.end(), data.begin(), data.end());
        m_bytes.resize(rounded(m_bytes.size()));
        return static_cast<uint32_t>(at);
    }
    std::vector<uint8_t>& bytes() { return m_bytes; }

private:
    std::vector<uint8_t> m_bytes;
};

std::span<const uint8_t> programOf(const lowering::Lowered& lowered) {
    return {reinterpret_cast<const uint8_t*>(lowered.words->data()), lowered.programBytes};
}

/// Bytes of the board's memory that a BoardJob needs. Computed before anything runs, because every
/// invoke has inputs.
size_t roomFor(const Graph& graph, const lowering::Lowered& lowered, int invokes) {
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered.words->data());
    size_t inputs = 0;
    for (const int32_t tensor : graph.inputs)
        inputs += rounded(static_cast<size_t>(graph.tensor(tensor).bytes()));
    return rounded(sizeof(BoardJob)) + rounded(lowered.programBytes) +
           static_cast<size_t>(invokes) * inputs + program.arenaBytes + program.stateBytes + 64;
}

/// Runs the model on this machine and keeps the inputs of every invoke.
Result<void> runHere(const RunRequest& request, int invokes, Bytes16& inputs, QemuJob& job) {
    const Graph& graph = *request.graph;
    auto execution = Execution::create(graph, lowering::Kernels::Reference);
    if (!execution) return tl::unexpected(execution.error());
    lowering::SeededInputs random(graph, request.inputSeed);
    for (int invoke = 0; invoke < invokes; ++invoke) {
        for (size_t i = 0; i < execution->inputCount(); ++i) {
            random.fill(i, execution->input(i));
            inputs.append(execution->input(i));
        }
        std::set<int32_t> seen;
        const auto ran = execution->invoke([&](size_t op) {
            seen.insert(static_cast<int32_t>(op));
            for (int32_t tensor : graph.ops[op].outputs) {
                if (tensor < 0) continue;
                const auto bytes = execution->tensor(tensor);
                job.expected[tensor] =
                    runtime::checksum(bytes.data(), static_cast<uint32_t>(bytes.size()));
            }
        });
        if (!ran) return ran;
        // This machine's order may be another one.
        auto& inOrder = job.ran.emplace_back();
        std::ranges::copy_if(job.order, std::back_inserter(inOrder),
                             [&](int32_t op) { return seen.contains(op); });
    }
    return {};
}

}  // namespace

Result<QemuJob> makeQemuJob(const RunRequest& request, types::Isa isa, size_t roomBytes) {
    const Graph& graph = *request.graph;
    const auto plan = lowering::netcaliperPlan(graph, isa);
    const auto lowered = lowering::lower(graph, plan, isa);
    if (!lowered) return tl::unexpected(lowered.error());
    const int hops = static_cast<int>(lowering::hopsPerOutput(*lowered));
    const int invokes = request.repeats.value_or(1) * hops;
    if (const size_t needed = roomFor(graph, *lowered, invokes); needed > roomBytes)
        return types::fail(
            "needs " + std::to_string(needed) + " bytes of program, inputs and arena", graph.name,
            "the board has room for " + std::to_string(roomBytes));
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered->words->data());
    QemuJob job;
    job.order = plan.order;
    job.invokesPerOutput = hops;
    job.programBytes = lowered->programBytes;
    job.arenaBytes = program.arenaBytes;
    Bytes16 inputs, whole;
    if (auto ran = runHere(request, invokes, inputs, job); !ran) return tl::unexpected(ran.error());

    BoardJob header;
    header.invokes = static_cast<uint32_t>(invokes);
    header.plainKernels = request.kernels == lowering::Kernels::Reference ? 1 : 0;
    header.inputsBytes = static_cast<uint32_t>(inputs.bytes().size() / header.invokes);
    whole.append({reinterpret_cast<const uint8_t*>(&header), sizeof header});
    header.programOffset = whole.append(programOf(*lowered));
    header.inputsOffset = whole.append(inputs.bytes());
    header.arenaOffset = static_cast<uint32_t>(whole.bytes().size());
    std::memcpy(whole.bytes().data(), &header, sizeof header);
    job.bytes = std::move(whole.bytes());
    return job;
}

}  // namespace runners
