// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DrawnGraph: a graph as a picture: boxes for operators, model inputs, model outputs and repeated
// blocks, lines for tensors between them, frames for subgraphs and for unfolded blocks.
// engine/layout makes it, views draw it. Unit: pixels at zoom 1; x grows to the right, y downward.
//
// A repeated block is a run of operators that occurs several times in a row; one occurrence is a
// round. Folded it is one box for all rounds; unfolded one box per round, each of which unfolds
// into its operators.

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace types {

struct DrawnPoint {
    float x = 0, y = 0;

    bool operator==(const DrawnPoint&) const = default;
};

/// Operators [first, first + length * rounds) of a subgraph.
struct RepeatedBlock {
    int32_t subgraph = 0;
    int32_t first = 0, length = 0, rounds = 0;

    int32_t end() const { return first + length * rounds; }
    bool operator==(const RepeatedBlock&) const = default;
};

/// A block, or one of its rounds, that is unfolded.
struct Unfolded {
    int32_t subgraph = 0;
    int32_t block = 0;   ///< RepeatedBlock::first
    int32_t round = -1;  ///< -1: the block itself, into its rounds

    auto operator<=>(const Unfolded&) const = default;
};

struct DrawingOptions {
    bool foldsRepeats = true;     ///< false: every operator has a box of its own
    std::set<Unfolded> unfolded;  ///< of the folded blocks
};

enum class BoxKind : int8_t { Input, Output, Operator, Block, Round };

struct DrawnBox {
    BoxKind kind = BoxKind::Operator;
    int32_t subgraph = 0;               ///< of the file; 0: the first
    int32_t firstOp = -1, lastOp = -1;  ///< both included; -1 for inputs and outputs
    int32_t tensor = -1;                ///< of an input or output
    int32_t block = -1;  ///< index into DrawnGraph::blocks of a block or round; -1: neither
    DrawnPoint centre;
    float width = 0, height = 0;

    bool holds(int32_t op) const { return firstOp <= op && op <= lastOp && firstOp >= 0; }
    bool operator==(const DrawnBox&) const = default;
};

/// A tensor on its way from the box that writes it to one that reads it.
struct DrawnLine {
    int32_t from = 0, to = 0;  ///< boxes
    int32_t tensor = -1;       ///< of the boxes' subgraph
    /// From the lower edge of `from` to the upper edge of `to`; between points of different x the
    /// line bends. Lines of one tensor share points. Empty: too far to be routed, draw its ends.
    std::vector<DrawnPoint> route;

    bool operator==(const DrawnLine&) const = default;
};

/// The surrounding of a called subgraph, or of an unfolded block or round.
struct DrawnFrame {
    bool isSubgraph = false;
    int32_t subgraph = 0;
    Unfolded unfolded;             ///< of a block or round
    int32_t block = -1;            ///< index into DrawnGraph::blocks; -1 for a subgraph
    std::vector<int32_t> callers;  ///< boxes that call the subgraph
    float left = 0, top = 0, width = 0, height = 0;

    bool operator==(const DrawnFrame&) const = default;
};

struct DrawnGraph {
    std::vector<DrawnBox> boxes;  ///< in execution order, subgraph by subgraph
    std::vector<DrawnLine> lines;
    std::vector<DrawnFrame> frames;  ///< outer ones first
    std::vector<RepeatedBlock> blocks;
    std::vector<std::string> leftOut;  ///< subgraphs that are not drawn, with the reason
    float width = 0, height = 0;
};

}  // namespace types
