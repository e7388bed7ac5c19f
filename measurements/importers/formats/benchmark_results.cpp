// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/formats/benchmark_results.h"

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

/// Removes the stamp "00461.755 ulp-mlperf: " or "0726.010245 ulp-mlperf: ".
std::string_view withoutStamp(std::string_view line) {
    for (const char* source : {" ulp-mlperf: ", " ulp-ml: "})
        if (const auto rest = behind(line, source)) return trimmed(*rest);
    return line;
}

/// Parses "Performance results for window 2" and "Energy data for trial 0".
std::optional<int64_t> windowNumber(std::string_view line) {
    for (const char* title :
         {"Performance results for window ", "Energy data for window ", "Energy data for trial "})
        if (const auto rest = after(line, title))
            if (const auto number = leadingNumber(*rest))
                if (*number >= 0 && *number < 1e9) return static_cast<int64_t>(*number);
    return std::nullopt;
}

std::optional<double> milliwatts(std::string_view value) {
    const auto number = leadingNumber(value);
    return number && contains(value, "uW") ? *number / 1000 : number;
}

bool takeWindowValue(std::string_view name, std::string_view value, BenchmarkWindow& window) {
    const auto number = leadingNumber(value);
    if (name == "# Inferences" || name == "Inferences")
        window.inferences = number;
    else if (name == "Runtime" || name == "Elapsed time")
        window.runtimeS = number;
    else if (name == "Throughput")
        window.perSecond = number;
    else if (name == "Energy" || name == "Total Energy")
        window.energyUj = number;
    else if (name == "Energy/Inf." || name == "Energy/Inf")
        window.energyPerInferenceUj = number;
    else if (name == "Power")
        window.powerMw = milliwatts(value);
    else
        return false;
    return true;
}

std::optional<double> percent(std::string_view value) {
    const auto number = leadingNumber(value);
    return number ? std::optional(*number / 100) : std::nullopt;
}

/// "44 True positives, 6 False negatives, 4 False positives"
void takeDetections(std::string_view counts, BenchmarkResults& results) {
    results.detections = std::string(counts.substr(0, kLongestName));
    for (const auto piece : piecesOf(counts, ',')) {
        const auto number = leadingNumber(piece);
        if (contains(piece, "True positives")) results.truePositives = number;
        if (contains(piece, "False negatives")) results.falseNegatives = number;
        if (contains(piece, "False positives")) results.falsePositives = number;
    }
}

void takeConclusion(std::string_view line, BenchmarkResults& results) {
    if (const auto value = after(line, "Median throughput is "))
        results.medianPerSecond = leadingNumber(*value);
    else if (const auto energy = after(line, "Median energy cost is "))
        results.medianEnergyUj = leadingNumber(*energy);
    else if (const auto share = after(line, "Top-1: "))
        results.top1 = percent(*share);
    else if (const auto equal = after(line, "Top 1% = "))
        results.top1 = percent(*equal);
    else if (const auto area = after(line, "AUC: "))
        results.areaUnderCurve = leadingNumber(*area);
    else if (const auto curve = after(line, "AUC = "))
        results.areaUnderCurve = leadingNumber(*curve);
    else if (const auto counts = after(line, "Accuracy: "))
        takeDetections(*counts, results);
    else if (const auto duty = after(line, "Average duty cycle: "))
        results.dutyCycle = leadingNumber(*duty);
    else if (const auto period = after(line, "Average period: "))
        results.periodS = leadingNumber(*period);
    else if (const auto complaint = between(line, "e-[", "]"))
        results.complaints.emplace_back(*complaint);
}

void addShare(SessionBuilder& builder, const char* key, const std::optional<double>& value) {
    if (value) builder.add(key, Quantity::Share, *value);
}

bool has(SessionBuilder& builder, Quantity quantity) {
    for (const auto& measurement : builder.session().measurements)
        if (measurement.key == types::kWhole && measurement.quantity == quantity) return true;
    return false;
}

void addWindows(const BenchmarkResults& results, SessionBuilder& builder) {
    const bool timed = has(builder, Quantity::LatencyUs),
               metered = has(builder, Quantity::EnergyUj);
    for (const auto& [number, window] : results.windows) {
        if (!timed && window.runtimeS && window.inferences.value_or(0) > 0)
            builder.add(types::kWhole, Quantity::LatencyUs,
                        *window.runtimeS / *window.inferences * 1e6);
        if (!metered && window.energyPerInferenceUj)
            builder.add(types::kWhole, Quantity::EnergyUj, *window.energyPerInferenceUj);
        if (window.powerMw) builder.add(types::kWhole, Quantity::PowerMw, *window.powerMw);
    }
}

}  // namespace

bool BenchmarkResults::empty() const {
    return windows.empty() && !medianPerSecond && !medianEnergyUj && !top1 && !areaUnderCurve &&
           !dutyCycle && !periodS && !truePositives;
}

bool beginsWithResult(std::string_view text) {
    for (const auto stamped : linesOf(text.substr(0, 4096))) {
        const auto line = withoutStamp(stamped);
        if (line.empty() || line.find_first_not_of('-') == std::string_view::npos) continue;
        BenchmarkResults results;
        takeConclusion(line, results);
        return windowNumber(line) || !results.empty();
    }
    return false;
}

BenchmarkResults readBenchmarkResults(std::string_view text) {
    BenchmarkResults results;
    std::optional<int64_t> current;
    for (const auto stamped : linesOf(text)) {
        const auto line = withoutStamp(stamped);
        if (const auto number = windowNumber(line)) {
            current = number;
            results.windows[*number];
            continue;
        }
        const size_t colon = line.find(':');
        if (current && colon != std::string_view::npos &&
            takeWindowValue(trimmed(line.substr(0, colon)), line.substr(colon + 1),
                            results.windows[*current]))
            continue;
        takeConclusion(line, results);
    }
    return results;
}

void addBenchmarkResults(const BenchmarkResults& results, SessionBuilder& builder) {
    addWindows(results, builder);
    if (results.windows.empty() && results.medianPerSecond)
        builder.add(types::kWhole, Quantity::PerSecond, *results.medianPerSecond);
    if (results.windows.empty() && results.medianEnergyUj)
        builder.add(types::kWhole, Quantity::EnergyUj, *results.medianEnergyUj);
    addShare(builder, "accuracy/top-1", results.top1);
    addShare(builder, "accuracy/AUC", results.areaUnderCurve);
    addShare(builder, "streaming/duty cycle", results.dutyCycle);
    if (results.periodS)
        builder.add("streaming/period", Quantity::LatencyUs, *results.periodS * 1e6);
    builder.note("detections", results.detections);
    const auto addCount = [&](const char* key, const std::optional<double>& value) {
        if (value) builder.add(key, Quantity::Count, *value);
    };
    addCount("streaming/true positives", results.truePositives);
    addCount("streaming/false negatives", results.falseNegatives);
    addCount("streaming/false positives", results.falsePositives);
    for (const std::string& complaint : results.complaints)
        builder.warn("the runner reports: " + complaint);
}

}  // namespace importers
