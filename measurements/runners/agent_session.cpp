// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/agent_session.h"

#include <cstdio>

#include "importers/read_log.h"
#include "runners/compare_outputs.h"

namespace runners {
namespace {

using namespace types;
using firmware::Counter;
using firmware::Row;

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

class AgentText {
public:
    AgentText(const RunRequest& request, const AgentRun& run) : m_request(request), m_run(run) {}

    std::string all() {
        addHead();
        const size_t hops = m_run.job.hops(), count = m_run.invokes.size();
        for (size_t i = 0; i < count; ++i) {
            if (i % hops == 0) add(i + hops < count ? "inference" : "checked");
            addRows(m_run.invokes[i]);
        }
        const auto& last = m_run.invokes.back().result;
        add("memory stack=%u static=%u arena=%zu used=%u", last.stackBytes, last.staticBytes,
            m_run.job.made.arenaBytes, m_run.marked.arenaBytes);
        add("end");
        return std::move(m_text);
    }

private:
    void add(const char* form, auto... values) {
        char line[200];
        std::snprintf(line, sizeof line, form, values...);
        m_text += line;
        m_text += '\n';
    }

    void addHead() {
        const auto& info = m_run.info;
        const bool plain = m_request.kernels == lowering::Kernels::Reference || info.isa == 0;
        add("netcaliper-agent %u", unsigned{info.protocol});
        add("board %s", info.board);
        add("core %s", info.core);
        add("clock_hz %u", info.clockHz);
        add("emulated %u", unsigned{info.isEmulated});
        add("counter %s", info.counter == Counter::Dwt ? "DWT" : "SysTick");
        add("kernels %s", plain ? "reference" : info.isa == 2 ? "MVE" : "DSP");
        add("version %s", info.version);
        add("compiler %s", info.compiler);
        add("flags %s", info.flags);
        add("baud %u", m_run.baud);
        add("program bytes=%zu crc32=%08x store=%s", m_run.job.program.size(), m_run.job.checksum,
            m_run.job.store == firmware::Store::Flash ? "flash" : "RAM");
    }

    void addRows(const AgentInvoke& invoke) {
        for (const Row& row : invoke.rows) {
            const auto op = static_cast<size_t>(row.op);
            const std::string name =
                op < m_request.graph->ops.size() ? m_request.graph->ops[op].name() : "?";
            add("op %d %.60s tensor=%d crc32=%08x cycles=%llu", row.op, name.c_str(), row.tensor,
                row.checksum, static_cast<unsigned long long>(row.cycles));
        }
    }

    const RunRequest& m_request;
    const AgentRun& m_run;
    std::string m_text;
};

}  // namespace

Result<Session> makeAgentSession(const RunRequest& request, const AgentRun& run) {
    if (run.invokes.empty())
        return fail("agent ran nothing", run.info.board, "report this model as a bug");
    if (auto equal = checkOutputs(request, run); !equal) return tl::unexpected(equal.error());
    std::string text = AgentText(request, run).all();
    auto imported = importers::readLogBytes(run.info.board, text);
    if (!imported) return tl::unexpected(imported.error());
    Session session = std::move(imported->sessions.front());
    const Conditions model = modelConditions(request);
    session.conditions.modelName = model.modelName;
    session.conditions.modelHash = model.modelHash;
    session.rawLog = std::move(text);
    if (run.restarts > 0)
        session.warnings.push_back(
            "the board was reset while it was measured; it was measured again from the begin");
    if (run.repeated > 0)
        session.warnings.push_back(std::to_string(run.repeated) +
                                   " messages on the serial line were lost or damaged and sent "
                                   "again");
    return session;
}

}  // namespace runners
