// SPDX-License-Identifier: GPL-3.0-or-later
// A session folder of EEMBC's EnergyRunner (MLPerf Tiny v0.5 to v1.2): log.txt, results.txt, and in
// energy mode a trace with time stamps. Takes each number from its most exact source: the board's
// laps before printed run times, the trace before printed energies; results.txt serves as a check.

#include <algorithm>
#include <cmath>

#include "importers/formats/benchmark_results.h"
#include "importers/formats/energy_trace.h"
#include "importers/importer_list.h"
#include "importers/parts/energy_runner_log.h"
#include "importers/parts/input_label.h"
#include "importers/parts/power_windows.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

constexpr const char* kTraceFile = "trace1-energy.bin";
constexpr const char* kStampsFile = "trace1-timestamps.json";
constexpr double kEnergyTolerance = 0.005;

bool isResults(const std::string& text) {
    return contains(text, " ulp-mlperf: ") || contains(text, " ulp-ml: ");
}

/// Stamps of EnergyRunner are seconds of the host with at least five digits, "00461.755" or, after
/// 27 hours, "101461.755"; those of the 2025 runner are month, day and time, "0726.010245".
bool hasRunnerStamps(const std::string& text) {
    const auto first = trimmed(std::string_view(text).substr(0, 32));
    const auto stamp = first.substr(0, first.find(' '));
    const size_t point = stamp.find('.');
    return point != std::string_view::npos && point >= 5 && stamp.size() == point + 4 &&
           numberOf(stamp).has_value();
}

bool isScript(const std::string& text) {
    return contains(text, "cmd: '") && contains(text, "dut ");
}

bool matchesEnergyRunner(const LogFile& file) {
    return isEnergyTrace(file.bytes) || isEnergyRunnerLog(file.bytes) ||
           (isResults(file.bytes) && hasRunnerStamps(file.bytes)) || isScript(file.bytes) ||
           readTimestamps(file.bytes).has_value();
}

template <typename Predicate>
const LogFile* findFile(const LogInput& input, Predicate isWanted) {
    for (const LogFile& file : input.files)
        if (isWanted(file)) return &file;
    return nullptr;
}

/// Converts "20210603010201" to "2021-06-03T01:02:01".
std::string startTime(const std::string& id) {
    if (id.size() != 14 || !integerOf(id)) return {};
    return id.substr(0, 4) + "-" + id.substr(4, 2) + "-" + id.substr(6, 2) + "T" + id.substr(8, 2) +
           ":" + id.substr(10, 2) + ":" + id.substr(12, 2);
}

void addConditions(const EnergyRunnerLog& log, SessionBuilder& builder) {
    types::Session& session = builder.session();
    session.name = log.isEnergyMode         ? "energy"
                   : log.runMode == "multi" ? "accuracy"
                                            : "performance";
    session.conditions.source = types::MeasurementSource::Board;
    session.conditions.modelName = log.model;
    session.conditions.supplyVolts = log.supplyVolts;
    builder.note("started (host's local time)", startTime(log.startId));
    builder.note("benchmark", log.runName);
    builder.note("runner version", log.version);
    builder.note("firmware profile", log.profile);
}

void addOutputs(const EnergyRunnerLog& log, SessionBuilder& builder) {
    for (const RunnerWindow& window : log.windows) {
        if (window.results.empty()) continue;
        const auto label = inputLabel(window.input, window.results.size());
        builder.session().outputs.push_back({window.input, label, window.results});
    }
}

void addLaps(const EnergyRunnerLog& log, SessionBuilder& builder) {
    size_t repaired = 0, dropped = 0;
    for (const RunnerWindow& window : log.windows) {
        bool wrapped = false;
        const auto latency = latencyUs(window, wrapped);
        if (latency) builder.add(types::kWhole, Quantity::LatencyUs, *latency);
        repaired += latency && wrapped ? 1 : 0;
        dropped += !latency && !log.isEnergyMode ? 1 : 0;
    }
    if (repaired > 0) {
        const std::string what = std::to_string(repaired) +
                                 " windows in which the 32-bit microsecond counter wrapped were "
                                 "repaired; the host's clock agrees";
        builder.warn(what);
        addNote(builder.at(types::kWhole, Quantity::LatencyUs).note, "repaired", what);
    }
    if (dropped > 0)
        builder.warn(std::to_string(dropped) +
                     " windows are left out: they lack one of their two time stamps");
}

