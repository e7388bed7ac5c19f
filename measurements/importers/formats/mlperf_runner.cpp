// SPDX-License-Identifier: GPL-3.0-or-later
// The runner of MLPerf Tiny since 2025 (v1.3): results.json, with log.txt and results.txt beside
// it. The JSON holds times in microseconds of the board's clock and, in energy mode, joules per
// millisecond with stamps as sample numbers; without the JSON the texts are read. Source:
// mlcommons/tiny benchmark/runner/main.py.

#include <algorithm>

#include "importers/formats/benchmark_results.h"
#include "importers/importer_list.h"
#include "importers/parts/json_scan.h"
#include "importers/parts/power_windows.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using nlohmann::json;
using types::Quantity;

constexpr double kSampleRateHz = 1000;  // of the power manager, for any instrument

bool isResultsJson(const std::string& text) {
    return contains(text, "\"infer\"") && contains(text, "\"iterations\"") &&
           trimmed(text).starts_with('[');
}

/// The log begins with "Logging initialized." and has stamps of month, day and time; results.txt
/// has titles without stamps.
bool isRunnerText(const std::string& text) {
    return hasLine(text, "Power Edition Output") || hasLine(text, "Device model retrieved: ") ||
           contains(text, "Running inference with ") || hasLine(text, "Top 1% = ") ||
           hasLine(text, "Average duty cycle: ") ||
           (hasLine(text, "Performance results for window ") && hasLine(text, "Runtime: ")) ||
           beginsWithResult(text);
}

bool matchesMlperfRunner(const LogFile& file) {
    return isResultsJson(file.bytes) || isRunnerText(file.bytes);
}

void addPower(const json& power, double iterations, SessionBuilder& builder) {
    const json& samples = member(power, "samples");
    const json& stamps = member(power, "timestamps");
    if (!samples.is_array() || samples.empty()) return;
    types::PowerTrace trace;
    trace.sampleRateHz = kSampleRateHz;
    for (const json& joules : samples)
        trace.powerMw.push_back(
            static_cast<float>(asNumber(joules).value_or(0) * kSampleRateHz * 1000));
    builder.conditions().supplyVolts = numberAt(power, "voltage").value_or(0);
    // The last two stamps enclose the measured inferences; the first may mark the board's start.
    const size_t count = stamps.is_array() ? stamps.size() : 0;
    const auto sampleAt = [&](size_t i) {
        const json& pair = stamps[i];
        return pair.is_array() && pair.size() == 2 ? asNumber(pair[1]).value_or(-1) : -1;
    };
    const double begin = count >= 2 ? sampleAt(count - 2) : -1;
    const double end = count >= 2 ? sampleAt(count - 1) : -1;
    if (begin < 0 || end <= begin || end > static_cast<double>(samples.size())) {
        builder.warn(
            "an energy trace lacks the two stamps around its inferences: it is kept, "
            "but no energy is taken from it");
    } else {
        trace.windows.push_back({begin / kSampleRateHz, end / kSampleRateHz, std::nullopt,
                                 static_cast<int64_t>(iterations)});
        addWindowMeasurements(trace, builder);
    }
    builder.session().traces.push_back(std::move(trace));
}

void addRun(const json& run, SessionBuilder& builder) {
    const json& infer = member(run, "infer");
    const double iterations = std::clamp(numberAt(infer, "iterations").value_or(1), 1.0, 1e9);
    if (const auto elapsed = numberAt(infer, "elapsed_time"))
        builder.add(types::kWhole, Quantity::LatencyUs, *elapsed / iterations);
    if (member(run, "power").is_object()) addPower(member(run, "power"), iterations, builder);
    const json& results = member(infer, "results");
    if (!results.is_array() || results.empty()) return;
    types::RecordedOutput output{textAt(run, "file"), std::nullopt, {}};
    for (const json& value : results)
        output.values.push_back(asNumber(value).value_or(0));
    if (const auto label = numberAt(run, "class"))
        if (*label >= 0 && *label < 1e6) output.label = static_cast<int32_t>(*label);
    builder.session().outputs.push_back(std::move(output));
}

const char* modeName(const std::string& mode) {
    return mode == "e" ? "energy" : mode == "a" ? "accuracy" : "performance";
}

bool addJson(const LogInput& input, SessionBuilder& builder) {
    for (const LogFile& file : input.files) {
        if (!isResultsJson(file.bytes)) continue;
        const json document = parseJson(file.bytes);
        if (!document.is_array()) {
            builder.warn(file.name + " is no complete JSON: numbers come from the texts beside it");
            continue;
        }
        for (const json& run : document)
            addRun(run, builder);
        if (!document.empty()) builder.session().name = modeName(textAt(document[0], "mode"));
        return true;
    }
    return false;
}

/// Reads outputs from the log's prints where there is no JSON.
void addPrintedOutputs(std::string_view text, SessionBuilder& builder) {
    std::string file;
    for (const auto line : linesOf(text)) {
        if (const auto name = between(line, "Loading file ", " segment"))
            file = std::string(name->substr(0, kLongestName));
        const auto list = contains(line, "m-results") ? between(line, "[", "]") : std::nullopt;
        const auto values = list ? numberList(*list) : std::nullopt;
        if (values) builder.session().outputs.push_back({file, std::nullopt, *values});
    }
}

void addTexts(const LogInput& input, bool hasJson, SessionBuilder& builder) {
    for (const LogFile& file : input.files) {
        if (!isRunnerText(file.bytes)) continue;
        const auto model = between(file.bytes, "Device model retrieved: ", "\n");
        if (model) builder.conditions().modelName = std::string(trimmed(*model));
        const auto profile = between(file.bytes, "Device profile retrieved: ", "\n");
        if (profile) builder.note("firmware profile", std::string(trimmed(*profile)));
        if (!hasJson && builder.session().outputs.empty()) addPrintedOutputs(file.bytes, builder);
    }
    // log.txt repeats results.txt, so one of them is enough.
    const LogFile* results = input.find("results.txt");
    for (const LogFile& file : input.files)
        if (!results && isRunnerText(file.bytes)) results = &file;
    if (results) addBenchmarkResults(readBenchmarkResults(results->bytes), builder);
}

types::Result<Sessions> readMlperfRunner(const LogInput& input, const ImportOptions&) {
    SessionBuilder builder(kMlperfRunner.name);
    builder.conditions().source = types::MeasurementSource::Board;
    const bool hasJson = addJson(input, builder);
    addTexts(input, hasJson, builder);
    if (builder.session().measurements.empty() && builder.session().outputs.empty())
        return types::fail("nothing was measured in this part of an MLPerf Tiny session",
                           input.name,
                           "expected runs with 'infer' in results.json or windows in results.txt");
    return Sessions{builder.take()};
}

}  // namespace

const Importer kMlperfRunner = {
    "mlperf-runner",
    "MLPerf Tiny runner of 2025 (v1.3): results.json, log.txt, results.txt",
    matchesMlperfRunner,
    readMlperfRunner,
    {"results.json", "log.txt", "results.txt"}};

}  // namespace importers
