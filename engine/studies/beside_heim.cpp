// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/beside_heim.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "studies/figures.h"
#include "studies/heim_records.h"

namespace studies {
namespace {

using types::Study;
using types::StudyCell;

constexpr const char *kKernelsSetup = "kernels", *kNumbersSetup = "numbers",
                     *kFlagsSetup = "compiler flags";
constexpr const char *kPlain = "plain", *kOptimised = "optimised", *kFastest = "fastest";

/// A question of the paper: the time with `value` against that with `baseline`, while the other
/// conditions are equal and `fixed` holds.
struct Contrast {
    std::string title, dimension, value, baseline;
    std::map<std::string, std::string> fixed;
};

std::vector<Contrast> contrasts() {
    const auto title = [](const std::string& what, const std::string& where) {
        return what + ", " + where;
    };
    std::vector<Contrast> all;
    for (const char* numbers : {"int8", "float32", "int16x8", "int8w4"})
        all.push_back({title("Optimised kernels against plain ones", numbers),
                       kKernelsSetup,
                       kOptimised,
                       kPlain,
                       {{kNumbersSetup, numbers}}});
    for (const char* kernels : {kPlain, kOptimised})
        for (const char* numbers : {"int8", "int16x8", "int8w4"})
            all.push_back({title(std::string(numbers) + " against float32",
                                 std::string(kernels) + " kernels"),
                           kNumbersSetup,
                           numbers,
                           "float32",
                           {{kKernelsSetup, kernels}}});
    for (const char* kernels : {kPlain, kOptimised})
        for (const char* numbers : {"int8", "float32", "int16x8", "int8w4"})
            all.push_back({title("-Os against -O3 or -Ofast",
                                 std::string(numbers) + ", " + kernels + " kernels"),
                           kFlagsSetup,
                           "-Os",
                           kFastest,
                           {{kKernelsSetup, kernels}, {kNumbersSetup, numbers}}});
    return all;
}

/// The words that both sides share.
Record inSharedWords(Record record) {
    for (auto& [dimension, value] : record.setup) {
        const bool isPlain =
            value == kPlain || value.find("reference") != std::string::npos || value == "TFLM";
        if (dimension == kKernelsSetup) value = isPlain ? kPlain : kOptimised;
        if (dimension == kFlagsSetup && (value == "-O3" || value == "-Ofast")) value = kFastest;
    }
    return record;
}

/// Ratios of one contrast on one kind of core.
struct Factors {
    std::vector<double> ratios;
    std::set<std::string> boards;