/// Number of inferences in each window: from the log, else from results.txt.
std::vector<int64_t> inferencesOf(const EnergyRunnerLog& log, const BenchmarkResults& results) {
    std::vector<int64_t> counts;
    for (const RunnerWindow& window : log.windows)
        counts.push_back(std::max<int64_t>(1, window.inferences));
    size_t i = 0;
    for (const auto& [number, window] : results.windows) {
        const double count = window.inferences.value_or(1);
        if (i++ >= log.windows.size())
            counts.push_back(count >= 1 && count < 1e9 ? static_cast<int64_t>(count) : 1);
    }
    return counts;
}

void addTrace(const EnergyTrace& trace, const std::vector<double>& stamps,
              const EnergyRunnerLog& log, const BenchmarkResults& results,
              SessionBuilder& builder) {
    types::PowerTrace power = trace.power();
    power.windows = windowsOf(stamps);
    const auto inferences = inferencesOf(log, results);
    for (size_t i = 0; i < std::min(inferences.size(), power.windows.size()); ++i)
        power.windows[i].inferences = inferences[i];
    addWindowMeasurements(power, builder);
    if (log.windows.empty() && results.windows.empty() && !power.windows.empty())
        builder.warn(
            "the trace does not say how often the model ran in each window: energies "
            "and times are those of whole windows; open the folder with its log.txt");
    if (power.windows.empty())
        builder.warn(std::string("no windows are known: put ") + kStampsFile + " beside the trace");
    builder.session().traces.push_back(std::move(power));
}

/// Warns where printed and integrated energy differ: trace and results then belong to different
/// sessions.
void compareEnergy(const BenchmarkResults& results, SessionBuilder& builder) {
    const auto& samples = builder.at(types::kWhole, Quantity::EnergyUj).samples;
    size_t i = 0;
    for (const auto& [number, window] : results.windows) {
        if (!window.energyPerInferenceUj || i >= samples.size()) continue;
        const double printed = *window.energyPerInferenceUj;
        if (std::abs(samples[i++] - printed) > kEnergyTolerance * printed)
            builder.warn("results.txt prints another energy for window " + std::to_string(number) +
                         " than the trace holds: are they of one session?");
    }
}

struct Parts {
    EnergyRunnerLog log;
    BenchmarkResults results;
    std::optional<EnergyTrace> trace;
    std::vector<double> stamps;
};

Parts partsOf(const LogInput& input) {
    Parts parts;
    if (const auto* file = findFile(input, [](auto& f) { return isEnergyRunnerLog(f.bytes); }))
        parts.log = readEnergyRunnerLog(file->bytes);
    const auto isResultFile = [](const LogFile& file) {
        return isResults(file.bytes) && !isEnergyRunnerLog(file.bytes);
    };
    if (const auto* file = findFile(input, isResultFile))
        parts.results = readBenchmarkResults(file->bytes);
    if (const auto* file = findFile(input, [](auto& f) { return isEnergyTrace(f.bytes); }))
        parts.trace = readEnergyTrace(file->bytes);
    for (const LogFile& file : input.files)
        if (auto stamps = readTimestamps(file.bytes)) parts.stamps = std::move(*stamps);
    return parts;
}

types::Result<Sessions> readEnergyRunner(const LogInput& input, const ImportOptions&) {
    const Parts parts = partsOf(input);
    SessionBuilder builder(kEnergyRunner.name);
    addConditions(parts.log, builder);
    addOutputs(parts.log, builder);
    if (parts.trace) {
        addTrace(*parts.trace, parts.stamps, parts.log, parts.results, builder);
        if (!parts.results.windows.empty()) compareEnergy(parts.results, builder);
    } else {
        addLaps(parts.log, builder);
    }
    addBenchmarkResults(parts.results, builder);
    const types::Session& session = builder.session();
    if (parts.log.isEnergyMode && !parts.trace && parts.results.windows.empty())
        builder.warn(
            "this is a log of the energy mode: a pin marks its windows, so it holds no "
            "times and no energies; put trace1-energy.bin and trace1-timestamps.json "
            "beside it, or import the log of the performance mode");
    if (session.measurements.empty() && session.outputs.empty() && session.traces.empty())
        return types::fail("nothing was measured in this part of an EnergyRunner session",
                           input.name,
                           "keep log.txt, results.txt, trace1-energy.bin and "
                           "trace1-timestamps.json in one folder and open that");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kEnergyRunner = {
    "energy-runner",
    "EEMBC EnergyRunner folder (MLPerf Tiny to v1.2): performance, accuracy or energy",
    matchesEnergyRunner,
    readEnergyRunner,
    {"log.txt", "results.txt", kTraceFile, kStampsFile, "script.async"}};

}  // namespace importers
