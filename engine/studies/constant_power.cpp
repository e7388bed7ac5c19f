// SPDX-License-Identifier: GPL-3.0-or-later
// Study: power is nearly constant. Reports its scatter over models per board, and over kinds of
// operators.
#include <algorithm>
#include <cmath>

#include "studies/figures.h"
#include "studies/study_kinds.h"

namespace studies {
namespace {

using types::Study;

constexpr double kNotable = 0.02;  ///< sigma/mu above which a single power value gets a warning
constexpr size_t kMaxPowerCategories = 18;
constexpr size_t kMaxPowerSentences = 6;

struct PowerGroup {
    std::string name;
    bool measured = true, byOperator = false;
    Records records;
    Scatter scatter;
    std::vector<std::string> leftOut;
};

/// A power of twice or half the median comes from another condition or a typing error: it is named
/// and left out.
void leaveOutStrangers(PowerGroup& group) {
    std::vector<double> powers;
    for (const Record& record : group.records)
        powers.push_back(record.powerMw);
    const double usual = medianOf(powers);
    std::erase_if(group.records, [&](const Record& record) {
        const bool isStranger = record.powerMw > 2 * usual || record.powerMw < usual / 2;
        if (isStranger)
            group.leftOut.push_back(record.model + (record.op.empty() ? "" : " " + record.op) +
                                    " (" + digits(record.powerMw) + " mW)");
        return isStranger;
    });
}

PowerGroup groupOf(const std::string& name, const Records& records) {
    PowerGroup group{name, records.front().measured, !records.front().op.empty(), records, {}, {}};
    leaveOutStrangers(group);
    std::vector<double> powers;
    for (const Record& record : group.records)
        powers.push_back(record.powerMw);
    if (powers.size() >= 2) group.scatter = scatterOf(powers);
    return group;
}

/// Groups whole models by board and sitting, whatever their setup, and operators by setup.
std::string groupName(const Record& record) {
    std::string name = record.board;
    if (!record.sitting.empty()) {
        const auto runtime = record.setup.find("runtime");
        if (runtime != record.setup.end()) name += ", " + runtime->second;
        name += ", " + record.sitting;
    }
    const std::string setup = setupText(record);
    const bool tellsSetup = !record.measured || !record.op.empty();
    if (tellsSetup && !setup.empty()) name += ", " + setup;
    if (!record.measured && !record.family.empty()) name += ", " + record.family;
    return name + (record.op.empty() ? "" : ", by operator");
}

std::vector<PowerGroup> groupsOf(const Records& records) {
    Records powered;
    for (const Record& record : records)
        if (record.powerMw > 0) powered.push_back(record);
    std::vector<PowerGroup> groups;
    const auto keyOf = [](const Record& record) {
        return groupName(record) + (record.measured ? "" : "\npredicted");
    };
    for (const auto& [key, members] : grouped(powered, keyOf)) {
        PowerGroup group = groupOf(groupName(members.front()), members);
        if (group.records.size() >= 3) groups.push_back(std::move(group));
    }
    std::ranges::stable_sort(groups, std::ranges::greater{},
                             [](const PowerGroup& group) { return group.scatter.relative; });
    return groups;
}

std::string scatterText(const PowerGroup& group) {
    const Scatter& s = group.scatter;
    return digits(s.mean) + " mW, sigma/mu " + percentText(100 * s.relative, 2) +
           " (95 % interval " + percentText(100 * s.low, 2) + " to " +
           percentText(100 * s.high, 2) + ", n = " + std::to_string(s.count) + ")";
}

void addSentences(const std::vector<PowerGroup>& groups, Study& study) {
    size_t notable = 0, wholes = 0;
    for (const PowerGroup& group : groups) {
        if (group.byOperator) continue;
        ++wholes;
        notable += group.scatter.relative > kNotable;
    }
    if (wholes > 0)
        study.findings.push_back("Over whole models the scatter is above " +
                                 percentText(100 * kNotable, 2) + " in " + std::to_string(notable) +
                                 " of " + std::to_string(wholes) + " groups.");
    for (const PowerGroup& group : groups) {
        const bool isLimit = group.byOperator;
        auto& sentences = isLimit ? study.limits : study.findings;
        if (sentences.size() < kMaxPowerSentences)
            sentences.push_back(group.name + (group.measured ? ": " : ", predicted: ") +
                                scatterText(group) +
                                (group.scatter.relative > kNotable ? "; more than 2 %." : "."));
        for (const std::string& stranger : group.leftOut)
            study.limits.push_back("Left out of " + group.name + ": " + stranger +
                                   ", more than twice or less than half of the others' " +
                                   digits(group.scatter.mean) + " mW.");
    }
}

/// Adds the operator and setup whose power lies farthest from the mean.
void addFarthest(const std::vector<PowerGroup>& groups, Study& study) {
    const Record* farthest = nullptr;
    double mean = 0, distance = 0;
    for (const PowerGroup& group : groups)
        for (const Record& record : group.records) {
            const double off = std::abs(record.powerMw / group.scatter.mean - 1);
            if (off <= distance) continue;
            distance = off;
            farthest = &record;
            mean = group.scatter.mean;
        }
    if (!farthest) return;
    const std::string setup = setupText(*farthest);
    study.limits.push_back("Farthest from its mean: " + farthest->model +
                           (farthest->op.empty() ? "" : " " + farthest->op) + " on " +
                           farthest->board + (setup.empty() ? "" : " (" + setup + ")") + ", " +
                           digits(farthest->powerMw) + " mW where the mean is " + digits(mean) +
                           ".");
}

void addChart(const std::vector<PowerGroup>& groups, bool byOperator, Study& study) {
    types::StudyChart chart;
    chart.title = byOperator ? "By operator" : "Whole models";
    chart.x = {"Power, of the mean of its group", "%", false, {}};
    chart.y.name = "Board";
    types::StudySeries measured{"measured", true, {}}, predicted{"predicted", false, {}};
    for (const PowerGroup& group : groups) {
        if (group.byOperator != byOperator || chart.y.categories.size() == kMaxPowerCategories)
            continue;
        const double place = static_cast<double>(chart.y.categories.size());
        chart.y.categories.push_back(group.name);
        for (const Record& record : group.records)
            (group.measured ? measured : predicted)
                .points.push_back({record.model + (record.op.empty() ? "" : " " + record.op) +
                                       ", " + digits(record.powerMw) + " mW",
                                   100 * record.powerMw / group.scatter.mean, place, std::nullopt});
    }
    for (types::StudySeries* series : {&measured, &predicted})
        if (!series->points.empty()) chart.series.push_back(std::move(*series));
    if (!chart.series.empty()) study.charts.push_back(std::move(chart));
}

void fillTable(const std::vector<PowerGroup>& groups, Study& study) {
    study.table.columns = {{"Group", ""},      {"Of", ""},       {"From", ""},
                           {"Count", ""},      {"Mean", "mW"},   {"sigma/mu", "%"},
                           {"95 % from", "%"}, {"95 % to", "%"}, {"Above 2 %", ""}};
    for (const PowerGroup& group : groups)
        study.table.rows.push_back(
            {group.name, group.byOperator ? "operators" : "models",
             group.measured ? "measured" : "predicted", static_cast<double>(group.scatter.count),
             group.scatter.mean, 100 * group.scatter.relative, 100 * group.scatter.low,
             100 * group.scatter.high, group.scatter.relative > kNotable ? "yes" : "no"});
}

}  // namespace

types::Result<Study> constantPower(const Records& records) {
    const auto groups = groupsOf(records);
    if (groups.empty())
        return types::fail("no board with three known powers", "",
                           "give a table with board, model and power_mw, or energy_mj beside "
                           "latency_ms");
    Study study;
    addSentences(groups, study);
    addFarthest(groups, study);
    addChart(groups, false, study);
    addChart(groups, true, study);
    fillTable(groups, study);
    const bool predicted =
        std::ranges::any_of(groups, [](const PowerGroup& g) { return !g.measured; });
    if (predicted)
        study.limits.push_back(
            "Predicted powers follow the profile's figure for each operator; "
            "what those do not know, such as data and temperature, is missing.");
    return study;
}

}  // namespace studies
