// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/schedule_front.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "lowering/execution.h"
#include "scheduling/arena.h"

namespace scheduling {
namespace {

/// Longer stages hold more windows than they save.
constexpr int32_t kMostOperators = 32;
constexpr int32_t kRows[] = {1, 2, 4};
constexpr int kStageImprovements = 2, kQuickImprovements = 20, kFinalImprovements = 600;
/// What a moved byte and a call cost beside MACs; decides among schedules of equal MACs.
constexpr double kMacsPerMovedByte = 0.5, kMacsPerCall = 300;

double costOf(int64_t macs, int64_t movedBytes, int64_t calls) {
    return static_cast<double>(macs) + kMacsPerMovedByte * static_cast<double>(movedBytes) +
           kMacsPerCall * static_cast<double>(calls);
}

struct Option {
    Stage stage;
    int64_t peak = 0;
    double cost = 0;
};

/// The steps have done their duty then.
void addTime(SchedulePoint& point, const FrontOptions& options) {
    if (options.timeOf) point.timeUs = options.timeOf(point.plan);
    point.plan.steps.clear();
}

class Search {
public:
    Search(const Problem& problem, const FrontOptions& options, const types::Work& work)
        : m_problem(problem), m_options(options), m_work(work) {}

    std::vector<SchedulePoint> run() {
        addOptions();
        for (const bool mayFeed : {false, true}) {
            if (m_options.feeding == (mayFeed ? Feeding::Whole : Feeding::Rows)) continue;
            m_mayFeed = mayFeed;
            addDivisions();
            for (int round = 0; round < 24 && !m_work.isStopped(); ++round)
                if (!recomputeAtPeak()) break;
        }
        return std::move(m_points);
    }
    int64_t tried() const { return m_tried; }

private:
    void addOptions() {
        const auto count = static_cast<int32_t>(m_problem.ops.size());
        for (int32_t first = 0; first < count; ++first)
            addOption({first, first + 1});
        for (int32_t first = 0; first < count && !m_work.isStopped(); ++first) {
            int64_t ofWholes = 0;
            for (int32_t end = first + 1; end <= std::min(count, first + kMostOperators); ++end) {
                const ProblemOp& last = m_problem.ops[static_cast<size_t>(end) - 1];
                if (!last.rule && !last.isFolded) break;
                ofWholes = std::max(ofWholes, m_stages[static_cast<size_t>(end) - 1].peak);
                // What needs as much as its operators as a whole is of no use.
                for (const bool feeds : {false, true})
                    for (const int32_t rows : kRows)
                        if (Stage stage{first, end, rows, feeds};
                            (feeds && !feedsInput(stage)) || !addOption(stage, ofWholes))
                            break;
            }
            m_work.report(static_cast<double>(first + 1) / count, "evaluating stages");
        }
    }

    bool feedsInput(const Stage& stage) const {
        return m_options.feeding != Feeding::Whole && isFed(m_problem, {{stage}});
    }

    /// Returns false for a stage that is impossible or needs `limit` bytes or more.
    bool addOption(const Stage& stage, int64_t limit = std::numeric_limits<int64_t>::max()) {
        ++m_tried;
        Option option{stage, 0, 0};
        if (stage.isBanded()) {
            const auto run = runStage(m_problem, stage, false);
            if (!run) return false;
            option.peak = peakOf(stage, &*run);
            if (option.peak >= limit) return false;
            option.cost = costOf(run->macs, run->movedBytes, run->calls);
        } else {
            option.peak = peakOf(stage, nullptr);
            option.cost = costOf(m_problem.ops[static_cast<size_t>(stage.first)].macs, 0, 1);
        }
        m_peaks.insert(option.peak);
        m_stages.push_back(std::move(option));
        return true;
    }

