// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/board_search.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "cost/predict.h"

namespace footprint {
namespace {

/// Sort key: boards that fit first, those of unknown latency last among them.
auto orderOf(const BoardMatch& match) {
    const double slow = std::numeric_limits<double>::max();
    const double latency = match.latencyUs ? match.latencyUs->value : slow;
    const bool isUnknown = match.footprint.verdict() == types::Verdict::Unknown;
    return std::tuple(match.footprint.excessBytes(), isUnknown, latency, match.device->id);
}

}  // namespace

std::vector<BoardMatch> matchBoards(const types::Graph& graph,
                                    const std::vector<types::DevicePtr>& boards,
                                    const OtherNeed& otherNeed) {
    const std::vector<cost::Workload> workloads = cost::workloadsOf(graph);
    const TflmNeeds tflm = tflmNeeds(graph);
    std::vector<BoardMatch> matches;
    for (const types::DevicePtr& board : boards) {
        if (auto other = otherNeed ? otherNeed(board) : std::nullopt) {
            matches.push_back(std::move(*other));
            continue;
        }
        const cost::Prediction prediction = cost::Predictor(board).predict(workloads);
        matches.push_back({board, of(graph, *board, tflm), prediction.latencyUs,
                           prediction.energyUj, prediction.latencyGap, prediction.energyGap});
    }
    std::sort(matches.begin(), matches.end(),
              [](const BoardMatch& a, const BoardMatch& b) { return orderOf(a) < orderOf(b); });
    return matches;
}

}  // namespace footprint
