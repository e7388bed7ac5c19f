// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/find_best.h"

#include <nlohmann/json.hpp>

#include "engine/compare_with_original.h"
#include "engine/shared_original.h"
#include "search/best/candidates.h"
#include "search/best/judge.h"

namespace search {

using namespace types;

namespace {

using Search = Result<void> (*)(Candidates&, const Space&);

constexpr Search kSearches[] = {searchAll, evolve, halve, descend};

Result<void> checkGoal(const SweepSubject& subject, const SearchOptions& options) {
    std::vector<const SweptMetric*> asked = {options.goal.objective};
    for (const Limit& limit : options.goal.limits)
        asked.push_back(limit.metric);
    for (const SweptMetric* metric : asked) {
        const std::string name = metric->name;
        const bool needsLabels = needsSamples(*metric) && name != "agreement" && name != "sqnr";
        if (needsLabels && !subject.hasDataset())
            return fail("the " + name + " needs data", "", "name them with --dataset");
        if (needsSamples(*metric) && !subject.hasDataset() && subject.options.samples == 0)
            return fail("the " + name + " needs inputs", "", "name data, or a number of samples");
        const bool needsBoard =
            name == "latency" || name == "energy" || name == "flash" || name == "sram";
        if (needsBoard && !subject.device)
            return fail("the " + name + " needs a board", "", "name it with --device");
    }
    const bool trains =
        options.strategy == Strategy::Halving || options.strategy == Strategy::Gradient;
    if (trains && (!subject.train.isSet() || !subject.hasDataset()))
        return fail("this strategy trains", "", "name data, and how long with --train");
    return {};
}

/// What makes a search another one, beside what makes another sweep.
std::string describe(const Space& space, const SearchOptions& options) {
    nlohmann::json limits = nlohmann::json::array();
    for (const Limit& limit : options.goal.limits)
        limits.push_back({limit.metric->name, limit.value});
    return nlohmann::json{
        {"space", space.text()}, {"objective", options.goal.objective->name}, {"limits", limits}}
        .dump();
}

/// The best one on the samples that chose; its figures are then those of samples that judge.
Result<void> judgeBest(BestFound& found, sweep::SweepStore& store, const SweepSubject& subject,
                       const data::DatasetPtr& judging, const Work& work) {
    if (found.front.empty()) {
        found.reason = found.nearest ? "no variation that was tried keeps all limits"
                                     : "no variation could be evaluated";
        return {};
    }
    auto judged = judge(store, subject, judging, found.front[0], work);
    if (!judged) return tl::unexpected(judged.error());
    found.best = std::move(*judged);
    if (!judging) return {};
    found.judgedOn = judging->name;
    auto original = engine::qualityOf(*subject.graph, *subject.graph, *judging, work.quiet());
    if (original) found.originalQuality = std::move(*original);
    return {};
}

}  // namespace

Result<BestFound> findBest(sweep::SweepStore& store, const std::string& database,
                           SweepSubject subject, const Space& space, const SearchOptions& options,
                           const Work& work) {
    if (auto sound = checkGoal(subject, options); !sound) return tl::unexpected(sound.error());
    const auto judging = holdBackJudge(subject);
    if (!judging) return tl::unexpected(judging.error());
    shareWork(subject, {});
    const auto spec = specOf(subject, describe(space, options));
    if (auto begun = beginSweep(store, spec, database); !begun)
        return tl::unexpected(begun.error());
    Candidates candidates(store, subject, options, work);
    if (auto begun = candidates.begin(space); !begun) return tl::unexpected(begun.error());
    const auto strategy = static_cast<size_t>(options.strategy);
    if (auto searched = kSearches[strategy](candidates, space); !searched)
        return tl::unexpected(searched.error());
    BestFound found = candidates.result();
    // What was found is judged although the time is over.
    const Work last{{}, {}, work.threads};
    if (auto judged = judgeBest(found, store, subject, *judging, last); !judged)
        return tl::unexpected(judged.error());
    return found;
}

}  // namespace search
