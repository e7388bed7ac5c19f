// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/pair_measurements.h"

#include <algorithm>
#include <map>
#include <set>

#include "types/instruction_mix.h"

namespace statistics {
namespace {

using namespace types;
using Measurements = std::vector<const Measurement*>;

/// What layers have one of each: "/loads" of the counts.
using Kind = std::pair<Quantity, std::string>;

/// The layers of one kind, in file order.
Measurements layersOf(const Session& session, const Kind& kind) {
    Measurements layers;
    for (const Measurement& m : session.measurements)
        if (m.layer && m.quantity == kind.first && partOf(m) == kind.second) layers.push_back(&m);
    std::stable_sort(layers.begin(), layers.end(),
                     [](auto* a, auto* b) { return *a->layer < *b->layer; });
    return layers;
}

/// Every kind that one of the two has of its layers, the layers themselves first.
std::set<Kind> kindsOf(const Session& baseline, const Session& candidate) {
    std::set<Kind> kinds;
    for (const Session* session : {&baseline, &candidate})
        for (const Measurement& m : session->measurements)
            if (m.layer) kinds.emplace(m.quantity, partOf(m));
    return kinds;
}

/// lengths[i][j]: longest common sequence of operators from a[i] and b[j] on.
std::vector<std::vector<size_t>> commonLengths(const Measurements& a, const Measurements& b) {
    std::vector lengths(a.size() + 1, std::vector<size_t>(b.size() + 1));
    for (size_t i = a.size(); i-- > 0;)
        for (size_t j = b.size(); j-- > 0;)
            lengths[i][j] = a[i]->op == b[j]->op ? lengths[i + 1][j + 1] + 1
                                                 : std::max(lengths[i + 1][j], lengths[i][j + 1]);
    return lengths;
}

std::string unmatchedText(const Measurement& measurement, const char* side) {
    const std::string unit = unitOf(measurement.quantity);
    return measurement.key + (unit.empty() ? "" : " (" + unit + ")") + ", " + side + " only";
}

/// What one session alone says of its layers is told once, not layer by layer.
std::string lonelyText(const Measurements& layers, const Kind& kind, const char* side) {
    if (layers.size() == 1) return unmatchedText(*layers.front(), side);
    const std::string what = kind.second.empty() ? unitOf(kind.first) : kind.second.substr(1);
    return std::to_string(layers.size()) + " layers" + (what.empty() ? "" : " (" + what + ")") +
           ", " + side + " only";
}

void pairLayers(const Measurements& a, const Measurements& b, Pairing& pairing) {
    const auto lengths = commonLengths(a, b);
    size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i]->op == b[j]->op)
            pairing.layers.push_back({a[i++], b[j++]});
        else if (j == b.size() || (i < a.size() && lengths[i + 1][j] >= lengths[i][j + 1]))
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
    for (const Kind& kind : kindsOf(baseline, candidate)) {
        const Measurements a = layersOf(baseline, kind), b = layersOf(candidate, kind);
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