    /// The arena of the stage with everything that is in use while it runs.
    int64_t peakOf(const Stage& stage, const StageRun* run) const {
        Arena arena;
        std::map<int32_t, size_t> indices;
        for (const types::PlannedBuffer& buffer : m_problem.buffers) {
            const bool isAlive = buffer.firstOp < stage.end && buffer.lastOp >= stage.first;
            if (isAlive && !isInside(m_problem, stage, buffer.tensor))
                indices[buffer.tensor] = arena.add(buffer.requested, 0, 0);
        }
        if (run == nullptr) {
            const ProblemOp& op = m_problem.ops[static_cast<size_t>(stage.first)];
            for (int64_t bytes : op.scratch)
                arena.add(bytes, 0, 0);
            addInPlace(stage.first, op, indices, arena);
            return arena.place(0);
        }
        std::vector<size_t> parts;
        for (const StageBuffer& part : run->buffers)
            parts.push_back(arena.add(part.bytes, 0, 0));
        for (size_t a = 0; a < parts.size(); ++a)
            for (size_t b = 0; b < a; ++b)
                if (!run->together[a][b]) arena.setApart(parts[a], parts[b]);
        for (const Release& release : run->releases)
            if (indices.contains(release.output) && indices.contains(release.input))
                arena.setRelease(indices[release.output], indices[release.input], release.distance,
                                 release.inPlace);
        return arena.place(kStageImprovements);
    }

    void addInPlace(int32_t position, const ProblemOp& op, std::map<int32_t, size_t>& indices,
                    Arena& arena) const {
        const auto& outputs = m_problem.graph.ops[static_cast<size_t>(position)].outputs;
        const auto* output = outputs.empty() ? nullptr : m_problem.buffer(outputs[0]);
        if (output == nullptr || output->firstOp != position) return;
        for (int32_t tensor : op.overwritable) {
            const auto* input = m_problem.buffer(tensor);
            if (input != nullptr && input->lastOp == position && !m_problem.isOutput(tensor) &&
                input->requested >= output->requested && indices.contains(tensor))
                arena.setRelease(indices[outputs[0]], indices[tensor], -output->size, true);
        }
    }

    /// The cheapest division whose stages all need at most `limit` bytes.
    std::optional<Schedule> cheapest(int64_t limit) const {
        const size_t count = m_problem.ops.size();
        constexpr double kNever = std::numeric_limits<double>::infinity();
        std::vector<double> costs(count + 1, kNever);
        std::vector<const Option*> lasts(count + 1, nullptr);
        costs[0] = 0;
        // Options are sorted by their first operator.
        for (const Option* option : m_sorted) {
            const auto first = static_cast<size_t>(option->stage.first),
                       end = static_cast<size_t>(option->stage.end);
            if (option->peak > limit || costs[first] + option->cost >= costs[end]) continue;
            if (option->stage.feeds && !m_mayFeed) continue;
            costs[end] = costs[first] + option->cost;
            lasts[end] = option;
        }
        if (costs[count] == kNever) return std::nullopt;
        Schedule schedule;
        for (size_t at = count; at > 0; at = static_cast<size_t>(lasts[at]->stage.first))
            schedule.stages.push_back(lasts[at]->stage);
        std::ranges::reverse(schedule.stages);
        return schedule;
    }

    void sortOptions() {
        m_sorted.clear();
        for (const Option& option : m_stages)
            m_sorted.push_back(&option);
        std::ranges::stable_sort(m_sorted, {}, [](const Option* o) { return o->stage.first; });
    }

    /// Plans the cheapest divisions of all limits that lead to different ones.
    void addDivisions() {
        sortOptions();
        int64_t limit = std::numeric_limits<int64_t>::max();
        while (!m_work.isStopped() && !m_problem.ops.empty()) {
            const auto schedule = cheapest(limit);
            if (!schedule) break;
            const int64_t peak = addDivision(*schedule);
            limit = peak - 1;
        }
    }

    /// Returns the greatest peak of its stages.
    int64_t addDivision(const Schedule& schedule) {
        int64_t peak = 0;
        std::string key;
        for (const Stage& stage : schedule.stages) {
            peak = std::max(peak, peakOfOption(stage));
            key += keyOf(stage);
        }
        if (!m_planned.insert(key).second) return peak;
        ++m_tried;
        const bool hasTime = static_cast<bool>(m_options.timeOf);
        if (auto plan = planBands(m_problem, schedule, hasTime, kQuickImprovements)) {
            SchedulePoint point{schedule, 0, std::move(*plan), isFed(m_problem, schedule), {}};
            addTime(point, m_options);
            m_points.push_back(std::move(point));
        }
        return peak;
    }

