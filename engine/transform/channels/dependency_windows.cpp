// SPDX-License-Identifier: GPL-3.0-or-later
// Operators on images that process every channel alike: pools, resizing, padding, blocks.

#include "transform/channels/dependency_rules.h"

namespace transform {
namespace {

using types::OpKind;

constexpr int32_t kWindowChannels = 3;  // of NHWC

void dependenciesOfPool(const OpAxes& op) {
    const int32_t in = op.in(0), out = op.out(0);
    op.fixOthers(in, kWindowChannels, "slides over this axis");
    op.fixOthers(out, kWindowChannels, "slides over this axis");
    op.tie(in, kWindowChannels, out, kWindowChannels);
}

void dependenciesOfPad(const OpAxes& op) {
    const auto paddings = op.ints(1);
    if (!paddings) return op.fixAll("computes its paddings at run time");
    const int32_t in = op.in(0), out = op.out(0);
    for (int32_t axis = 0; axis < op.rank(in); ++axis) {
        const auto pair = 2 * static_cast<size_t>(axis);
        if ((*paddings)[pair] == 0 && (*paddings)[pair + 1] == 0) {
            op.tie(in, axis, out, axis);
        } else {
            op.fix(in, axis, "pads this axis");
            op.fix(out, axis, "pads this axis");
        }
    }
}

/// The channels of the deep side are block * block runs of those of the wide side.
void dependenciesOfBlocks(const OpAxes& op) {
    const bool deepens = op.op.kind == OpKind::SPACE_TO_DEPTH;
    const int32_t wide = deepens ? op.in(0) : op.out(0), deep = deepens ? op.out(0) : op.in(0);
    op.fixOthers(wide, kWindowChannels, "moves blocks of this axis");
    op.fixOthers(deep, kWindowChannels, "moves blocks of this axis");
    const int32_t channels = op.length(wide, kWindowChannels);
    for (int32_t i = 0; i < op.length(deep, kWindowChannels); ++i)
        op.table.tie({deep, kWindowChannels}, i, {wide, kWindowChannels}, i % channels);
}

/// Batch and the axes that are cut into blocks are fixed; the others are tied.
void dependenciesOfBatchBlocks(const OpAxes& op) {
    const auto block = op.ints(1);
    if (!block) return op.fixAll("computes its blocks at run time");
    const int32_t in = op.in(0), out = op.out(0);
    const auto cut = static_cast<int32_t>(block->size()) + 1;
    for (int32_t axis = 0; axis < op.rank(in); ++axis) {
        if (axis >= cut) {
            op.tie(in, axis, out, axis);
            continue;
        }
        op.fix(in, axis, "moves blocks of this axis");
        op.fix(out, axis, "moves blocks of this axis");
    }
}

}  // namespace

DependencyRule windowDependencyRule(OpKind kind) {
    switch (kind) {
        case OpKind::AVERAGE_POOL_2D:
        case OpKind::MAX_POOL_2D:
        case OpKind::L2_POOL_2D:
        case OpKind::RESIZE_BILINEAR:
        case OpKind::RESIZE_NEAREST_NEIGHBOR:
            return dependenciesOfPool;
        case OpKind::PAD:
        case OpKind::PADV2:
        case OpKind::MIRROR_PAD:
            return dependenciesOfPad;
        case OpKind::SPACE_TO_DEPTH:
        case OpKind::DEPTH_TO_SPACE:
            return dependenciesOfBlocks;
        case OpKind::SPACE_TO_BATCH_ND:
        case OpKind::BATCH_TO_SPACE_ND:
            return dependenciesOfBatchBlocks;
        default:
            return nullptr;
    }
}

}  // namespace transform
