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
        if (unit == units.size()) units.push_back({sample.label, {}});
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

}  // namespace

size_t unitCount(const Dataset& dataset) {
    return unitsOf(dataset).size();
}

Result<Parts> split(const Dataset& dataset, const Shares& shares, uint64_t seed) {
    const std::array<double, 3> wanted = {shares.train, shares.calibration, shares.test};
    double sum = 0;
    for (double share : wanted)
        sum += share >= 0 ? share : NAN;
    if (!(std::abs(sum - 1) < 1e-6))
        return fail("shares of a dataset do not sum to 1", dataset.name, "correct the shares");
    Parts parts;
    const std::array<std::vector<int32_t>*, 3> lists = {&parts.train, &parts.calibration,
                                                        &parts.test};
    std::array<double, 3> owed = {0, 0, 0};  // units that a part should have but lacks
    for (const Unit& unit : byClass(unitsOf(dataset), seed)) {
        for (size_t p = 0; p < owed.size(); ++p)
            owed[p] += wanted[p];
        const auto most =
            static_cast<size_t>(std::max_element(owed.begin(), owed.end()) - owed.begin());
        owed[most] -= 1;
        lists[most]->insert(lists[most]->end(), unit.samples.begin(), unit.samples.end());
    }
    for (size_t p = 0; p < lists.size(); ++p) {
        if (wanted[p] > 0 && lists[p]->empty())
            return fail("too few samples to split (" + std::to_string(dataset.samples.size()) + ")",
                        dataset.name, "give more data, or calibrate on other data");
        std::sort(lists[p]->begin(), lists[p]->end());
    }
    return parts;
}

}  // namespace data
