// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/compare_sessions.h"

#include <algorithm>

#include "statistics/condition_check.h"
#include "statistics/drift.h"
#include "statistics/layer_sum.h"
#include "statistics/pair_measurements.h"
#include "statistics/row_tester.h"
#include "types/number_text.h"

namespace statistics {
namespace {

using namespace types;

constexpr size_t kFewSamples = 10;

std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : "; ") + part;
    return text;
}

using TestedRows = std::vector<TestedRow>;

ComparedRow rowOf(const Measurement& measurement) {
    ComparedRow row;
    row.key = measurement.key;
    row.layer = measurement.layer;
    row.quantity = measurement.quantity;
    return row;
}

void addPairs(const RowTester& tester, const std::vector<MeasurementPair>& pairs,
              TestedRows& tested) {
    for (const auto& [baseline, candidate] : pairs) {
        const bool isTotal = baseline->key == kWhole && isAdditive(baseline->quantity);
        if (isTotal || baseline->key == kYardstick) continue;
        const auto a = estimateMedian(baseline->samples), b = estimateMedian(candidate->samples);
        tested.push_back(tester.test(rowOf(*baseline), a, b, a.median, b.median,
                                     baseline->estimated || candidate->estimated));
    }
}

void addTotals(const RowTester& tester, const Session& baseline, const Session& candidate,
               TestedRows& tested) {
    for (const QuantityInfo& info : allQuantities()) {
        if (!info.isAdditive) continue;
        const Quantity quantity = info.quantity;
        const SessionTotals a = totalsOf(baseline, quantity), b = totalsOf(candidate, quantity);
        const auto add = [&](const char* key, const auto& mine, const auto& theirs,
                             const auto& sizeA, const auto& sizeB) {
            ComparedRow row;
            row.key = key;
            row.quantity = quantity;
            if (mine && theirs)
                tested.push_back(tester.test(std::move(row), *mine, *theirs, sizeA->median,
                                             sizeB->median, tester.isEstimated(quantity)));
        };
        add("sum of layers", a.sumOfLayers, b.sumOfLayers, a.sumOfLayers, b.sumOfLayers);
        add(kWhole, a.whole, b.whole, a.whole, b.whole);
        add("whole - sum", a.outside, b.outside, a.whole, b.whole);
    }
}

/// Warns about drift and few samples, once per session, from its whole or its first layer. Counts
/// of an emulator neither drift nor scatter.
void warnAbout(const Session& session, double minimumEffect, std::vector<std::string>& warnings) {
    if (session.conditions.source == MeasurementSource::Emulator) return;
    const Measurement* chosen = nullptr;
    for (const Measurement& m : session.measurements) {
        if (!isAdditive(m.quantity) || (m.key != kWhole && !m.layer)) continue;
        if (!chosen || (chosen->key != kWhole && m.key == kWhole)) chosen = &m;
    }
    if (!chosen) return;
    if (chosen->samples.size() < kFewSamples)
        warnings.push_back("'" + session.name + "' has " + std::to_string(chosen->samples.size()) +
                           " samples only; " + std::to_string(kFewSamples) +
                           " or more give useful intervals.");
    const Drift drift = driftOf(chosen->samples, minimumEffect);
    if (!drift.found) return;
    warnings.push_back("'" + session.name + "' drifted: its last third takes " +
                       types::percentText(100 * drift.relative, "%+.1f") + " against its first (" +
                       chosen->key + "). Measure after warming up.");
}

}  // namespace

Result<SessionComparison> compareSessions(const Session& baseline, const Session& candidate,
                                          const CompareOptions& options) {
    const ConditionCheck check = checkConditions(baseline.conditions, candidate.conditions);
    if (!check.different.empty() && !options.acceptOtherConditions)
        return fail("were measured under different conditions (" + listed(check.different) + ")",
                    baseline.name + ", " + candidate.name,
                    "measure again under the same, or accept the difference");
    const Pairing pairing = pairMeasurements(baseline, candidate);
    if (pairing.layers.empty() && pairing.others.empty())
        return fail("have no measurement in common", baseline.name + ", " + candidate.name,
                    "compare sessions that measure the same quantity");

    const RowTester tester(baseline, candidate, options);
    TestedRows layers, rest;
    addPairs(tester, pairing.layers, layers);
    addTotals(tester, baseline, candidate, rest);
    const size_t totals = rest.size();
    addPairs(tester, pairing.others, rest);

    SessionComparison comparison;
    comparison.baseline = baseline.name;
    comparison.candidate = candidate.name;
    comparison.layers = tester.verdicts(std::move(layers));
    comparison.totals = tester.verdicts(std::move(rest));
    const auto firstOther = comparison.totals.begin() + static_cast<std::ptrdiff_t>(totals);
    comparison.others.assign(firstOther, comparison.totals.end());
    comparison.totals.erase(firstOther, comparison.totals.end());
    for (auto* rows : {&comparison.layers, &comparison.totals})
        std::stable_partition(rows->begin(), rows->end(), [&](const ComparedRow& row) {
            return !tester.isEstimated(row.quantity);
        });
    comparison.unmatched = pairing.unmatched;
    comparison.conditions = check.compared;
    comparison.conditions.insert(comparison.conditions.end(), check.different.begin(),
                                 check.different.end());
    comparison.minimumEffectPercent = 100 * options.minimumEffect;
    comparison.confidence = options.confidence;
    if (!tester.floor().source.empty())
        comparison.warnings.push_back(
            "Allowance for noise between sessions: " + tester.floor().source + ".");
    if (!check.unknown.empty())
        comparison.warnings.push_back("Known of one session alone: " + listed(check.unknown) + ".");
    warnAbout(baseline, options.minimumEffect, comparison.warnings);
    warnAbout(candidate, options.minimumEffect, comparison.warnings);
    return comparison;
}

}  // namespace statistics
