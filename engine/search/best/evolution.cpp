// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

#include "search/best/candidates.h"
#include "search/best/quality_model.h"
#include "search/best/ranking.h"
#include "search/seeded_numbers.h"
#include "search/space/draw_space.h"

namespace search {

using namespace types;

namespace {

/// Offspring that are costed for one that is evaluated.
constexpr size_t kScreened = 10;
/// Share of a generation that is chosen by chance, since a promise may be wrong.
constexpr double kByChance = 0.15;
constexpr double kCrossing = 0.9;
/// Attempts at a child that was not tried before.
constexpr int kAttempts = 30;
/// Generations without a new child before the space counts as tried.
constexpr int kIdleGenerations = 3;
/// What a search evaluates without a limit of time or evaluations: this share of the networks of a
/// space that can be counted, at least a few, and never more than this.
constexpr double kUsualShare = 0.05, kCounted = 100'000;
constexpr int64_t kFewestEvaluations = 12, kUsualEvaluations = 2000;
struct Individual {
    Point point;
    Variation variation;
    std::optional<Answer> cost, answer;
    Ranked ranked;
};

class Evolution {
public:
    Evolution(Candidates& candidates, const Space& space)
        : m_candidates(candidates),
          m_space(space),
          m_numbers(candidates.options().seed),
          m_size(static_cast<size_t>(candidates.options().population)) {}

    Result<void> run() {
        m_most = mostEvaluations();
        m_allowed = evaluationsLeft();
        std::vector<Individual> first = firstGeneration();
        if (auto met = meet(std::move(first)); !met) return met;
        for (int idle = 0; idle < kIdleGenerations && !isOver();) {
            std::vector<Individual> children = breed();
            idle = children.empty() ? idle + 1 : 0;
            if (auto met = meet(std::move(children)); !met) return met;
        }
        return {};
    }

private:
    /// Without a limit of the caller's: a share of the space.
    int64_t mostEvaluations() const {
        const auto& options = m_candidates.options();
        if (options.evaluations > 0 || options.deadline) return INT64_MAX;
        if (m_space.size() > kCounted) return kUsualEvaluations;
        const auto drawn = drawSpace(m_space, m_candidates.subject().graph);
        if (!drawn) return kUsualEvaluations;
        const auto networks = static_cast<double>(drawn->variations.size());
        return std::clamp(static_cast<int64_t>(kUsualShare * networks), kFewestEvaluations,
                          kUsualEvaluations);
    }

    bool isOver() const { return m_candidates.isOver() || evaluationsLeft() <= 0; }
    int64_t evaluationsLeft() const {
        return std::min(m_candidates.evaluationsLeft(), m_most - m_candidates.evaluations());
    }

    int32_t choices(size_t dimension) const {
        return static_cast<int32_t>(m_space.dimensions()[dimension].choices.size());
    }

    bool isOrdered(size_t dimension) const {
        return m_space.dimensions()[dimension].choices.back().number.has_value();
    }
    /// A layer's knob that may follow the model's: its first choice is null.
    bool mayFollow(size_t dimension) const {
        const auto& choices = m_space.dimensions()[dimension].choices;
        return choices.size() > 1 && choices[0].text == "null";
    }

    /// A new individual, or nothing where the point is not allowed or its network was tried.
    std::optional<Individual> conceive(Point point) {
        if (!m_space.allows(point)) return std::nullopt;
        Individual child;
        child.variation = m_space.at(point);
        if (!m_seen.insert(m_candidates.keyOf(child.variation)).second) return std::nullopt;
        child.point = std::move(point);
        return child;
    }

    Point anywhere() {
        Point point;
        for (size_t d = 0; d < m_space.dimensions().size(); ++d)
            point.push_back(mayFollow(d) && m_numbers.unit() < 0.5 ? 0
                                                                   : m_numbers.below(choices(d)));
        return point;
    }

    /// The corners where all numbers are at one end, points on the way between them, and points
    /// drawn at random, of which those are kept that cost differently.
    std::vector<Individual> firstGeneration() {
        std::vector<Individual> all;
        const size_t ladder = m_size / 2;
        for (size_t i = 0; i <= ladder; ++i) {
            Point point;
            for (size_t d = 0; d < m_space.dimensions().size(); ++d) {
                const double share = static_cast<double>(i) / static_cast<double>(ladder);
                if (mayFollow(d))
                    point.push_back(0);
                else if (isOrdered(d))
                    point.push_back(static_cast<int32_t>(std::lround(share * (choices(d) - 1))));
                else
                    point.push_back(m_numbers.below(choices(d)));
            }
            if (auto made = conceive(std::move(point))) all.push_back(std::move(*made));
        }
        for (int attempt = 0; attempt < kAttempts * 10 && all.size() < m_size * kScreened;
             ++attempt)
            if (auto made = conceive(anywhere())) all.push_back(std::move(*made));
        return all;
    }

