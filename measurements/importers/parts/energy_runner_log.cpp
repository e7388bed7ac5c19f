// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/energy_runner_log.h"

#include <cmath>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

constexpr double kCounterRange = 4294967296.0;  // %lu of a 32-bit board

/// "C:\a\tst_1.bin" and "/a/tst_1.bin" become "tst_1.bin".
std::string fileName(std::string_view path) {
    return std::string(path.substr(path.find_last_of("/\\") + 1).substr(0, kLongestName));
}

class Reader {
public:
    void take(std::string_view line) {
        const size_t space = line.find(' ');
        const auto time = numberOf(line.substr(0, space));
        const size_t colon = line.find(": ");
        if (!time || space == std::string_view::npos || colon == std::string_view::npos) return;
        auto message = line.substr(colon + 2);
        const auto source = line.substr(space + 1, colon - space - 1);
        if (source == "dut") takeBoard(message, *time);
        if (source == "io" && message.starts_with("[dut]: ")) {
            m_log.isEnergyMode = true;
            takeBoard(message.substr(7), *time);
        }
        if (source == "parser" || source == "session") takeHost(message);
        if (const auto volts = between(message, "m-voltage-mv[", "]"))
            m_log.supplyVolts = numberOf(*volts).value_or(0) / 1000;
    }

    EnergyRunnerLog log() && { return std::move(m_log); }

private:
    void takeHost(std::string_view message) {
        if (const auto id = between(message, "m-session-start-id[", "]"))
            m_log.startId = std::string(*id);
        if (const auto name = between(message, "m-bmark-run-name[", "]"))
            m_log.runName = std::string(*name);
        if (const auto code = between(message, "-code[", "]")) m_log.code = std::string(*code);
        if (const auto version = between(message, "m-version[", "]"))
            m_log.version = std::string(*version);
        if (const auto mode = between(message, "-key[runMode]-val[", "]"))
            m_log.runMode = std::string(*mode);
        // Command "bload dut "path"" or, for parts of a file, "bloadp dut "path" offset length".
        if (const auto command = after(message, "Command \"bload"))
            if (const auto path = between(*command, "\"", "\"")) m_input = fileName(*path);
        if (const auto quick = between(message, "-key[singleInputFn]-val[", "]"))
            if (m_input.empty()) m_input = fileName(*quick);
    }

    void takeBoard(std::string_view message, double time) {
        if (const auto model = between(message, "m-model-[", "]"))
            m_log.model = std::string(*model);
        if (const auto profile = between(message, "m-profile-[", "]"))
            m_log.profile = std::string(*profile);
        if (const auto count = after(message, "m-infer-start-")) {
            m_log.windows.push_back({m_input, integerOf(*count).value_or(0), {}, time, time, {}});
            m_open = true;
        }
        if (!m_open) return;
        RunnerWindow& window = m_log.windows.back();
        if (const auto lap = after(message, "m-lap-us-"))
            if (const auto value = numberOf(*lap)) window.lapsUs.push_back(*value);
        if (message.starts_with("m-infer-done")) window.hostEndS = time;
        if (const auto list = between(message, "m-results-[", "]")) {
            window.results = numberList(*list).value_or(std::vector<double>());
            m_open = false;
        }
    }

    EnergyRunnerLog m_log;
    std::string m_input;
    bool m_open = false;  ///< true between the start of a window and its results
};

}  // namespace

bool isEnergyRunnerLog(std::string_view text) {
    return contains(text, " session: m-session-start-id[") ||
           contains(text, " dut: m-infer-start-") || contains(text, " io: [dut]: m-");
}

EnergyRunnerLog readEnergyRunnerLog(std::string_view text) {
    Reader reader;
    for (const auto line : linesOf(text))
        reader.take(line);
    return std::move(reader).log();
}

std::optional<double> latencyUs(const RunnerWindow& window, bool& wrapped) {
    if (window.lapsUs.size() < 2 || window.inferences <= 0) return std::nullopt;
    double elapsed = window.lapsUs.back() - window.lapsUs.front();
    const double host = (window.hostEndS - window.hostBeginS) * 1e6;
    wrapped = elapsed < 0;
    if (wrapped) elapsed += kCounterRange;
    // Serial lines take milliseconds, so the clocks may differ by a tenth plus 50 ms.
    const bool agrees = host > 0 && std::abs(elapsed - host) <= 0.1 * host + 50e3;
    if (elapsed < 0 || (wrapped && !agrees)) return std::nullopt;
    return elapsed / static_cast<double>(window.inferences);
}

}  // namespace importers
