// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/matched_layers.h"

#include <algorithm>

namespace diagnosis {
namespace {

using namespace types;

bool sameShape(const Graph& a, size_t opA, const Graph& b, size_t opB) {
    const int32_t first = a.ops[opA].output(0), second = b.ops[opB].output(0);
    return first >= 0 && second >= 0 && a.tensor(first).shape == b.tensor(second).shape;
}

bool converts(const Op& op) {
    return op.kind == OpKind::QUANTIZE || op.kind == OpKind::DEQUANTIZE;
}

/// 0: cannot be paired. A common name weighs more than any number of pairs without one.
int32_t likeness(const Graph& a, size_t opA, const Graph& b, size_t opB) {
    const Op &first = a.ops[opA], &second = b.ops[opB];
    if (first.kind != second.kind || converts(first) || !sameShape(a, opA, b, opB)) return 0;
    const std::string& name = a.tensor(first.output(0)).name;
    const bool sameName = !name.empty() && name == b.tensor(second.output(0)).name;
    return sameName ? 1 + static_cast<int32_t>(std::min(a.ops.size(), b.ops.size())) : 1;
}

}  // namespace

std::vector<LayerPair> pairsByOrigin(const Graph& original, const Graph& varied) {
    std::vector<LayerPair> pairs;
    for (size_t op = 0; op < varied.ops.size(); ++op) {
        const int32_t origin = varied.ops[op].origin;
        if (origin < 0 || static_cast<size_t>(origin) >= original.ops.size()) continue;
        const auto source = static_cast<size_t>(origin);
        const bool same = original.ops[source].kind == varied.ops[op].kind;
        if (same && sameShape(original, source, varied, op)) pairs.push_back({source, op});
    }
    return pairs;
}

std::vector<LayerPair> pairsByLikeness(const Graph& a, const Graph& b) {
    // best[i][j]: greatest total likeness of the operators from i on and from j on (recurrence of
    // the longest common subsequence).
    const size_t rows = a.ops.size(), columns = b.ops.size();
    std::vector<std::vector<int64_t>> best(rows + 1, std::vector<int64_t>(columns + 1, 0));
    for (size_t i = rows; i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            const int32_t own = likeness(a, i, b, j);
            best[i][j] = std::max(best[i + 1][j], best[i][j + 1]);
            if (own > 0) best[i][j] = std::max(best[i][j], own + best[i + 1][j + 1]);
        }
    std::vector<LayerPair> pairs;
    for (size_t i = 0, j = 0; i < rows && j < columns;) {
        const int32_t own = likeness(a, i, b, j);
        if (own > 0 && best[i][j] == own + best[i + 1][j + 1])
            pairs.push_back({i++, j++});
        else if (best[i][j] == best[i + 1][j])
            ++i;
        else
            ++j;
    }
    return pairs;
}

}  // namespace diagnosis