    bool isEmpty() const { return ratios.empty(); }
};

std::string valueOf(const Record& record, const std::string& dimension) {
    const auto at = record.setup.find(dimension);
    return at == record.setup.end() ? std::string() : at->second;
}

bool isWithin(const Contrast& contrast, const Record& record) {
    return std::ranges::all_of(contrast.fixed, [&](const auto& condition) {
        return valueOf(record, condition.first) == condition.second;
    });
}

double contrastedCost(const Record& record) {
    return record.latencyUs > 0 ? record.latencyUs : record.instructions;
}

/// Everything but the contrast's own dimension, and whether the figure is a time.
std::string caseOf(const Contrast& contrast, const Record& record) {
    std::string key = record.board + '\n' + record.model + '\n' +
                      (record.measured ? "measured" : "predicted") +
                      (record.latencyUs > 0 ? "\ntime" : "\ninstructions");
    for (const auto& [dimension, value] : record.setup)
        if (dimension != contrast.dimension) key += '\n' + dimension + '=' + value;
    return key;
}

/// "Cortex-M4"; predictions stand apart, and a board of an unknown core by itself.
std::string coreOf(const Record& record) {
    return (record.core.empty() ? record.board : record.core) +
           (record.measured ? "" : ", predicted");
}

std::map<std::string, Factors> factorsOf(const Contrast& contrast, const Records& records) {
    std::map<std::string, double> baselines;
    for (const Record& record : records)
        if (isWithin(contrast, record) &&
            valueOf(record, contrast.dimension) == contrast.baseline && contrastedCost(record) > 0)
            baselines[caseOf(contrast, record)] = contrastedCost(record);
    std::map<std::string, Factors> groups;
    for (const Record& record : records) {
        if (!isWithin(contrast, record) || valueOf(record, contrast.dimension) != contrast.value)
            continue;
        const auto baseline = baselines.find(caseOf(contrast, record));
        if (baseline == baselines.end() || contrastedCost(record) <= 0) continue;
        Factors& factors = groups[coreOf(record)];
        factors.ratios.push_back(contrastedCost(record) / baseline->second);
        factors.boards.insert(record.board);
    }
    return groups;
}

std::string rangeText(const Factors& factors) {
    const auto [least, most] = std::ranges::minmax(factors.ratios);
    const std::string median = digits(medianOf(factors.ratios), 2) + " times";
    if (factors.ratios.size() == 1) return median;
    return median + " (" + digits(least, 2) + " to " + digits(most, 2) + " in " +
           std::to_string(factors.ratios.size()) + " cases)";
}

std::string joinedText(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

void addFactors(const Factors& factors, std::vector<StudyCell>& row) {
    if (factors.isEmpty()) {
        row.insert(row.end(), 4, StudyCell());
        return;
    }
    const auto [least, most] = std::ranges::minmax(factors.ratios);
    row.insert(row.end(),
               {static_cast<double>(factors.ratios.size()), medianOf(factors.ratios), least, most});
}

void addPoints(const Factors& factors, const std::string& label, double place,
               types::StudySeries& series) {
    for (const double ratio : factors.ratios)
        series.points.push_back({label, ratio, place, std::nullopt});
}

/// One contrast: a sentence and a row for each core, and a chart.
void addContrast(const Contrast& contrast, const Records& here, const Records& there,
                 Study& study) {
    const auto ours = factorsOf(contrast, here);
    const auto published = factorsOf(contrast, there);
    if (ours.empty()) return;
    types::StudyChart chart;
    chart.title = contrast.title;
    chart.x = {"Relative cost", "times", true, {}};
    chart.y.name = "Core";
    chart.series = {{"here", true, {}}, {"Heim et al. 2021", true, {}}};
    for (const auto& [core, factors] : ours) {
        const double place = static_cast<double>(chart.y.categories.size());
        chart.y.categories.push_back(core);
        std::string sentence = contrast.title + ", " + core + ": " + rangeText(factors);
        std::vector<StudyCell> row = {contrast.title, core};
        addFactors(factors, row);
        addPoints(factors, core + ", " + joinedText(factors.boards), place, chart.series[0]);
        const auto theirs = published.find(core);
        const Factors other = theirs == published.end() ? Factors() : theirs->second;
        addFactors(other, row);
        row.emplace_back(joinedText(other.boards));
        addPoints(other, core + ", " + joinedText(other.boards), place, chart.series[1]);
        if (!other.isEmpty())
            study.findings.push_back(sentence + "; Heim et al. " + rangeText(other) + " on " +
                                     joinedText(other.boards) + ".");
        study.table.rows.push_back(std::move(row));
    }
    study.charts.push_back(std::move(chart));
}

void addDifferences(const Records& here, Study& study) {
    std::set<std::string> models;
    bool hasInstructions = false;
    for (const Record& record : here) {
        models.insert(record.model);
        hasInstructions |= record.latencyUs == 0 && record.instructions > 0;
    }
    if (hasInstructions)
        study.limits.emplace_back(
            "Here instructions of emulated cores are compared, there times of boards: wait states, "
            "caches and pairs of instructions in one cycle are in theirs alone.");
    study.limits.push_back("Here " + joinedText(models) +
                           "; there LeNet-5 and ResNet-20 with the kernels of mid-2020.");
    study.limits.emplace_back(
        "The fastest level here is -O3 where -Ofast was not measured; there "
        "it is -Ofast.");
}

}  // namespace

types::Result<Study> besideHeim(const StudyRequest& request, const types::Work&) {
    Records here, there;
    std::ranges::transform(request.measured, std::back_inserter(here), inSharedWords);
    std::erase_if(here, [](const Record& record) { return !record.op.empty(); });
    std::ranges::transform(heimRecords(), std::back_inserter(there), inSharedWords);
    Study study;
    study.table.columns = {{"What", ""},
                           {"Core", ""},
                           {"Cases", ""},
                           {"Median", "times"},
                           {"Least", "times"},
                           {"Most", "times"},
                           {"Published cases", ""},
                           {"Published median", "times"},
                           {"Published least", "times"},
                           {"Published most", "times"},
                           {"Published on", ""}};
    for (const Contrast& contrast : contrasts())
        addContrast(contrast, here, there, study);
    if (study.charts.empty())
        return types::fail("no two measurements differ in kernels, precision or flags alone", "",
                           "measure a matrix (measure --matrix, or the page Matrix) and take its "
                           "sessions");
    addDifferences(here, study);
    std::set<std::string> sources;
    for (const Record& record : request.measured)
        if (!record.source.empty()) sources.insert(record.source);
    study.sources.assign(sources.begin(), sources.end());
    study.sources.emplace_back(kHeimSource);
    return study;
}

}  // namespace studies
