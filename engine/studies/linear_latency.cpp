// SPDX-License-Identifier: GPL-3.0-or-later
// Study: latency is linear in operations. Fits a line to the models of one backbone on one board,
// and shows the error of one line for all backbones.
#include <algorithm>

#include "studies/figures.h"
#include "studies/study_kinds.h"

namespace studies {
namespace {

using types::Study;

constexpr size_t kFewest = 3;  ///< fewest models that a line is fitted to
constexpr size_t kMaxLineSentences = 8;
constexpr const char* kUnnamed = "models";  ///< models without a family

/// The cost plotted against operations: time, or instructions where an emulator has no time.
struct Cost {
    const char *name, *unit;
    const char* rate;  ///< unit of operations per cost
    double perRate;    ///< factor from x unit / y unit to the rate's unit
    double (*of)(const Record&);
};

constexpr Cost kTime = {"Latency", "ms", "Mops/s", 1e3,
                        [](const Record& r) { return r.latencyUs / 1e3; }};
constexpr Cost kInstructions = {"Instructions", "millions", "operations an instruction", 1,
                                [](const Record& r) { return r.instructions / 1e6; }};

/// Models of one family on one board; an empty name means all families.
struct LineGroup {
    std::string board, family;
    bool measured = true;
    Records records;
    std::vector<DataPoint> samples;
    LineFit line, origin;

    bool isAll() const { return family.empty(); }
    std::string who() const { return isAll() ? board + ", all models" : board + ", " + family; }
};

struct Board {
    std::string name;
    std::vector<LineGroup> families;
    LineGroup all;

