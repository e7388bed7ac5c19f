// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "data/name_groups.h"
#include "data/seeded_order.h"

namespace data {
namespace {

using namespace types;

/// Samples that stay in one part.
struct Unit {
    int32_t label = -1;
    std::vector<int32_t> samples;
    bool isMixed = false;  ///< of several classes, as all that one speaker said
};

std::vector<Unit> unitsOf(const Dataset& dataset) {
    std::vector<Unit> units;
    std::map<int32_t, size_t> unitOfGroup;
    std::map<std::string, size_t> unitOfName;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const Sample& sample = dataset.samples[i];
        size_t unit = units.size();
        if (sample.group >= 0)
            unit = unitOfGroup.try_emplace(sample.group, unit).first->second;
        else if (const std::string origin = groupOfName(sample.name); !origin.empty())
            unit = unitOfName.try_emplace(origin, unit).first->second;
        if (unit == units.size()) units.push_back({sample.label, {}, false});
        units[unit].isMixed |= units[unit].label != sample.label;
        units[unit].samples.push_back(static_cast<int32_t>(i));
    }
    return units;
}

/// Units class after class, shuffled within each. Dealing them out in this order spreads every
/// class over the parts by the shares.
std::vector<Unit> byClass(const std::vector<Unit>& units, uint64_t seed) {
    std::vector<Unit> ordered;
    for (size_t i : seededOrder(units.size(), seed))
        ordered.push_back(units[i]);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const Unit& a, const Unit& b) { return a.label < b.label; });
    return ordered;
}

using Lists = std::array<std::vector<int32_t>*, 3>;
using Wanted = std::array<double, 3>;

/// Each unit goes to the part that lacks most, class after class.
void dealByClass(const std::vector<Unit>& units, const Wanted& wanted, const Lists& lists) {
    std::array<double, 3> owed = {0, 0, 0};  // units that a part should have but lacks
    for (const Unit& unit : units) {
        for (size_t p = 0; p < owed.size(); ++p)
            owed[p] += wanted[p];
        const auto most =
            static_cast<size_t>(std::max_element(owed.begin(), owed.end()) - owed.begin());
        owed[most] -= 1;
        lists[most]->insert(lists[most]->end(), unit.samples.begin(), unit.samples.end());
    }
}

/// Units of several classes, large ones first: each goes to the part whose classes it brings
/// nearest to their shares, by the sum of squared deviations over the expected counts.
void dealMixed(std::vector<Unit> units, const Dataset& dataset, const Wanted& wanted,
               const Lists& lists) {
    std::stable_sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) {
        return a.samples.size() > b.samples.size();
    });
    std::map<int32_t, double> total;
    for (const Sample& sample : dataset.samples)
        total[sample.label] += 1;
    std::array<std::map<int32_t, double>, 3> have;
    for (const Unit& unit : units) {
        std::map<int32_t, double> brought;
        for (const int32_t sample : unit.samples)
            brought[dataset.samples[static_cast<size_t>(sample)].label] += 1;
        size_t best = 0;
        double least = INFINITY;
        for (size_t p = 0; p < wanted.size(); ++p) {
            if (wanted[p] <= 0) continue;
            double added = 0;
            for (const auto& [label, count] : brought) {
                const double expected = wanted[p] * total[label];
                added += count * (2 * (have[p][label] - expected) + count) / expected;
            }
            if (added < least) best = p, least = added;
        }
        for (const auto& [label, count] : brought)
            have[best][label] += count;
        lists[best]->insert(lists[best]->end(), unit.samples.begin(), unit.samples.end());
    }
}

}  // namespace

size_t unitCount(const Dataset& dataset) {
    return unitsOf(dataset).size();
}

Result<Parts> split(const Dataset& dataset, const Shares& shares, uint64_t seed) {
    const Wanted wanted = {shares.train, shares.calibration, shares.test};
    double sum = 0;
    for (double share : wanted)
        sum += share >= 0 ? share : NAN;
    if (!(std::abs(sum - 1) < 1e-6))
        return fail("shares of a dataset do not sum to 1", dataset.name, "correct the shares");
    Parts parts;
    const Lists lists = {&parts.train, &parts.calibration, &parts.test};
    const std::vector<Unit> units = byClass(unitsOf(dataset), seed);
    if (std::any_of(units.begin(), units.end(), [](const Unit& unit) { return unit.isMixed; }))
        dealMixed(units, dataset, wanted, lists);
    else
        dealByClass(units, wanted, lists);
    for (size_t p = 0; p < lists.size(); ++p) {
        if (wanted[p] > 0 && lists[p]->empty())
            return fail("too few samples to split (" + std::to_string(dataset.samples.size()) + ")",
                        dataset.name, "give more data, or calibrate on other data");
        std::sort(lists[p]->begin(), lists[p]->end());
    }
    return parts;
}

}  // namespace data
