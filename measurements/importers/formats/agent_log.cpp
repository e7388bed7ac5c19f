// SPDX-License-Identifier: GPL-3.0-or-later
// What the resident agent (measurements/firmware/agent) answered, as the program writes it down:
//   netcaliper-agent 1               protocol
//   board nucleo-f446re              one line per condition: core, clock_hz, version, ...
//   emulated 0
//   program bytes=2268 crc32=0aac0a57 store=RAM
//   inference                        of one or more invokes
//   op 0 CONV_2D tensor=5 crc32=00000000 cycles=348166
//   checked                          the last inference, for checksums alone
//   op 0 CONV_2D tensor=5 crc32=56e1fb0c cycles=349001
//   memory stack=672 static=2240 arena=864 used=848
//   end
// An operator has a line for each of its outputs; cycles stand in the first.

#include <algorithm>
#include <map>

#include "importers/importer_list.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

bool matchesAgentLog(const LogFile& file) {
    return hasLine(file.bytes, "netcaliper-agent ");
}

/// Value of "name=VALUE" in a line.
std::optional<double> agentValue(std::string_view line, std::string_view name) {
    const auto value = behind(line, " " + std::string(name) + "=");
    return value ? leadingNumber(*value) : std::nullopt;
}

class AgentLog {
public:
    AgentLog() : m_builder(kAgentLog.name) {
        m_builder.conditions().source = types::MeasurementSource::Board;
        m_builder.conditions().runtime = "Netcaliper";
    }

    void take(std::string_view line) {
        if (line == "inference" || line == "checked" || line.starts_with("memory ")) finish();
        if (line == "inference") m_isTimed = true;
        if (line == "end") m_hasEnd = true;
        if (line.starts_with("op "))
            takeOp(line);
        else if (line.starts_with("memory "))
            takeMemory(line);
        else
            takeCondition(line);
    }

    types::Session done() {
        if (!m_hasEnd) {
            m_sums.clear();
            m_builder.warn("the log is truncated: its last inference is left out");
        }
        finish();
        auto& conditions = m_builder.conditions();
        if (m_isEmulated) conditions.source = types::MeasurementSource::Emulator;
        if (!m_isEmulated && m_clockHz > 0) conditions.clockMhz = m_clockHz / 1e6;
        m_builder.note("outputs", "every layer's CRC-32 as on the measuring machine");
        return m_builder.take();
    }

private:
    struct Sum {
        std::string op;
        double cycles = 0;
    };

    void takeOp(std::string_view line) {
        const auto pieces = piecesOf(line, ' ');
        const auto cycles = agentValue(line, "cycles");
        const int64_t index = pieces.size() > 2 ? integerOf(pieces[1]).value_or(-1) : -1;
        if (!m_isTimed || !cycles || index < 0 || index >= 100'000) return;
        Sum& sum = m_sums[static_cast<int32_t>(index)];
        sum.op = std::string(pieces[2].substr(0, kLongestName));
        sum.cycles += *cycles;
    }

    /// Ends an inference: its sums become samples.
    void finish() {
        const Quantity quantity = m_isEmulated ? Quantity::Ticks : Quantity::Cycles;
        double whole = 0;
        for (const auto& [index, sum] : m_sums)
            whole += sum.cycles;
        if (!m_sums.empty()) m_builder.add(types::kWhole, quantity, whole);
        for (const auto& [index, sum] : m_sums)
            m_builder.atLayer(index, sum.op, quantity).samples.push_back(sum.cycles);
        m_sums.clear();
        m_isTimed = false;
    }

    void takeMemory(std::string_view line) {
        const auto take = [&](const char* name, const char* key) {
            if (const auto bytes = agentValue(line, name))
                m_builder.add(std::string("memory/") + key, Quantity::Bytes, *bytes);
        };
        take("arena", "arena");
        take("used", "arena used");
        take("static", "static data");
        take("stack", "stack");
        const auto stack = agentValue(line, "stack"), data = agentValue(line, "static");
        if (stack && data)
            m_builder.add("memory/RAM beyond the arena", Quantity::Bytes, *stack + *data);
    }

    void takeCondition(std::string_view line) {
        auto& conditions = m_builder.conditions();
        const size_t gap = std::min(line.find(' '), line.size());
        const std::string_view name = line.substr(0, gap);
        const std::string value(trimmed(line.substr(gap)).substr(0, kLongestName));
        if (name == "netcaliper-agent") m_builder.note("agent protocol", value);
        if (name == "board") conditions.board = value;
        if (name == "core") conditions.core = value;
        if (name == "clock_hz") m_clockHz = numberOf(value).value_or(0);
        if (name == "emulated") m_isEmulated = value == "1";
        if (name == "kernels") conditions.kernels = value;
        if (name == "version") conditions.runtimeVersion = value;
        if (name == "compiler") conditions.compiler = value;
        if (name == "flags") conditions.flags = value;
        if (name == "counter" || name == "baud") m_builder.note(std::string(name), value);
        if (name == "program") takeProgram(line);
    }

    void takeProgram(std::string_view line) {
        if (const auto bytes = agentValue(line, "bytes"))
            m_builder.add("memory/program", Quantity::Bytes, *bytes);
        if (const auto store = behind(line, " store="))
            m_builder.note("program", "run from " + std::string(store->substr(0, kLongestName)));
    }

    SessionBuilder m_builder;
    std::map<int32_t, Sum> m_sums;  ///< of the present inference
    double m_clockHz = 0;
    bool m_isEmulated = false, m_isTimed = false, m_hasEnd = false;
};

types::Result<Sessions> readAgentLog(const LogInput& input, const ImportOptions&) {
    AgentLog log;
    for (const auto line : linesOf(input.main().bytes))
        log.take(line);
    types::Session session = log.done();
    if (session.measurements.empty())
        return types::fail("no complete inference of the agent", input.name,
                           "expected lines 'inference', 'op 0 CONV_2D ... cycles=N', 'end'");
    if (session.conditions.source == types::MeasurementSource::Emulator)
        session.warnings.push_back(
            "ticks are of the emulator's clock; they tell nothing about a "
            "board");
    return Sessions{std::move(session)};
}

}  // namespace

const Importer kAgentLog = {"netcaliper-agent",
                            "Answers of Netcaliper's resident agent: cycles per layer",
                            matchesAgentLog, readAgentLog};

}  // namespace importers