    bool isOneFamily() const {
        return families.size() == 1 && families[0].records.size() == all.records.size();
    }
};

LineGroup groupOf(const std::string& board, const std::string& family, const Records& records,
                  const Cost& cost) {
    LineGroup group{board, family, records.front().measured, records, {}, {}, {}};
    for (const Record& record : records)
        group.samples.push_back({record.ops / 1e6, cost.of(record)});
    group.line = fitLine(group.samples);
    group.origin = fitThroughOrigin(group.samples);
    return group;
}

std::string boardOf(const Record& record) {
    const std::string setup = setupText(record);
    return record.board + (setup.empty() ? "" : ", " + setup) +
           (record.measured ? "" : ", predicted");
}

std::vector<Board> boardsOf(const Records& records, const Cost& cost) {
    std::vector<Board> boards;
    for (const auto& [name, members] : grouped(records, boardOf)) {
        Board board;
        board.name = name;
        const auto families = grouped(members, [](const Record& r) { return r.family; });
        for (const auto& [family, same] : families)
            if (same.size() >= kFewest)
                board.families.push_back(
                    groupOf(name, family.empty() ? kUnnamed : family, same, cost));
        if (members.size() < kFewest) continue;
        board.all = groupOf(name, "", members, cost);
        boards.push_back(std::move(board));
    }
    return boards;
}

double rateOf(const LineFit& fit, const Cost& cost) {
    return fit.slope > 0 ? cost.perRate / fit.slope : 0;
}

std::string lawText(const LineGroup& group, const Cost& cost) {
    return digits(rateOf(group.line, cost)) + " " + cost.rate + ", r2 " + r2Text(group.line.r2) +
           ", mean error " + percentText(group.line.mapePercent, 2) + " over " +
           std::to_string(group.line.count) + " models";
}

/// One line for all models, and the model with its largest error.
std::string failureText(const LineGroup& all, const Cost& cost) {
    std::vector<DataPoint> others = all.samples;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(all.line.worst));
    return "One line over all of " + all.board + ": " + lawText(all, cost) + "; it misses " +
           all.records[all.line.worst].model + " most, by " +
           percentText(all.line.worstPercent, 2) +
           ", and fitted without that one the mean error is " +
           percentText(fitLine(others).mapePercent, 2) + ".";
}

/// Error of one family's line on the models of another family.
std::string crossText(const LineGroup& from, const LineGroup& to) {
    const LineFit crossed = lineErrors(from.line.slope, from.line.intercept, to.samples);
    return from.board + ": the line of " + from.family + " errs by " +
           percentText(crossed.mapePercent, 2) + " on average for " + to.family + ".";
}

/// What the intercept contributes, shown on the largest family.
void addOriginSentence(const std::vector<Board>& boards, const Cost& cost, Study& study) {
    const LineGroup* largest = nullptr;
    for (const Board& board : boards)
        for (const LineGroup& group : board.families)
            if (!largest || group.line.count > largest->line.count) largest = &group;
    if (!largest || largest->origin.mapePercent < 1.2 * largest->line.mapePercent) return;
    study.limits.push_back("The law needs its intercept of " + digits(largest->line.intercept) +
                           " " + cost.unit + ": through the origin the line of " + largest->who() +
                           " becomes " + digits(rateOf(largest->origin, cost)) + " " + cost.rate +
                           ", and its mean error " + percentText(largest->origin.mapePercent, 2) +
                           " instead of " + percentText(largest->line.mapePercent, 2) + ".");
}

/// For many boards a range is clearer than a list.
void addSummary(const std::vector<Board>& boards, Study& study) {
    std::vector<double> r2;
    for (const Board& board : boards)
        for (const LineGroup& group : board.families)
            r2.push_back(group.line.r2);
    if (r2.size() <= kFewest) return;
    const auto [least, most] = std::ranges::minmax(r2);
    study.findings.push_back("Over " + std::to_string(r2.size()) +
                             " families on their boards r2 lies between " + r2Text(least) +
                             " and " + r2Text(most) + ", median " + r2Text(medianOf(r2)) + ".");
}

void addSentences(const std::vector<Board>& boards, const Cost& cost, Study& study) {
    addSummary(boards, study);
    for (const Board& board : boards) {
        for (const LineGroup& group : board.families)
            if (study.findings.size() < kMaxLineSentences)
                study.findings.push_back(group.who() + ": " + lawText(group, cost) + ".");
        if (board.families.size() < 2 || study.limits.size() + 2 > kMaxLineSentences) continue;
        study.limits.push_back(failureText(board.all, cost));
        const auto byRate = [&](const LineGroup& group) { return rateOf(group.line, cost); };
        const auto [slow, fast] = std::ranges::minmax(board.families, {}, byRate);
        study.limits.push_back(crossText(fast, slow));
    }
    addOriginSentence(boards, cost, study);
}

types::StudyLine lineOf(const LineGroup& group, const std::string& name, int series) {
    const auto [low, high] = std::ranges::minmax(group.samples, {}, &DataPoint::x);
    return {name, group.line.slope, group.line.intercept, low.x, high.x, series};
}

types::StudyPoint pointOf(const Record& record, const DataPoint& sample) {
    types::StudyPoint point{record.model, sample.x, sample.y, std::nullopt};
    if (record.latencyBand)
        point.band = {record.latencyBand->value / 1e3, record.latencyBand->low / 1e3,
                      record.latencyBand->high / 1e3};
    return point;
}

types::StudyChart chartOf(const Board& board, const Cost& cost) {
    types::StudyChart chart;
    chart.title = board.name;
    chart.x = {"Operations", "millions", false, {}};
    chart.y = {cost.name, cost.unit, false, {}};
    std::map<std::string, int> place;
    for (size_t i = 0; i < board.all.records.size(); ++i) {
        const Record& record = board.all.records[i];
        const std::string name = record.family.empty() ? kUnnamed : record.family;
        const auto [at, isNew] = place.try_emplace(name, static_cast<int>(chart.series.size()));
        if (isNew) chart.series.push_back({name, record.measured, {}});
        chart.series[static_cast<size_t>(at->second)].points.push_back(
            pointOf(record, board.all.samples[i]));
    }
    for (const LineGroup& group : board.families)
        if (const auto at = place.find(group.family); at != place.end())
            chart.lines.push_back(lineOf(group, group.family, at->second));
    if (!board.isOneFamily()) chart.lines.push_back(lineOf(board.all, "one line over all", -1));
    return chart;
}

void addRow(const LineGroup& group, const Cost& cost, Study& study) {
    study.table.rows.push_back(
        {group.board, group.isAll() ? "all" : group.family,
         group.measured ? "measured" : "predicted", static_cast<double>(group.line.count),
         rateOf(group.line, cost), group.line.intercept, group.line.r2, group.line.mapePercent,
         rateOf(group.origin, cost), group.origin.r2, group.origin.mapePercent});
}

void fillTable(const std::vector<Board>& boards, const Cost& cost, Study& study) {
    study.table.columns = {{"Board and setup", ""},
                           {"Family", ""},
                           {"From", ""},
                           {"Models", ""},
                           {"Slope", cost.rate},
                           {"Intercept", cost.unit},
                           {"r2", ""},
                           {"Mean error", "%"},
                           {"Slope through origin", cost.rate},
                           {"its r2", ""},
                           {"its mean error", "%"}};
    for (const Board& board : boards) {
        for (const LineGroup& group : board.families)
            addRow(group, cost, study);
        if (!board.isOneFamily()) addRow(board.all, cost, study);
    }
}

Records withCost(const Records& records, const Cost& cost) {
    Records usable;
    for (const Record& record : records)
        if (record.op.empty() && record.ops > 0 && cost.of(record) > 0) usable.push_back(record);
    return usable;
}

}  // namespace

types::Result<Study> linearLatency(const Records& records) {
    const bool hasTime = withCost(records, kTime).size() >= kFewest;
    const Cost& cost = hasTime ? kTime : kInstructions;
    const auto boards = boardsOf(withCost(records, cost), cost);
    if (boards.empty())
        return types::fail("no board with three models whose operations and latency are known", "",
                           "give a table with board, model, family, mops (or macs) and latency_ms, "
                           "or a device to predict on");
    Study study;
    addSentences(boards, cost, study);
    // Shows the board with most models first.
    std::vector<const Board*> byCount;
    for (const Board& board : boards)
        byCount.push_back(&board);
    std::ranges::stable_sort(byCount, std::ranges::greater{},
                             [](const Board* board) { return board->all.records.size(); });
    for (const Board* board : byCount)
        study.charts.push_back(chartOf(*board, cost));
    fillTable(boards, cost, study);
    return study;
}

}  // namespace studies