    static std::string keyOf(const Stage& stage) {
        std::string key = (stage.feeds ? "f" : "") + std::to_string(stage.first) + "-" +
                          std::to_string(stage.end) + "x" + std::to_string(stage.rows);
        for (int32_t tensor : stage.recomputed)
            key += "T" + std::to_string(tensor);
        return key + ";";
    }

    int64_t peakOfOption(const Stage& stage) const {
        for (const Option* option : m_sorted)
            if (option->stage.first == stage.first && keyOf(option->stage) == keyOf(stage))
                return option->peak;
        return 0;
    }

    /// Lowers the stage with the greatest peak of the smallest division by computing rows of one
    /// more tensor again. Returns false where that no longer helps.
    bool recomputeAtPeak() {
        const auto lowest = lowestDivision();
        if (!lowest) return false;
        const Stage* highest = nullptr;
        for (const Stage& stage : lowest->stages)
            if (highest == nullptr || peakOfOption(stage) > peakOfOption(*highest))
                highest = &stage;
        const int64_t peak = peakOfOption(*highest);
        const size_t before = m_stages.size();
        if (highest->isBanded()) addRecomputing(*highest);
        const bool isLower =
            std::any_of(m_stages.begin() + static_cast<ptrdiff_t>(before), m_stages.end(),
                        [&](const Option& o) { return o.peak < peak; });
        if (isLower) addDivisions();
        return isLower;
    }

    std::optional<Schedule> lowestDivision() const {
        const std::vector<int64_t> peaks(m_peaks.begin(), m_peaks.end());
        const auto lowest = std::partition_point(
            peaks.begin(), peaks.end(), [&](int64_t peak) { return !cheapest(peak).has_value(); });
        return lowest == peaks.end() ? std::nullopt : cheapest(*lowest);
    }

    void addRecomputing(const Stage& stage) {
        const auto run = runStage(m_problem, stage, false);
        for (const StageBuffer& window : run->buffers) {
            if (window.tensor < 0 ||
                std::ranges::find(stage.recomputed, window.tensor) != stage.recomputed.end())
                continue;
            addWithAll(stage, {window.tensor});
        }
        // Patches at the start of the stage, windows behind them.
        std::vector<int32_t> tensors;
        for (const StageBuffer& window : run->buffers) {
            if (window.tensor < 0) continue;
            tensors.push_back(window.tensor);
            addWithAll(stage, tensors);
        }
    }

    void addWithAll(const Stage& stage, const std::vector<int32_t>& tensors) {
        for (const int32_t rows : {1, 2, 4, 8}) {
            Stage more = stage;
            more.rows = rows;
            more.recomputed.insert(more.recomputed.end(), tensors.begin(), tensors.end());
            std::ranges::sort(more.recomputed);
            more.recomputed.erase(std::unique(more.recomputed.begin(), more.recomputed.end()),
                                  more.recomputed.end());
            if (m_recomputing.insert(keyOf(more)).second) addOption(more);
        }
    }