    const Individual& tournament() {
        const auto pick = [&]() -> const Individual& {
            return m_population[static_cast<size_t>(m_numbers.below(std::ssize(m_population)))];
        };
        const Individual &a = pick(), &b = pick();
        return isBefore(b.ranked, a.ranked) ? b : a;
    }

    Point cross(const Point& a, const Point& b) {
        if (m_numbers.unit() > kCrossing) return a;
        Point child = a;
        for (size_t d = 0; d < child.size(); ++d)
            if (m_numbers.unit() < 0.5) child[d] = b[d];
        return child;
    }

    /// Numbers move to near ones mostly; words to any other.
    void mutate(Point& point) {
        const double probability = 1.0 / static_cast<double>(point.size());
        const auto forced = static_cast<size_t>(m_numbers.below(std::ssize(point)));
        for (size_t d = 0; d < point.size(); ++d) {
            const int32_t count = choices(d);
            if (count < 2 || (d != forced && m_numbers.unit() > probability)) continue;
            const bool isNumber = isOrdered(d);
            if (isNumber && m_numbers.unit() < 0.75) {
                const int32_t reach = std::max(1, count / 8);
                const int32_t step = 1 + m_numbers.below(reach);
                const int32_t moved = point[d] + (m_numbers.unit() < 0.5 ? -step : step);
                point[d] = std::clamp(moved, 0, count - 1);
            } else {
                point[d] = m_numbers.below(count);
            }
        }
    }

    std::vector<Individual> breed() {
        std::vector<Individual> children;
        if (m_population.empty()) return firstGeneration();
        for (size_t i = 0; i < m_size * kScreened; ++i)
            for (int attempt = 0; attempt < kAttempts; ++attempt) {
                Point point = cross(tournament().point, tournament().point);
                mutate(point);
                auto child = conceive(std::move(point));
                if (!child) continue;
                children.push_back(std::move(*child));
                break;
            }
        return children;
    }

    /// Costs the new ones, evaluates the promising, and keeps the best of all.
    Result<void> meet(std::vector<Individual> children) {
        std::vector<Variation> variations;
        for (const Individual& child : children)
            variations.push_back(child.variation);
        const auto costs = m_candidates.cost(variations);
        std::vector<Individual> fitting, others;
        for (size_t i = 0; i < children.size(); ++i) {
            children[i].cost = costs[i];
            if (!costs[i]) continue;
            children[i].ranked.excess = m_candidates.goal().costExcess(*costs[i]);
            (children[i].ranked.excess == 0 ? fitting : others).push_back(std::move(children[i]));
        }
        // What is not evaluated now may be conceived again.
        std::vector<Individual> chosen = screen(std::move(fitting));
        if (auto evaluated = evaluate(chosen); !evaluated) return evaluated;
        for (auto* group : {&chosen, &others})
            for (Individual& each : *group)
                m_population.push_back(std::move(each));
        select();
        return {};
    }

    Result<void> evaluate(std::vector<Individual>& chosen) {
        std::vector<Variation> variations;
        for (const Individual& each : chosen)
            variations.push_back(each.variation);
        auto answers = m_candidates.evaluate(variations, m_candidates.subject().train);
        if (!answers) return tl::unexpected(answers.error());
        for (size_t i = 0; i < chosen.size(); ++i) {
            chosen[i].answer = (*answers)[i];
            judge(chosen[i]);
            if (chosen[i].answer) m_known.push_back(chosen[i]);
        }
        std::erase_if(chosen, [](const Individual& each) { return !each.answer; });
        return {};
    }

    void judge(Individual& each) const {
        if (!each.answer) return;
        each.ranked.excess = m_candidates.goal().excess(*each.answer);
        const auto shares = m_candidates.axes().shares(*each.answer);
        if (shares)
            each.ranked.values = *shares;
        else
            each.ranked.excess = std::max(each.ranked.excess, 1.0);
    }

    /// What is known of each quality, as a model of the whole space.
    std::vector<std::pair<const SweptMetric*, QualityModel>> learned() const {
        std::vector<std::pair<const SweptMetric*, QualityModel>> models;
        for (const SweptMetric& metric : metrics()) {
            if (!needsSamples(metric)) continue;
            std::vector<Point> points;
            std::vector<double> values;
            for (const Individual& known : m_known)
                if (const auto value = known.answer->value(metric)) {
                    points.push_back(known.point);
                    values.push_back(*value);
                }
            if (!points.empty())
                models.emplace_back(&metric,
                                    QualityModel(m_space, std::move(points), std::move(values)));
        }
        return models;
    }

