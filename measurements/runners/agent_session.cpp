// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/agent_session.h"

#include <cstdio>

#include "runners/compare_outputs.h"
#include "runners/memory_row.h"

namespace runners {
namespace {

using namespace types;
using firmware::Counter;
using firmware::Row;

/// Cycles per output: of all layers, and of each.
struct Samples {
    std::vector<double> whole;
    std::map<int32_t, std::vector<double>> layers;
};

Samples samplesOf(const AgentRun& run) {
    Samples samples;
    const size_t hops = run.job.hops();
    for (size_t begin = 0; begin + hops < run.invokes.size(); begin += hops) {
        double whole = 0;
        std::map<int32_t, double> layers;
        for (size_t hop = 0; hop < hops; ++hop) {
            whole += static_cast<double>(run.invokes[begin + hop].result.cycles);
            for (const Row& row : run.invokes[begin + hop].rows)
                layers[row.op] += static_cast<double>(row.cycles);
        }
        samples.whole.push_back(whole);
        for (const auto& [op, cycles] : layers)
            samples.layers[op].push_back(cycles);
    }
    return samples;
}

/// Adds the samples as counted and, where they are those of a board, as microseconds.
void addTimes(Session& session, const AgentRun& run, Measurement m, std::vector<double> cycles) {
    const bool isEmulated = run.info.isEmulated != 0;
    m.quantity = isEmulated ? Quantity::Ticks : Quantity::Cycles;
    if (isEmulated) m.note = "of the emulator's clock; they tell nothing about a board";
    m.samples = std::move(cycles);
    session.measurements.push_back(m);
    if (isEmulated || run.info.clockHz == 0) return;
    for (double& sample : m.samples)
        sample = sample * 1e6 / run.info.clockHz;
    m.quantity = Quantity::LatencyUs;
    m.note = "cycles at the clock that the agent states";
    session.measurements.push_back(std::move(m));
}

void addAllTimes(Session& session, const RunRequest& request, const AgentRun& run) {
    if (run.info.counter == Counter::None) {
        session.warnings.push_back("The agent's port has no cycle counter.");
        return;
    }
    const Samples samples = samplesOf(run);
    Measurement whole;
    whole.key = kWhole;
    addTimes(session, run, whole, samples.whole);
    for (const auto& [op, cycles] : samples.layers) {
        if (op < 0 || static_cast<size_t>(op) >= request.graph->ops.size()) continue;
        Measurement layer;
        layer.layer = op;
        layer.op = request.graph->ops[static_cast<size_t>(op)].name();
        layer.key = layerKey(op, layer.op);
        addTimes(session, run, layer, cycles);
    }
}

void addAgentMemory(Session& session, const AgentRun& run) {
    const auto& last = run.invokes.back().result;
    const bool inFlash = run.job.store == firmware::Store::Flash;
    addMemoryRow(session, "program", static_cast<double>(run.job.program.size()),
                 inFlash ? "weights, parameters and order of the operators: in flash"
                         : "weights, parameters and order of the operators: run from RAM");
    addMemoryRow(session, "arena", static_cast<double>(run.job.made.arenaBytes));
    addMemoryRow(session, "arena used", run.marked.arenaBytes,
                 "up to the last byte that an inference changed");
    addMemoryRow(session, "static data", last.staticBytes, "of agent and runtime");
    addMemoryRow(session, "stack", last.stackBytes, "deepest use of agent and runtime");
    addMemoryRow(session, "RAM beyond the arena", last.staticBytes + last.stackBytes,
                 "static data and stack of runtime and agent");
}

Conditions agentConditions(const RunRequest& request, const AgentRun& run) {
    const auto& info = run.info;
    Conditions conditions = modelConditions(request);
    const bool isEmulated = info.isEmulated != 0;
    conditions.source = isEmulated ? MeasurementSource::Emulator : MeasurementSource::Board;
    conditions.board = info.board;
    conditions.core = info.core;
    conditions.clockMhz = isEmulated ? 0 : info.clockHz / 1e6;
    conditions.runtime = kNetcaliperRuntime;
    conditions.runtimeVersion = info.version;
    const bool plain = request.kernels == lowering::Kernels::Reference || info.isa == 0;
    conditions.kernels = plain ? "reference" : info.isa == 2 ? "MVE" : "DSP";
    conditions.compiler = info.compiler;
    conditions.flags = info.flags;
    conditions.notes =
        "agent: protocol " + std::to_string(info.protocol) + ", " + std::to_string(run.baud) +
        " baud\nprogram: " + (run.job.store == firmware::Store::Flash ? "in flash" : "in RAM") +
        "\ncounter: " + (info.counter == Counter::Dwt ? "DWT" : "SysTick") +
        "\noutputs: every layer's CRC-32 as on this machine";
    return conditions;
}

Result<void> checkOutputs(const RunRequest& request, const AgentRun& run) {
    Checksums found;
    std::vector<int32_t> ops;
    for (const Row& row : run.invokes.back().rows) {
        ops.push_back(row.op);
        if (row.tensor >= 0) found[row.tensor] = row.checksum;
    }
    const bool isEmulated = run.info.isEmulated != 0;
    return compareOutputs(*request.graph, ops, run.job.made.expected, found,
                          isEmulated ? "the emulated board" : "the board");
}

void addLine(std::string& log, const char* form, auto... values) {
    char line[160];
    std::snprintf(line, sizeof line, form, values...);
    log += line;
    log += '\n';
}

std::string logOf(const AgentRun& run) {
    std::string log;
    const auto& info = run.info;
    addLine(log, "netcaliper-agent %u", unsigned{info.protocol});
    addLine(log, "board %s core %s clock=%u version %s compiler %s flags %s", info.board, info.core,
            info.clockHz, info.version, info.compiler, info.flags);
    addLine(log, "program bytes=%zu crc32=%08x", run.job.program.size(), run.job.checksum);
    for (const AgentInvoke& invoke : run.invokes) {
        const auto& result = invoke.result;
        addLine(log, "invoke %u status=%d cycles=%llu stack=%u", result.invoke, result.status,
                static_cast<unsigned long long>(result.cycles), result.stackBytes);
        for (const Row& row : invoke.rows)
            addLine(log, "op %d T%d crc32=%08x cycles=%llu", row.op, row.tensor, row.checksum,
                    static_cast<unsigned long long>(row.cycles));
    }
    addLine(log, "arena used=%u", run.marked.arenaBytes);
    return log;
}

}  // namespace

Result<Session> makeAgentSession(const RunRequest& request, const AgentRun& run) {
    if (run.invokes.empty())
        return fail("agent ran nothing", run.info.board, "report this model as a bug");
    if (auto equal = checkOutputs(request, run); !equal) return tl::unexpected(equal.error());
    Session session;
    session.format = "netcaliper-agent";
    session.conditions = agentConditions(request, run);
    addAllTimes(session, request, run);
    addAgentMemory(session, run);
    session.rawLog = logOf(run);
    if (run.restarts > 0)
        session.warnings.push_back(
            "The board was reset while it was measured; it was measured "
            "again from the begin.");
    if (run.repeated > 0)
        session.warnings.push_back(std::to_string(run.repeated) +
                                   " messages on the serial line were lost or damaged and sent "
                                   "again.");
    return session;
}

}  // namespace runners