    const Problem& m_problem;
    const FrontOptions& m_options;
    const types::Work& m_work;
    std::deque<Option> m_stages;  ///< m_sorted points into it
    std::vector<const Option*> m_sorted;
    std::set<int64_t> m_peaks;
    std::set<std::string> m_planned, m_recomputing;
    std::vector<SchedulePoint> m_points;
    bool m_mayFeed = false;  ///< in the divisions looked for now
    int64_t m_tried = 0;
};

auto sortKey(const SchedulePoint& p) {
    return std::tuple(p.isFed, p.plan.arenaBytes, p.plan.macs, p.cost());
}

/// Keeps those that no other one of their kind beats in arena, MACs and cost.
void keepFront(std::vector<SchedulePoint>& points) {
    std::ranges::stable_sort(points, {}, sortKey);
    std::vector<SchedulePoint> front;
    for (SchedulePoint& point : points) {
        // Those before it need no more bytes.
        const bool isBeaten = std::ranges::any_of(front, [&](const SchedulePoint& other) {
            return other.isFed == point.isFed && other.plan.macs <= point.plan.macs &&
                   other.cost() <= point.cost();
        });
        if (!isBeaten) front.push_back(std::move(point));
    }
    points = std::move(front);
}

/// What is least where time and then MACs count.
auto costKey(const SchedulePoint& p) {
    return std::tuple(p.timeUs.value_or(0), p.plan.macs, p.cost(), p.plan.arenaBytes);
}

SchedulePoint wholePoint(const Problem& problem, const FrontOptions& options) {
    const Schedule whole = wholeOperators(problem);
    SchedulePoint point{whole, 0, *planBands(problem, whole, true, kFinalImprovements), false, {}};
    addTime(point, options);
    return point;
}

}  // namespace

types::Result<ScheduleFront> findFront(const types::Graph& graph, const FrontOptions& options,
                                       const types::Work& work) {
    auto problems = makeProblems(graph, options.isa);
    if (!problems) return tl::unexpected(problems.error());
    ScheduleFront front;
    front.problems = std::move(*problems);
    front.overreadBytes = lowering::overreadBytes(options.isa);
    for (size_t i = 0; i < front.problems.size(); ++i) {
        const Problem& problem = front.problems[i];
        Search search(problem, options, work);
        std::vector<SchedulePoint> points = search.run();
        front.tried += search.tried();
        const SchedulePoint whole = wholePoint(problem, options);
        if (i == 0) front.whole = whole;
        if (options.feeding != Feeding::Rows) points.push_back(whole);
        for (SchedulePoint& point : points)
            point.problem = i;
        std::ranges::move(points, std::back_inserter(front.points));
        if (work.isStopped()) return types::cancelled();
    }
    if (options.feeding == Feeding::Rows)
        std::erase_if(front.points, [](const SchedulePoint& point) { return !point.isFed; });
    keepFront(front.points);
    for (SchedulePoint& point : front.points) {
        const Problem& problem = front.problems[point.problem];
        if (auto better = planBands(problem, point.schedule, false, kFinalImprovements);
            better && better->arenaBytes < point.plan.arenaBytes)
            point.plan = std::move(*better);
    }
    keepFront(front.points);
    return front;
}

types::BandPlan planOf(const ScheduleFront& front, const SchedulePoint& point) {
    const Problem& problem = front.problems[point.problem];
    for (const int improvements : {kQuickImprovements, kFinalImprovements}) {
        auto plan = planBands(problem, point.schedule, true, improvements);
        if (plan && plan->arenaBytes == point.plan.arenaBytes) return std::move(*plan);
    }
    return *planBands(problem, point.schedule, true, kFinalImprovements);
}

double SchedulePoint::cost() const {
    return timeUs ? *timeUs : costOf(plan.macs, plan.movedBytes, plan.calls);
}

std::vector<const SchedulePoint*> leastMacs(const ScheduleFront& front) {
    std::vector<const SchedulePoint*> points;
    for (const SchedulePoint& point : front.points)
        // They are sorted by arena, so that the last one kept has the fewest MACs so far.
        if (points.empty() || points.back()->isFed != point.isFed ||
            point.plan.macs < points.back()->plan.macs)
            points.push_back(&point);
    return points;
}

const SchedulePoint* cheapestWithin(const ScheduleFront& front, int64_t bytes, bool mayFeed) {
    const SchedulePoint* best = nullptr;
    for (const SchedulePoint& point : front.points) {
        if (front.arenaBytes(point) > bytes || (point.isFed && !mayFeed)) continue;
        if (best == nullptr || costKey(point) < costKey(*best)) best = &point;
    }
    return best;
}

const SchedulePoint& smallestOf(const ScheduleFront& front, bool mayFeed) {
    const SchedulePoint* best = &front.whole;
    for (const SchedulePoint& point : front.points)
        if ((mayFeed || !point.isFed) && point.plan.arenaBytes < best->plan.arenaBytes)
            best = &point;
    return *best;
}

}  // namespace scheduling
