// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// apply(): carries out a Variation. The result is a Graph like any other: validated, ready to be
// planned, run, costed and written. Knobs act in a stated order (so far: width).

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace transform {

struct Varied {
    types::GraphPtr graph;             ///< the very same Graph where nothing changed
    std::vector<std::string> changes;  ///< one sentence per channel group, for people
};

types::Result<Varied> apply(const types::GraphPtr& graph, const types::Variation& variation);

}  // namespace transform
