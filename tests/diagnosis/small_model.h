// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A model with a branch, and copies of it with one layer changed.

#include <cstring>

#include "zoo/graph_builder.h"

namespace diagnosed {

inline types::GraphPtr branchedModel(zoo::Precision precision = zoo::Precision::Float32) {
    zoo::GraphBuilder build("branched", precision, 5);
    const auto x = build.input({1, 8, 8, 3}, 0, 1);
    const auto a = build.conv(x, 8, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);    // 0
    const auto b = build.depthwise(a, 3, 1, zoo::Padding::Same, zoo::Activation::Relu);  // 1
    const auto c = build.conv(b, 8, 1);                                                  // 2
    const auto sum = build.add(a, c, zoo::Activation::Relu);                             // 3
    const auto pooled = build.mean(sum, {1, 2});                                         // 4
    return *build.finish({build.softmax(build.fullyConnected(pooled, 4))});              // 5, 6
}

/// A copy whose operator `op` has all its weights scaled by 1.25.
inline types::GraphPtr withScaledWeights(const types::GraphPtr& graph, size_t op) {
    auto copy = std::make_shared<types::Graph>(*graph);
    copy->original = {};
    const auto filter = static_cast<size_t>(copy->ops[op].input(1));
    const auto view = copy->constantData(static_cast<int32_t>(filter)).view();
    std::vector<uint8_t> bytes(view.begin(), view.end());
    for (size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        float value;
        std::memcpy(&value, bytes.data() + at, 4);
        value *= 1.25f;
        std::memcpy(bytes.data() + at, &value, 4);
    }
    copy->tensors[filter].buffer = static_cast<uint32_t>(copy->buffers.size());
    copy->buffers.push_back(types::Bytes(std::move(bytes)));
    return copy;
}

}  // namespace diagnosed
