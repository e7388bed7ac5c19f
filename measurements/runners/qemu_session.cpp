// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_session.h"

#include <cstring>

namespace runners {
namespace {

using types::Measurement;
using types::Quantity;
using types::Session;

struct Class {
    const char* name;
    int64_t InstructionCounts::*count;
    double cyclesOnM4;
};

// Cycles of each class: Arm Cortex-M4 Technical Reference Manual, table of instructions: loads 2
// where they do not follow each other, stores 1 behind the write buffer, taken branches 1 and a
// refill of 1 to 3 (2 here).
constexpr Class kClasses[] = {
    {"loads", &InstructionCounts::loads, 2},
    {"stores", &InstructionCounts::stores, 1},
    {"multiply-accumulates", &InstructionCounts::multiplyAccumulates, 1},
    {"branches taken", &InstructionCounts::branchesTaken, 3},
    {"branches not taken", &InstructionCounts::branchesNotTaken, 1},
    {"other", &InstructionCounts::other, 1},
};

double cyclesOnM4(const InstructionCounts& counts) {
    double cycles = 0;
    for (const Class& c : kClasses)
        cycles += c.cyclesOnM4 * static_cast<double>(counts.*c.count);
    return cycles;
}

/// One layer or the whole, over all invokes.
class Rows {
public:
    Rows(std::string key, std::optional<int32_t> layer, std::string op)
        : m_key(std::move(key)), m_layer(layer), m_op(std::move(op)) {}

    void add(const InstructionCounts& counts) { m_counts.push_back(counts); }

    void appendTo(Session& session, bool withCycles) const {
        session.measurements.push_back(
            measurement("", Quantity::Instructions,
                        [](const InstructionCounts& c) { return static_cast<double>(c.total); }));
        for (const Class& kind : kClasses)
            session.measurements.push_back(measurement(
                std::string("/") + kind.name, Quantity::Count,
                [&](const InstructionCounts& c) { return static_cast<double>(c.*kind.count); }));
        if (!withCycles) return;
        Measurement cycles = measurement("", Quantity::Cycles, cyclesOnM4);
        cycles.estimated = true;
        cycles.note = "counts times the cycles of the Cortex-M4 manual, without wait states";
        session.measurements.push_back(std::move(cycles));
    }

private:
    template <typename Value>
    Measurement measurement(const std::string& suffix, Quantity quantity, Value value) const {
        Measurement m;
        m.key = m_key + suffix;
        m.layer = m_layer;
        m.op = m_op;
        m.quantity = quantity;
        for (const InstructionCounts& counts : m_counts)
            m.samples.push_back(value(counts));
        return m;
    }

    std::string m_key;
    std::optional<int32_t> m_layer;
    std::string m_op;
    std::vector<InstructionCounts> m_counts;
};

void addTo(InstructionCounts& sum, const InstructionCounts& counts) {
    sum.total += counts.total;
    for (const Class& c : kClasses)
        sum.*c.count += counts.*c.count;
}

types::Conditions conditionsOf(const QemuBoard& board, const RunRequest& request,
                               const QemuJob& job) {
    types::Conditions conditions = modelConditions(request);
    conditions.source = types::MeasurementSource::Emulator;
    conditions.board = board.machine;
    conditions.core = board.core;
    conditions.runtime = "Netcaliper";
    conditions.kernels = request.kernels == lowering::Kernels::Reference ? "reference"
                         : board.target == lowering::Target::CortexMMve  ? "MVE"
                                                                         : "DSP";
    conditions.flags = "-O2";
    conditions.notes = "program bytes: " + std::to_string(job.programBytes) +
                       "\narena bytes: " + std::to_string(job.arenaBytes) +
                       "\noutputs: every layer's CRC-32 as on this machine";
    return conditions;
}

}  // namespace

types::Result<Session> makeQemuSession(const QemuBoard& board, const RunRequest& request,
                                       const QemuJob& job,
                                       const std::vector<InstructionCounts>& counts) {
    const auto& ops = request.graph->ops;
    const auto invokes = static_cast<size_t>(request.repeats.value_or(1));
    if (counts.size() != job.order.size() * invokes)
        return types::fail("plugin counted " + std::to_string(counts.size()) + " operators, " +
                               std::to_string(job.order.size() * invokes) + " ran",
                           request.graph->name, "use the QEMU that Debian 12 packages (7.2)");
    std::vector<Rows> layers;
    for (size_t op = 0; op < ops.size(); ++op) {
        const auto index = static_cast<int32_t>(op);
        layers.emplace_back(types::layerKey(index, ops[op].name()), index, ops[op].name());
    }
    Rows whole(types::kWhole, std::nullopt, "");
    for (size_t invoke = 0; invoke < invokes; ++invoke) {
        InstructionCounts sum;
        for (size_t i = 0; i < job.order.size(); ++i) {
            const InstructionCounts& row = counts[invoke * job.order.size() + i];
            layers[static_cast<size_t>(job.order[i])].add(row);
            addTo(sum, row);
        }
        whole.add(sum);
    }
    Session session;
    session.format = std::string("qemu-cortex-") + board.name;
    session.conditions = conditionsOf(board, request, job);
    const bool withCycles = std::strcmp(board.name, kQemuM4.name) == 0;
    whole.appendTo(session, withCycles);
    for (const Rows& layer : layers)
        layer.appendTo(session, withCycles);
    return session;
}

}  // namespace runners
