// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/goal.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace search {
namespace {

/// What a more-is-better metric may reach, where that is no share.
constexpr double kBestDecibels = 100;
/// Of a board that is too small, as if a limit were missed by half.
constexpr double kBoardExcess = 0.5;

double bestOf(const SweptMetric& metric) {
    return metric.unit == std::string_view("db") ? kBestDecibels : 1;
}

}  // namespace

bool needsSamples(const SweptMetric& metric) {
    constexpr std::string_view kNames[] = {"accuracy", "auc", "agreement", "sqnr", "error"};
    return std::ranges::count(kNames, std::string_view(metric.name)) > 0;
}

double Goal::costExcess(const Answer& answer) const {
    double sum = 0;
    for (const Limit& limit : limits)
        if (!needsSamples(*limit.metric)) sum += limit.excess(answer, byUpper);
    if (fitsBoard)
        for (const auto& fits : {answer.fitsFlash, answer.fitsSram})
            if (fits && !*fits) sum += kBoardExcess;
    return sum;
}

double Goal::excess(const Answer& answer) const {
    double sum = costExcess(answer);
    for (const Limit& limit : limits)
        if (needsSamples(*limit.metric)) sum += limit.excess(answer, byUpper);
    return sum;
}

bool Goal::isBetter(const Answer& a, const Answer& b) const {
    const auto x = a.value(*objective), y = b.value(*objective);
    if (!x || !y) return x.has_value();
    return objective->moreIsBetter ? *x > *y : *x < *y;
}

GoalAxes::GoalAxes(const Goal& goal, const Answer& original, bool hasDevice) {
    const auto add = [&](const SweptMetric* metric, std::optional<double> limit) {
        for (const Axis& axis : m_axes)
            if (axis.metric == metric) return;
        const double usual =
            metric->moreIsBetter ? bestOf(*metric) : original.value(*metric).value_or(1);
        const double whole = metric->moreIsBetter ? usual : limit.value_or(usual);
        m_axes.push_back({metric, whole > 0 ? whole : 1});
    };
    const auto limitOf = [&](const SweptMetric* metric) {
        std::optional<double> value;
        for (const Limit& limit : goal.limits)
            if (limit.metric == metric) value = limit.value;
        return value;
    };
    add(goal.objective, limitOf(goal.objective));
    for (const Limit& limit : goal.limits)
        add(limit.metric, limit.value);
    const SweptMetric* cost = metricNamed(hasDevice ? "latency" : "macs");
    if (m_axes.size() == 1 && goal.objective != cost) add(cost, std::nullopt);
}

std::optional<Objectives> GoalAxes::shares(const Answer& answer) const {
    Objectives values;
    for (const Axis& axis : m_axes) {
        const auto value = answer.value(*axis.metric);
        if (!value) return std::nullopt;
        const double share = *value / axis.whole;
        values.push_back(axis.metric->moreIsBetter ? 1 - share : share);
    }
    return values;
}

std::vector<const SweptMetric*> GoalAxes::metrics() const {
    std::vector<const SweptMetric*> list;
    for (const Axis& axis : m_axes)
        list.push_back(axis.metric);
    return list;
}

}  // namespace search
