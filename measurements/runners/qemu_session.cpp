// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_session.h"

#include <array>
#include <map>

#include "analysis/count.h"
#include "types/instruction_mix.h"
#include "types/target.h"

namespace runners {
namespace {

using types::Measurement;
using types::Quantity;
using types::Session;

/// In the order of types::kInstructionClasses.
constexpr std::array kCounts = {
    &InstructionCounts::loads,
    &InstructionCounts::stores,
    &InstructionCounts::multiplyAccumulates,
    &InstructionCounts::branchesTaken,
    &InstructionCounts::branchesNotTaken,
    &InstructionCounts::other,
};
static_assert(kCounts.size() == types::kInstructionClasses.size());

/// One layer, or the whole, over all invokes.
class Rows {
public:
    Rows(std::string key, std::optional<int32_t> layer, std::string op, int64_t macs)
        : m_key(std::move(key)), m_layer(layer), m_op(std::move(op)), m_macs(macs) {}

    void add(const InstructionCounts& counts) { m_counts.push_back(counts); }

    /// Nothing where it never ran.
    void appendTo(Session& session) const {
        if (m_counts.empty()) return;
        append(session, m_key, Quantity::Instructions, &InstructionCounts::total);
        for (size_t c = 0; c < kCounts.size(); ++c)
            append(session, types::keyWithin(m_key, types::kInstructionClasses[c]), Quantity::Count,
                   kCounts[c]);
        Measurement macs = measurement(types::keyWithin(m_key, types::kMacsOfLayer));
        macs.samples = {static_cast<double>(m_macs)};
        macs.note = "counted from the model";
        session.measurements.push_back(std::move(macs));
    }

private:
    Measurement measurement(const std::string& key) const {
        Measurement m;
        m.key = key;
        m.layer = m_layer;
        m.op = m_op;
        m.quantity = Quantity::Count;
        return m;
    }

    void append(Session& session, const std::string& key, Quantity quantity,
                int64_t InstructionCounts::*count) const {
        Measurement m = measurement(key);
        m.quantity = quantity;
        for (const InstructionCounts& counts : m_counts)
            m.samples.push_back(static_cast<double>(counts.*count));
        session.measurements.push_back(std::move(m));
    }

    std::string m_key;
    std::optional<int32_t> m_layer;
    std::string m_op;
    int64_t m_macs;
    std::vector<InstructionCounts> m_counts;
};

void addTo(InstructionCounts& sum, const InstructionCounts& counts) {
    sum.total += counts.total;
    for (const auto count : kCounts)
        sum.*count += counts.*count;
}

void appendBytes(Session& session, const char* what, double bytes, const char* note) {
    Measurement m;
    m.key = types::keyWithin("memory", what);
    m.quantity = Quantity::Bytes;
    m.samples = {bytes};
    m.note = note;
    session.measurements.push_back(std::move(m));
}

void appendMemory(Session& session, const QemuJob& job, const QemuLog& log) {
    appendBytes(session, "program", static_cast<double>(job.programBytes),
                "weights, parameters and order of the operators: flash");
    appendBytes(session, "arena", static_cast<double>(job.arenaBytes), "");
    if (!log.memory) return;
    appendBytes(session, "static data", log.memory->staticBytes, "");
    appendBytes(session, "stack", log.memory->stackBytes,
                "deepest use while the model ran and its log was written");
    appendBytes(session, "RAM beyond the arena", log.memory->staticBytes + log.memory->stackBytes,
                "static data and stack of runtime and firmware");
}

types::Conditions conditionsOf(const QemuBoard& board, const RunRequest& request,
                               const QemuLog& log) {
    types::Conditions conditions = modelConditions(request);
    conditions.source = types::MeasurementSource::Emulator;
    conditions.board = board.machine;
    conditions.core = board.core;
    conditions.runtime = types::kNetcaliperRuntime;
    conditions.kernels = request.kernels == lowering::Kernels::Reference || !board.hasOwnKernels()
                             ? "reference"
                         : board.isa() == types::Isa::Mve ? "MVE"
                                                          : board.family.ownKernels;
    conditions.runtimeVersion = log.version;
    conditions.compiler = log.compiler;
    conditions.flags = log.flags;
    conditions.notes = "outputs: every layer's CRC-32 as on this machine";
    return conditions;
}

std::vector<Rows> emptyRows(const types::Graph& graph) {
    std::vector<Rows> rows;
    int64_t whole = 0;
    const auto counts = analysis::countOps(graph);
    for (const auto& count : counts)
        whole += count.macs;
    rows.emplace_back(types::kWhole, std::nullopt, "", whole);
    for (size_t op = 0; op < graph.ops.size(); ++op) {
        const auto index = static_cast<int32_t>(op);
        const std::string name = graph.ops[op].name();
        rows.emplace_back(types::layerKey(index, name), index, name, counts[op].macs);
    }
    return rows;
}

}  // namespace

types::Result<Session> makeQemuSession(const QemuBoard& board, const RunRequest& request,
                                       const QemuJob& job, const QemuRun& run) {
    size_t expected = 0;
    for (const auto& ran : job.ran)
        expected += ran.size();
    if (run.counts.size() != expected)
        return types::fail("plugin counted " + std::to_string(run.counts.size()) + " operators, " +
                               std::to_string(expected) + " ran",
                           request.graph->name, "use the QEMU that Debian 12 packages (7.2)");
    std::vector<Rows> rows = emptyRows(*request.graph);
    auto counted = run.counts.begin();
    for (size_t invoke = 0; invoke < job.ran.size();) {
        // A sample is what one output takes.
        std::map<int32_t, InstructionCounts> layers;
        InstructionCounts sum;
        for (int32_t hop = 0; hop < job.invokesPerOutput && invoke < job.ran.size(); ++hop)
            for (const int32_t op : job.ran[invoke++]) {
                addTo(layers[op], *counted);
                addTo(sum, *counted++);
            }
        for (const auto& [op, counts] : layers)
            rows[static_cast<size_t>(op) + 1].add(counts);
        rows.front().add(sum);
    }
    Session session;
    session.format = board.target;
    session.conditions = conditionsOf(board, request, run.log);
    for (const Rows& row : rows)
        row.appendTo(session);
    appendMemory(session, job, run.log);
    return session;
}

}  // namespace runners
