// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/match_graphs.h"

#include <algorithm>
#include <unordered_map>

#include "diff/gather_matches.h"
#include "diff/layer_changes.h"

namespace diff {
namespace {

using namespace types;

void pairByOrigin(const Side& a, const Side& b, Pairings& pairings) {
    std::unordered_map<int32_t, int32_t> byOrigin;
    for (size_t i = 0; i < a.net.size(); ++i)
        byOrigin.emplace(a.net.op(static_cast<int32_t>(i)).origin, static_cast<int32_t>(i));
    // Of several with one origin, one of the same operator is the layer itself.
    for (const bool wantsSame : {true, false})
        for (size_t i = 0; i < b.net.size(); ++i) {
            const Op& op = b.net.op(static_cast<int32_t>(i));
            const auto found = op.origin < 0 ? byOrigin.end() : byOrigin.find(op.origin);
            if (found == byOrigin.end()) continue;
            if (!wantsSame || a.net.op(found->second).kind == op.kind)
                pairings.add({found->second, static_cast<int32_t>(i)});
        }
}

/// Pairs with weights on both sides are sure enough to spread from; those of the others count only
/// where nothing better was found.
bool pairByStructure(const Side& a, const Side& b, Pairings& pairings, std::vector<bool>& isAnchor,
                     const Work& work) {
    const Aligned aligned = alignLayers(a, b, work);
    if (work.isStopped()) return false;
    for (const AlignedPair& pair : aligned.anchors)
        if (pairings.add(pair)) isAnchor[static_cast<size_t>(pair.baseline)] = true;
    for (const AlignedPair& pair : aligned.pairs)
        if (a.of(pair.baseline).constants != 0 && b.of(pair.candidate).constants != 0)
            pairings.add(pair);
    spread(a, b, pairings);
    for (const AlignedPair& pair : aligned.pairs)
        pairings.add(pair);
    spread(a, b, pairings);
    return true;
}

void sortSides(std::vector<LayerMatch>& matches) {
    for (LayerMatch& match : matches) {
        std::sort(match.baseline.begin(), match.baseline.end());
        std::sort(match.candidate.begin(), match.candidate.end());
    }
}

/// The candidate's order; an unmatched layer of the baseline comes behind the matched one that
/// precedes it there.
void sortMatches(std::vector<LayerMatch>& matches) {
    std::vector<const LayerMatch*> byBaseline;
    for (const LayerMatch& match : matches)
        if (!match.baseline.empty()) byBaseline.push_back(&match);
    std::sort(byBaseline.begin(), byBaseline.end(), [](const auto* a, const auto* b) {
        return a->baseline.front() < b->baseline.front();
    });
    struct Place {
        int32_t candidate, baseline;
        bool operator<(const Place& o) const {
            return candidate != o.candidate ? candidate < o.candidate : baseline < o.baseline;
        }
    };
    std::vector<std::pair<Place, const LayerMatch*>> order;
    int32_t before = -1;
    for (const LayerMatch* match : byBaseline) {
        if (!match->candidate.empty()) before = match->candidate.front();
        order.push_back({{before, match->candidate.empty() ? match->baseline.front() : -1}, match});
    }
    for (const LayerMatch& match : matches)
        if (match.baseline.empty()) order.push_back({{match.candidate.front(), -1}, &match});
    std::sort(order.begin(), order.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<LayerMatch> sorted;
    sorted.reserve(matches.size());
    for (const auto& [place, match] : order)
        sorted.push_back(*match);
    matches = std::move(sorted);
}

Side sideOf(const Graph& graph) {
    Side side{netOf(graph), {}};
    side.features = featuresOf(side.net);
    return side;
}

}  // namespace

Result<std::vector<LayerMatch>> matchGraphs(const Graph& baseline, const Graph& candidate,
                                            bool sharesOrigins, const Work& work) {
    work.report(0, "matching layers");
    const Side a = sideOf(baseline), b = sideOf(candidate);
    Pairings pairings(a.net.size(), b.net.size());
    std::vector<bool> isAnchor(a.net.size(), false);
    if (sharesOrigins)
        pairByOrigin(a, b, pairings);
    else if (!pairByStructure(a, b, pairings, isAnchor, work))
        return cancelled();
    if (work.isStopped()) return cancelled();
    auto matches = gatherMatches(a, b, pairings);
    for (LayerMatch& match : matches) {
        if (!match.isMatched()) continue;
        if (sharesOrigins)
            match.evidence = MatchEvidence::Origin;
        else if (isAnchor[static_cast<size_t>(match.baseline.front())])
            match.evidence = MatchEvidence::Weights;
        describeChanges(a, b, match);
    }
    sortSides(matches);
    sortMatches(matches);
    work.report(1, "matching layers");
    return matches;
}

}  // namespace diff
