// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// results.txt of the two MLPerf Tiny runners (EnergyRunner to v1.2, the runner of 2025): windows of
// many inferences with run time and energy, and summary figures.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/parts/session_builder.h"

namespace importers {

struct BenchmarkWindow {
    std::optional<double> inferences, runtimeS, perSecond;
    std::optional<double> energyUj, powerMw, energyPerInferenceUj;
};

struct BenchmarkResults {
    std::map<int64_t, BenchmarkWindow> windows;             ///< by the number printed in the text
    std::optional<double> medianPerSecond, medianEnergyUj;  ///< energy per inference
    std::optional<double> top1, areaUnderCurve;             ///< shares
    std::optional<double> dutyCycle, periodS;               ///< of a streaming model
    std::string detections;                                 ///< "44 True positives, ..."
    std::optional<double> truePositives, falseNegatives, falsePositives;  ///< streaming
    std::vector<std::string> complaints;  ///< what the runner reports as invalid

    bool empty() const;
};

/// True where the first line that is not empty is a result: a results.txt, whatever it contains.
bool beginsWithResult(std::string_view text);

/// Ignores lines that are no results.
BenchmarkResults readBenchmarkResults(std::string_view text);

/// Adds the summary figures (accuracy, streaming), and latency and energy of each window where the
/// session has none yet: a trace or time stamps are more exact than rounded prints.
void addBenchmarkResults(const BenchmarkResults& results, SessionBuilder& builder);

}  // namespace importers
