// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// results.txt of the two MLPerf Tiny runners (EnergyRunner to v1.2, the runner of 2025): windows
// of many inferences with run time and energy, and what was concluded from them.

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
    std::map<int64_t, BenchmarkWindow> windows;             ///< by the number they have in the text
    std::optional<double> medianPerSecond, medianEnergyUj;  ///< energy of one inference
    std::optional<double> top1, areaUnderCurve;             ///< shares
    std::optional<double> dutyCycle, periodS;               ///< of a streaming model
    std::string detections;                                 ///< "44 True positives, ..."
    std::vector<std::string> complaints;                    ///< what the runner calls invalid

    bool empty() const;
};

/// Lines that are no results are passed over.
BenchmarkResults readBenchmarkResults(std::string_view text);

/// Adds the conclusions (accuracy, streaming), and latency and energy of each window where the
/// session has none yet: a trace or a pair of time stamps says more than a rounded print.
void addBenchmarkResults(const BenchmarkResults& results, SessionBuilder& builder);

}  // namespace importers
