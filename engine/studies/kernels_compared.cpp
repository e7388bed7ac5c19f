// SPDX-License-Identifier: GPL-3.0-or-later
// Study: kernels, flags and frameworks. Compares measurements of one model (and operator) on one
// board that differ in a single condition.
#include <algorithm>
#include <cctype>

#include "studies/figures.h"
#include "studies/setup_gains.h"
#include "studies/study_kinds.h"

namespace studies {
namespace {

using types::Study;

constexpr size_t kMaxSentences = 12;
constexpr size_t kMaxCategories = 18;
constexpr double kAgainst = 0.95;  ///< a ratio below it contradicts the gain

std::string times(double ratio) {
    return digits(ratio, 2) + " times";
}

std::string sentenceOf(const SetupGain& gain) {
    const auto [least, most] = std::ranges::minmax(gain.ratios);
    std::string text = gain.board + (gain.measured ? ": " : ", predicted: ") + gain.value +
                       " takes " + times(gain.median()) + " as long as " + gain.baseline +
                       " (median of " + std::to_string(gain.ratios.size()) + " cases, " +
                       digits(least, 2) + " to " + digits(most, 2) + ")";

    const char* between = ": ";
    for (const auto& [value, ratios] : partingOf(gain)) {
        text += between + times(medianOf(ratios)) + " with " + value;
        between = ", ";
    }
    return text + ".";
}

/// Adds the case that contradicts the gain most.
void addException(const SetupGain& gain, Study& study) {
    const double median = gain.median();
    const bool isSlower = median > kClearGain;
    if (!isSlower && median > 1 / kClearGain) return;
    const auto extreme =
        isSlower ? std::ranges::min_element(gain.ratios) : std::ranges::max_element(gain.ratios);
    if (isSlower ? *extreme > kAgainst : *extreme < 1 / kAgainst) return;
    const SetupCase& one = *gain.cases[static_cast<size_t>(extreme - gain.ratios.begin())];
    study.limits.push_back("Against the rule: " + one.label() + " on " + gain.board + ", where " +
                           gain.value + " takes " + times(*extreme) + " as long as " +
                           gain.baseline + ".");
}

/// Adds how far the gain varies between models.
void addSpreadOverModels(const std::vector<SetupGain>& gains, Study& study) {
    const SetupGain* widest = nullptr;
    double width = kClearGain;
    for (const SetupGain& gain : gains) {
        const auto [least, most] = std::ranges::minmax(gain.ratios);
        if (!partingOf(gain).empty() || most / least <= width) continue;
        width = most / least;
        widest = &gain;
    }
    if (!widest) return;
    const auto [least, most] = std::ranges::minmax_element(widest->ratios);
    const auto labelAt = [&](auto at) {
        return widest->cases[static_cast<size_t>(at - widest->ratios.begin())]->label();
    };
    study.limits.push_back("No factor serves all models: on " + widest->board + " " +
                           widest->value + " takes " + times(*least) + " as long as " +
                           widest->baseline + " for " + labelAt(least) + ", " + times(*most) +
                           " for " + labelAt(most) + ".");
}

void addChart(const std::string& dimension, const std::vector<SetupGain>& gains, Study& study) {
    types::StudyChart chart;
    chart.title = dimension;
    chart.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(chart.title[0])));
    chart.x = {"Relative latency", "times", true, {}};
    chart.y.name = "Board";
    for (const SetupGain& gain : gains) {
        const std::string row = gain.board + " against " + gain.baseline;
        auto& rows = chart.y.categories;
        auto at = std::ranges::find(rows, row);
        if (at == rows.end() && rows.size() == kMaxCategories) continue;
        if (at == rows.end()) at = rows.insert(rows.end(), row);
        const double place = static_cast<double>(at - rows.begin());
        auto series = std::ranges::find(chart.series, gain.value, &types::StudySeries::name);
        if (series == chart.series.end())
            series = chart.series.insert(series, {gain.value, gain.measured, {}});
        for (size_t i = 0; i < gain.cases.size(); ++i)
            series->points.push_back(
                {gain.cases[i]->label() + ", " + gain.value, gain.ratios[i], place, std::nullopt});
    }
    study.charts.push_back(std::move(chart));
}

void addRows(const std::string& dimension, const char* of, const std::vector<SetupGain>& gains,
             Study& study) {
    for (const SetupGain& gain : gains) {
        const auto [least, most] = std::ranges::minmax(gain.ratios);
        study.table.rows.push_back({gain.board, dimension, gain.value, gain.baseline, of,
                                    static_cast<double>(gain.ratios.size()), gain.median(), least,
                                    most});
    }
}

/// Dimensions by interest; those not named here come last.
std::vector<std::string> dimensionsOf(const Records& records) {
    std::vector<std::string> dimensions = {"kernels", "numbers", "compiler flags", "FPU",
                                           "runtime"};
    for (const Record& record : records)
        for (const auto& [dimension, value] : record.setup)
            if (std::ranges::find(dimensions, dimension) == dimensions.end())
                dimensions.push_back(dimension);
    return dimensions;
}

/// One dimension: whole models show the gain, operators its exceptions; without models, operators
/// show both.
void compareAlong(const std::string& dimension, const Records& models, const Records& operators,
                  Study& study) {
    const auto byModel = setupGains(models, dimension);
    const auto byOperator = setupGains(operators, dimension);
    const auto& gains = byModel.empty() ? byOperator : byModel;
    if (gains.empty()) return;
    for (const SetupGain& gain : gains)
        if (study.findings.size() < kMaxSentences) study.findings.push_back(sentenceOf(gain));
    addSpreadOverModels(gains, study);
    for (const auto* all : {&byModel, &byOperator})
        for (const SetupGain& gain : *all)
            if (study.limits.size() < kMaxSentences) addException(ruledPart(gain), study);
    addChart(dimension, gains, study);
    addRows(dimension, "models", byModel, study);
    addRows(dimension, "operators", byOperator, study);
}

}  // namespace

types::Result<Study> kernelsCompared(const Records& records) {
    const Records sums = summedByKind(records);
    Records models, operators;
    for (const Record& record : sums)
        (record.op.empty() ? models : operators).push_back(record);
    leaveOutTrifles(operators);
    Study study;
    study.table.columns = {{"Board", ""},       {"What differs", ""}, {"Setup", ""},
                           {"Against", ""},     {"Of", ""},           {"Cases", ""},
                           {"Median", "times"}, {"Least", "times"},   {"Most", "times"}};
    for (const std::string& dimension : dimensionsOf(sums))
        compareAlong(dimension, models, operators, study);
    if (study.charts.empty())
        return types::fail("no model was measured twice on a board with one thing changed", "",
                           "give a table with board, model, latency_ms and kernels, runtime, "
                           "compiler_flags or fpu; or boards known with two sets of kernels");
    return study;
}

}  // namespace studies
