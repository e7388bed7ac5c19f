// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Units that no layer reads: the weights that would read them are zero. Removing such units does
// not change any output bit, whatever their channels hold.

#include <vector>

#include "graph_surgery.h"
#include "same_outputs.h"
#include "transform/channels/channel_groups.h"
#include "transform/channels/remove_units.h"
#include "zoo/random_weights.h"

namespace surgery {

using transform::ChannelGroup;
using transform::ChannelGroups;

/// Half of the units of every group that can lose some, at least one stays.
inline std::vector<bool> randomUnits(const ChannelGroups& groups, zoo::RandomWeights& random) {
    std::vector<bool> removed(static_cast<size_t>(groups.unitCount()), false);
    for (const ChannelGroup& group : groups.groups()) {
        if (!group.removable()) continue;
        for (size_t i = 1; i < group.units.size(); ++i)
            removed[static_cast<size_t>(group.units[i])] = random.next() % 2 == 0;
    }
    return removed;
}

/// Operands of an operator whose given axis has one slice of weights per channel that it reads.
struct Reader {
    size_t operand;
    int32_t axis;
};

inline std::vector<Reader> readersOf(types::OpKind kind) {
    switch (kind) {
        case types::OpKind::CONV_2D:
        case types::OpKind::TRANSPOSE_CONV:
            return {{1, 3}};
        case types::OpKind::FULLY_CONNECTED:
        case types::OpKind::SVDF:
            return {{1, 1}};
        case types::OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM:
            return {{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}, {7, 1}, {8, 1}};
        default:
            return {};
    }
}

/// Zeroes the weights with which layers read the units.
inline void blindReaders(types::Graph& graph, const ChannelGroups& groups,
                         const std::vector<bool>& units) {
    const auto& axes = groups.axes();
    for (size_t op = 0; op < graph.ops.size(); ++op)
        for (const Reader& reader : readersOf(graph.ops[op].kind)) {
            const transform::Axis axis{axes.inputPlace(op, reader.operand), reader.axis};
            if (axis.owner < 0) continue;
            for (int32_t i = 0; i < axes.length(axis); ++i) {
                const int32_t unit = groups.unitOf(axis, i);
                if (unit >= 0 && units[static_cast<size_t>(unit)])
                    zeroSlice(graph, graph.ops[op].input(reader.operand), axis.axis, i);
            }
        }
}

inline void expectUnitsAreNotMissed(const types::GraphPtr& graph, uint64_t seed) {
    const ChannelGroups groups = groupsOf(*graph);
    zoo::RandomWeights random(seed);
    const auto removed = randomUnits(groups, random);
    const auto blind = copyOf(graph);
    blindReaders(*blind, groups, removed);
    const auto narrow = transform::removeUnits(*blind, groups, removed);
    ASSERT_TRUE(narrow) << narrow.error().message();
    if (runnable(*blind)) expectSameOutputs(*blind, **narrow);
}

}  // namespace surgery
