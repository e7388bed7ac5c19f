// SPDX-License-Identifier: GPL-3.0-or-later
// Study: operations are not equal. Reports the cost of a multiply-accumulate by operator kind and
// board.
#include <algorithm>

#include "studies/figures.h"
#include "studies/study_kinds.h"

namespace studies {
namespace {

using types::Study;
using types::StudyCell;

constexpr size_t kMaxSeries = 8;
constexpr size_t kMaxOpTypeSentences = 6;

/// All records of one operator kind on one board under one setup.
struct OpCost {
    std::string op;
    size_t records = 0;
    double macs = 0, outputs = 0, latencyUs = 0, cycles = 0, energyUj = 0;
    double macsWithEnergy = 0, outputsWithEnergy = 0;
    double cheapest = 0, dearest = 0;  ///< least and greatest time per MAC

    double timePerMac() const { return (latencyUs > 0 ? latencyUs * 1e3 : cycles) / macs; }
    double nanojoulesPerMac() const {
        return macsWithEnergy > 0 ? energyUj * 1e3 / macsWithEnergy : 0;
    }
};

struct Target {
    std::string name;  ///< board and setup
    bool measured = true;
    std::vector<OpCost> ops;

    /// Kinds below a thousandth of the MACs are left out: call overhead dominates their cost.
    std::vector<const OpCost*> withMacs() const {
        double all = 0;
        for (const OpCost& op : ops)
            all += op.macs;
        std::vector<const OpCost*> found;
        for (const OpCost& op : ops)
            if (op.macs > all / 1000) found.push_back(&op);
        return found;
    }
};

struct Extremes {
    const OpCost *cheapest, *dearest;
    double ratio;
};

Extremes extremesOf(const Target& target) {
    const auto ops = target.withMacs();
    const auto [low, high] =
        std::ranges::minmax_element(ops, {}, [](const OpCost* op) { return op->timePerMac(); });
    return {*low, *high, (*high)->timePerMac() / (*low)->timePerMac()};
}

double cyclesOf(const Record& record) {
    return record.cycles() > 0 ? record.cycles() : record.instructions;
}

OpCost costOf(const std::string& op, const Records& records) {
    OpCost cost;
    cost.op = op;
    cost.records = records.size();
    for (const Record& record : records) {
        cost.macs += record.macs;
        cost.outputs += record.outputs;
        cost.latencyUs += record.latencyUs;
        cost.cycles += cyclesOf(record);
        if (record.energyUj > 0) {
            cost.energyUj += record.energyUj;
            cost.macsWithEnergy += record.macs;
            cost.outputsWithEnergy += record.outputs;
        }
        if (record.macs <= 0) continue;
        const double time = (record.latencyUs > 0 ? record.latencyUs * 1e3 : cyclesOf(record));
        const double perMac = time / record.macs;
        cost.cheapest = cost.cheapest == 0 ? perMac : std::min(cost.cheapest, perMac);
        cost.dearest = std::max(cost.dearest, perMac);
    }
    return cost;
}

std::string targetName(const Record& record) {
    const std::string setup = setupText(record);
    return record.board + (setup.empty() ? "" : ", " + setup);
}

std::vector<Target> targetsOf(const Records& records) {
    Records operators;
    for (const Record& record : records)
        if (!record.op.empty() && (record.latencyUs > 0 || record.instructions > 0))
            operators.push_back(record);
    std::vector<Target> targets;
    const auto keyOf = [](const Record& record) {
        return targetName(record) + (record.measured ? "" : "\npredicted");
    };
    for (const auto& [key, members] : grouped(operators, keyOf)) {
        Target target{targetName(members.front()), members.front().measured, {}};
        for (const auto& [op, same] : grouped(members, [](const Record& r) { return r.op; }))
            target.ops.push_back(costOf(op, same));
        if (target.withMacs().size() > 1) targets.push_back(std::move(target));
    }
    std::ranges::stable_sort(targets, std::ranges::greater{},
                             [](const Target& target) { return extremesOf(target).ratio; });
    return targets;
}

std::string sentenceOf(const Target& target) {
    const auto [cheapest, dearest, ratio] = extremesOf(target);
    std::string text = target.name + ": a MAC of " + dearest->op + " takes " + digits(ratio, 2) +
                       " times as long as one of " + cheapest->op;
    if (dearest->cycles > 0 && cheapest->cycles > 0)
        text += " (" + digits(dearest->cycles / dearest->macs) + " against " +
                digits(cheapest->cycles / cheapest->macs) + " cycles)";
    if (dearest->nanojoulesPerMac() > 0 && cheapest->nanojoulesPerMac() > 0)
        text += " and " + digits(dearest->nanojoulesPerMac() / cheapest->nanojoulesPerMac(), 2) +
                " times the energy (" + digits(dearest->nanojoulesPerMac()) + " against " +
                digits(cheapest->nanojoulesPerMac()) + " nJ)";
    return text + ".";
}

void addFindings(const std::vector<Target>& targets, Study& study) {
    const Target &most = targets.front(), &least = targets.back();
    if (targets.size() > 1)
        study.findings.push_back("Between the cheapest and the dearest kind of operator lie " +
                                 digits(extremesOf(least).ratio, 2) + " (" + least.name + ") to " +
                                 digits(extremesOf(most).ratio, 2) + " times (" + most.name +
                                 "), over " + std::to_string(targets.size()) +
                                 " boards and setups.");
    for (size_t i = 0; i < std::min(targets.size(), kMaxOpTypeSentences); ++i)
        study.findings.push_back(sentenceOf(targets[i]));
}

/// Cases where the operator kind does not determine the cost either.
void addLimits(const std::vector<Target>& targets, Study& study) {
    const Target* where = nullptr;
    const OpCost* widest = nullptr;
    double widestRatio = 1;
    std::string without;
    double largestShare = 0;
    for (const Target& target : targets) {
        double total = 0, blind = 0;
        for (const OpCost& op : target.ops) {
            const double time = op.latencyUs > 0 ? op.latencyUs : op.cycles;
            total += time;
            if (op.macs == 0) blind += time;
            if (op.cheapest <= 0 || op.dearest / op.cheapest <= widestRatio) continue;
            widestRatio = op.dearest / op.cheapest;
            where = &target;
            widest = &op;
        }
        if (total == 0 || blind / total <= largestShare) continue;
        largestShare = blind / total;
        without = target.name;
    }
    if (widest)
        study.limits.push_back(
            "The kind is not all: inside " + widest->op + " on " + where->name +
            " the dearest entry costs " + digits(widestRatio, 2) +
            " times the cheapest a MAC. Channels, remainders and the first layer "
            "decide; the cost model counts them.");
    if (largestShare > 0)
        study.limits.push_back("Operators without a MAC are invisible to the count: they take " +
                               percentText(100 * largestShare, 2) + " of the time on " + without +
                               ".");
}

struct Measure {
    const char *title, *name, *unit;
    double (*of)(const OpCost&);
};

constexpr Measure kMeasures[] = {
    {"Cycles per MAC", "Cycles per MAC", "", [](const OpCost& op) { return op.cycles / op.macs; }},
    {"Throughput", "Throughput", "MMAC/s",
     [](const OpCost& op) { return op.latencyUs > 0 ? op.macs / op.latencyUs : 0; }},
    {"Energy per MAC", "Energy per MAC", "nJ",
     [](const OpCost& op) { return op.nanojoulesPerMac(); }},
};

void addChart(const std::vector<Target>& targets, const Measure& measure, Study& study) {
    types::StudyChart chart;
    chart.title = measure.title;
    chart.x = {measure.name, measure.unit, true, {}};
    chart.y.name = "Operator";
    for (const Target& target : targets) {
        types::StudySeries series{target.name, target.measured, {}};
        for (const OpCost* op : target.withMacs()) {
            const double value = measure.of(*op);
            if (value <= 0) continue;
            auto& names = chart.y.categories;
            auto at = std::ranges::find(names, op->op);
            if (at == names.end()) at = names.insert(names.end(), op->op);
            series.points.push_back({target.name + ", " + op->op, value,
                                     static_cast<double>(at - names.begin()), std::nullopt});
        }
        if (!series.points.empty() && chart.series.size() < kMaxSeries)
            chart.series.push_back(std::move(series));
    }
    if (!chart.series.empty()) study.charts.push_back(std::move(chart));
}

void fillTable(const std::vector<Target>& targets, Study& study) {
    study.table.columns = {{"Board and setup", ""},
                           {"Operator", ""},
                           {"From", ""},
                           {"Entries", ""},
                           {"MACs", ""},
                           {"Latency", "ms"},
                           {"Throughput", "MMAC/s"},
                           {"Cycles per MAC", ""},
                           {"Energy per MAC", "nJ"},
                           {"Cycles per output", ""},
                           {"Energy per output", "nJ"}};
    for (const Target& target : targets)
        for (const OpCost& op : target.ops) {
            const auto ratio = [](double a, double b) { return knownOnly(b > 0 ? a / b : 0); };
            study.table.rows.push_back(
                {target.name, op.op, target.measured ? "measured" : "predicted",
                 static_cast<double>(op.records), op.macs, knownOnly(op.latencyUs / 1e3),
                 ratio(op.macs, op.latencyUs), ratio(op.cycles, op.macs),
                 knownOnly(op.nanojoulesPerMac()), ratio(op.cycles, op.outputs),
                 ratio(op.energyUj * 1e3, op.outputsWithEnergy)});
        }
}

}  // namespace

StudyCell knownOnly(double value) {
    if (value == 0) return {};
    return value;
}

types::Result<Study> opTypes(const Records& records) {
    const auto targets = targetsOf(records);
    if (targets.empty())
        return types::fail("no two kinds of operators with MACs and a latency", "",
                           "give layers: a table with op, macs and latency_ms, or sessions and "
                           "their model");
    Study study;
    addFindings(targets, study);
    addLimits(targets, study);
    for (const Measure& measure : kMeasures)
        addChart(targets, measure, study);
    if (targets.size() > kMaxSeries)
        study.limits.push_back("The charts show the widest " + std::to_string(kMaxSeries) + " of " +
                               std::to_string(targets.size()) + "; the table has all.");
    fillTable(targets, study);
    return study;
}

}  // namespace studies