    /// Costs as they are, and qualities as the models promise them.
    Ranked promiseOf(const Individual& child,
                     const std::vector<std::pair<const SweptMetric*, QualityModel>>& models) const {
        Answer promised = *child.cost;
        for (const auto& [metric, model] : models)
            promised.totals[metric->key] = model.at(child.point);
        Ranked ranked;
        ranked.excess = m_candidates.goal().excess(promised);
        if (const auto shares = m_candidates.axes().shares(promised))
            ranked.values = *shares;
        else
            ranked.excess = std::max(ranked.excess, 1.0);
        return ranked;
    }

    /// Few evaluations are spent in small rounds, each of which learns from those before.
    int64_t roundSize() const {
        const auto size = static_cast<int64_t>(m_size);
        if (m_known.empty()) return std::min(size, std::max<int64_t>(6, m_allowed / 3));
        return std::min(size / 2, std::max<int64_t>(3, m_allowed / 10));
    }

    /// The most promising of those whose costs fit, beside what is known, and a few by chance.
    std::vector<Individual> screen(std::vector<Individual> fitting) {
        const auto wanted = static_cast<size_t>(std::min(roundSize(), evaluationsLeft()));
        if (fitting.size() <= wanted) return fitting;
        std::vector<size_t> order = m_known.empty() ? spread(fitting) : byPromise(fitting);
        std::vector<Individual> chosen;
        for (size_t i = 0; i < order.size(); ++i) {
            Individual& each = fitting[order[i]];
            if (chosen.size() < wanted)
                chosen.push_back(std::move(each));
            else
                m_seen.erase(m_candidates.keyOf(each.variation));
        }
        return chosen;
    }

    std::vector<size_t> byPromise(const std::vector<Individual>& fitting) {
        std::vector<Ranked> all;
        const auto models = learned();
        for (const Individual& each : fitting)
            all.push_back(promiseOf(each, models));
        for (const Individual& known : m_known)
            all.push_back(known.ranked);
        rank(all);
        std::vector<size_t> order(fitting.size());
        std::iota(order.begin(), order.end(), size_t{0});
        std::vector<double> luck;
        for (size_t i = 0; i < order.size(); ++i)
            luck.push_back(m_numbers.unit());
        std::ranges::stable_sort(order, [&](size_t a, size_t b) {
            const bool aLucky = luck[a] < kByChance, bLucky = luck[b] < kByChance;
            if (aLucky != bLucky) return aLucky;
            return isBefore(all[a], all[b]);
        });
        return order;
    }

    /// Evenly over the cost of the first axis that needs no samples.
    std::vector<size_t> spread(const std::vector<Individual>& fitting) const {
        std::vector<size_t> order(fitting.size());
        std::iota(order.begin(), order.end(), size_t{0});
        const SweptMetric* cost = metricNamed("macs");
        for (const SweptMetric* metric : m_candidates.axes().metrics())
            if (!needsSamples(*metric)) cost = metric;
        std::ranges::stable_sort(
            order, {}, [&](size_t i) { return fitting[i].cost->value(*cost).value_or(0); });
        std::vector<size_t> even;
        std::vector<bool> isTaken(order.size(), false);
        for (size_t step = order.size() - 1; !order.empty() && even.size() < order.size();
             step = std::max<size_t>(1, step / 2)) {
            for (size_t i = 0; i < order.size(); i += step)
                if (!isTaken[i]) {
                    isTaken[i] = true;
                    even.push_back(order[i]);
                }
            if (step == 1) break;
        }
        return even;
    }

    void select() {
        std::vector<Ranked> all;
        for (const Individual& each : m_population)
            all.push_back(each.ranked);
        rank(all);
        for (size_t i = 0; i < all.size(); ++i)
            m_population[i].ranked = all[i];
        std::ranges::stable_sort(m_population, [](const Individual& a, const Individual& b) {
            return isBefore(a.ranked, b.ranked);
        });
        if (m_population.size() > m_size) m_population.resize(m_size);
    }

    Candidates& m_candidates;
    const Space& m_space;
    SeededNumbers m_numbers;
    const size_t m_size;
    int64_t m_most = INT64_MAX, m_allowed = INT64_MAX;
    std::unordered_set<std::string> m_seen;
    std::vector<Individual> m_population, m_known;
};

}  // namespace

Result<void> evolve(Candidates& candidates, const Space& space) {
    return Evolution(candidates, space).run();
}

}  // namespace search
