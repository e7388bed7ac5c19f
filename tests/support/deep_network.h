// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// deepNetwork(): a residual network of any depth, and what a matcher of it got right. Its blocks
// have equal structure, so that only weights tell them apart; every eighth has two branches.

#include <algorithm>
#include <vector>

#include "types/model_diff.h"
#include "zoo/graph_builder.h"

namespace support {

/// At least `ops` operators.
inline types::GraphPtr deepNetwork(int ops, uint64_t seed = 1) {
    using zoo::Activation, zoo::Padding;
    zoo::GraphBuilder build("deep", zoo::Precision::Float32, seed);
    zoo::Value x = build.input({1, 4, 4, 8});
    x = build.conv(x, 8, 3);
    for (int made = 1, block = 0; made < ops; ++block) {
        zoo::Value y = build.conv(x, 16, 1, 1, Padding::Same, Activation::Relu6);
        if (block % 8 == 7) {
            const zoo::Value left = build.depthwise(y, 3), right = build.conv(y, 8, 1);
            y = build.unary(types::OpKind::RELU, build.concat({left, right}));
            made += 3;
        } else {
            y = build.depthwise(y, 3, 1, Padding::Same, Activation::Relu6);
        }
        x = build.add(x, build.conv(y, 8, 1));
        made += 4;
    }
    x = build.fullyConnected(build.mean(x, {1, 2}), 10);
    return *build.finish({build.softmax(x)});
}

/// Share of the layers of both sides that are rightly matched, or rightly left without counterpart:
/// Op::origin of the candidate tells. `edited`: layers of the candidate without an origin may also
/// belong to a match as further parts.
inline double rightShare(const types::Graph& baseline, const types::Graph& candidate,
                         const std::vector<types::LayerMatch>& matches) {
    std::vector<bool> isLeft(baseline.ops.size(), false);
    for (const types::Op& op : candidate.ops)
        if (op.origin >= 0) isLeft[static_cast<size_t>(op.origin)] = true;
    size_t right = 0;
    for (const types::LayerMatch& match : matches) {
        for (const int32_t layer : match.candidate) {
            const int32_t origin = candidate.ops[static_cast<size_t>(layer)].origin;
            const auto& sources = match.baseline;
            right += origin < 0 ? sources.empty() || match.candidate.size() > 1
                                : std::count(sources.begin(), sources.end(), origin) == 1;
        }
        for (const int32_t layer : match.baseline)
            right += isLeft[static_cast<size_t>(layer)] == !match.candidate.empty();
    }
    return static_cast<double>(right) /
           static_cast<double>(baseline.ops.size() + candidate.ops.size());
}

}  // namespace support
