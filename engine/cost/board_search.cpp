// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/board_search.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "cost/predict.h"

namespace cost {
namespace {

/// Sort key: boards that fit first, those of unknown latency last among them.
auto orderOf(const BoardMatch& match) {
    const double slow = std::numeric_limits<double>::max();
    const double latency = match.latencyUs ? match.latencyUs->value : slow;
    return std::tuple(match.flashExcess() + match.sramExcess(), latency, match.device->id);
}

}  // namespace

std::vector<BoardMatch> matchBoards(const types::Graph& graph, const BudgetsOn& budgetsOn,
                                    const std::vector<types::DevicePtr>& boards) {
    const std::vector<Workload> workloads = workloadsOf(graph);
    std::vector<BoardMatch> matches;
    for (const types::DevicePtr& board : boards) {
        const Prediction prediction = Predictor(board).predict(workloads);
        MemoryBudgets budgets = budgetsOn(*board);
        matches.push_back({board, std::move(budgets.flash), std::move(budgets.sram),
                           prediction.latencyUs, prediction.energyUj});
    }
    std::sort(matches.begin(), matches.end(),
              [](const BoardMatch& a, const BoardMatch& b) { return orderOf(a) < orderOf(b); });
    return matches;
}

}  // namespace cost
