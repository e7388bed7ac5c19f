// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/pair_measurements.h"

#include <algorithm>
#include <map>
#include <span>

#include "types/instruction_mix.h"

namespace statistics {
namespace {

using namespace types;
using Measurements = std::vector<const Measurement*>;
using Layers = std::span<const Measurement* const>;

/// A measurement that every layer has once: a quantity and a suffix such as "/loads".
using Kind = std::pair<Quantity, std::string>;

/// The layers of one kind in each session, in file order.
struct Sides {
    Measurements baseline, candidate;
};

/// Every kind that one of the two sessions has; layers themselves first.
std::map<Kind, Sides> layersByKind(const Session& baseline, const Session& candidate) {
    std::map<Kind, Sides> kinds;
    const auto collect = [&](const Session& session, Measurements Sides::*side) {
        for (const Measurement& m : session.measurements)
            if (m.layer) (kinds[{m.quantity, partOf(m)}].*side).push_back(&m);
        for (auto& [kind, sides] : kinds)
            std::stable_sort((sides.*side).begin(), (sides.*side).end(),
                             [](auto* a, auto* b) { return *a->layer < *b->layer; });
    };
    collect(baseline, &Sides::baseline);
    collect(candidate, &Sides::candidate);
    return kinds;
}

/// Enough for two models of 4000 layers without a common beginning; lengths then fit 16 bits.
constexpr size_t kMaxCells = 16'000'000;
using Lengths = std::vector<std::vector<uint16_t>>;

/// lengths[i][j]: length of the longest common subsequence of operators from a[i] and b[j] on.
/// Empty where the table would exceed kMaxCells.
Lengths commonLengths(Layers a, Layers b) {
    if (a.size() * b.size() > kMaxCells) return {};
    Lengths lengths(a.size() + 1, std::vector<uint16_t>(b.size() + 1));
    for (size_t i = a.size(); i-- > 0;)
        for (size_t j = b.size(); j-- > 0;)
            lengths[i][j] = a[i]->op == b[j]->op ? uint16_t(lengths[i + 1][j + 1] + 1)
                                                 : std::max(lengths[i + 1][j], lengths[i][j + 1]);
    return lengths;
}

std::string unmatchedText(const Measurement& measurement, const char* side) {
    const std::string unit = unitOf(measurement.quantity);
    return measurement.key + (unit.empty() ? "" : " (" + unit + ")") + ", " + side + " only";
}

/// Reports once, not per layer, what only one session has.
std::string lonelyText(const Measurements& layers, const Kind& kind, const char* side) {
    if (layers.size() == 1) return unmatchedText(*layers.front(), side);
    const std::string what = kind.second.empty() ? unitOf(kind.first) : kind.second.substr(1);
    return std::to_string(layers.size()) + " layers" + (what.empty() ? "" : " (" + what + ")") +
           ", " + side + " only";
}

void pairLayers(Layers a, Layers b, Pairing& pairing) {
    // A common beginning needs no table; equal models consist of nothing else.
    for (; !a.empty() && !b.empty() && a[0]->op == b[0]->op; a = a.subspan(1), b = b.subspan(1))
        pairing.layers.push_back({a[0], b[0]});
    const Lengths lengths = commonLengths(a, b);
    const auto meet = [&](size_t i, size_t j) {
        return a[i]->op == b[j]->op && (!lengths.empty() || a[i]->layer == b[j]->layer);
    };
    const auto leavesFirst = [&](size_t i, size_t j) {
        return lengths.empty() ? a[i]->layer <= b[j]->layer
                               : lengths[i + 1][j] >= lengths[i][j + 1];
    };
    size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && meet(i, j))
            pairing.layers.push_back({a[i++], b[j++]});
        else if (j == b.size() || (i < a.size() && leavesFirst(i, j)))
            pairing.unmatched.push_back(unmatchedText(*a[i++], "baseline"));
        else
            pairing.unmatched.push_back(unmatchedText(*b[j++], "candidate"));
    }
}

using Name = std::pair<Quantity, std::string>;

std::map<Name, const Measurement*> othersOf(const Session& session) {
    std::map<Name, const Measurement*> others;
    for (const Measurement& m : session.measurements)
        if (!m.layer) others.emplace(Name{m.quantity, m.key}, &m);
    return others;
}

void pairOthers(const Session& baseline, const Session& candidate, Pairing& pairing) {
    auto theirs = othersOf(candidate);
    for (const auto& [name, mine] : othersOf(baseline)) {
        const auto found = theirs.find(name);
        if (found == theirs.end()) {
            pairing.unmatched.push_back(unmatchedText(*mine, "baseline"));
            continue;
        }
        pairing.others.push_back({mine, found->second});
        theirs.erase(found);
    }
    for (const auto& [name, measurement] : theirs)
        pairing.unmatched.push_back(unmatchedText(*measurement, "candidate"));
}

}  // namespace

Pairing pairMeasurements(const Session& baseline, const Session& candidate) {
    Pairing pairing;
    for (const auto& [kind, sides] : layersByKind(baseline, candidate)) {
        const auto& [a, b] = sides;
        if (a.empty())
            pairing.unmatched.push_back(lonelyText(b, kind, "candidate"));
        else if (b.empty())
            pairing.unmatched.push_back(lonelyText(a, kind, "baseline"));
        else
            pairLayers(a, b, pairing);
    }
    pairOthers(baseline, candidate, pairing);
    return pairing;
}

}  // namespace statistics
