// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CalledSubgraph: the layers inside of a subgraph that an operator calls: a branch of IF, condition
// or body of WHILE, CALL_ONCE, the decomposition of a composite.

#include <string>
#include <vector>

#include "types/evaluation.h"

namespace types {

struct SubgraphCaller {
    size_t subgraph = 0;  ///< 0: the first of the file
    int32_t layer = 0;    ///< its operator
    std::string op;       ///< "#3 WHILE"
    std::string counted;  ///< how the caller's row counts these layers: "one round of the body"
};

struct CalledSubgraph {
    size_t index = 0;  ///< in the file
    std::string name;
    std::vector<SubgraphCaller> callers;
    /// One row per operator; `liveBytes` are those of the subgraph's own plan. Parameters and bytes
    /// of constants are counted within the subgraph.
    std::vector<LayerEvaluation> layers;
};

}  // namespace types
