// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measured_graphs.h"

#include "bytes/sha256.h"
#include "tflite/write.h"

namespace app {

std::vector<types::GraphPtr> knownGraphs(const Explorer& explorer) {
    std::vector<types::GraphPtr> graphs;
    if (explorer.graph()) graphs.push_back(explorer.graph());
    for (const views::TriedVariation& tried : explorer.tried())
        if (tried.evaluation && tried.evaluation->graph) graphs.push_back(tried.evaluation->graph);
    return graphs;
}

types::GraphPtr graphOf(const types::Session& session, const std::vector<types::GraphPtr>& graphs) {
    if (session.conditions.modelHash.empty()) return nullptr;
    for (const types::GraphPtr& graph : graphs)
        if (bytes::sha256(tflite::writeBytes(*graph).view()) == session.conditions.modelHash)
            return graph;
    return nullptr;
}

}  // namespace app
