// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/repeats.h"

#include <algorithm>
#include <queue>

namespace layout {
namespace {

using types::Graph;
using types::RepeatedBlock;

/// Boxes that folding a block must spare.
constexpr int32_t kLeastSpared = 2;
constexpr int32_t kFromConstant = -1, kFromInput = -2;

struct OpShape {
    uint64_t hash = 14695981039346656037u;
    std::vector<int32_t> distances;  ///< per input: operators back to its writer, or kFrom...

    void add(uint64_t value) {
        for (int byte = 0; byte < 8; ++byte) {
            hash ^= (value >> (8 * byte)) & 0xff;
            hash *= 1099511628211u;
        }
    }
    void add(const types::Tensor& tensor) {
        add(static_cast<uint64_t>(tensor.type));
        add(tensor.shape.size());
        for (int32_t size : tensor.shape)
            add(static_cast<uint64_t>(size));
    }
};

/// Operator that writes each tensor; -1: none.
std::vector<int32_t> writersOf(const Graph& graph) {
    std::vector<int32_t> writers(graph.tensors.size(), -1);
    for (size_t op = 0; op < graph.ops.size(); ++op)
        for (int32_t output : graph.ops[op].outputs)
            if (output >= 0) writers[size_t(output)] = int32_t(op);
    return writers;
}

std::vector<OpShape> shapesOf(const Graph& graph) {
    const std::vector<int32_t> writers = writersOf(graph);
    std::vector<OpShape> shapes(graph.ops.size());
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const types::Op& op = graph.ops[i];
        OpShape& shape = shapes[i];
        shape.add(static_cast<uint64_t>(op.kind));
        for (char letter : op.customCode)
            shape.add(static_cast<uint64_t>(letter));
        shape.add(static_cast<uint64_t>(types::activationOf(op.options)));
        for (const auto* tensors : {&op.inputs, &op.outputs}) {
            shape.add(tensors->size());
            for (int32_t tensor : *tensors)
                if (tensor >= 0) shape.add(graph.tensor(tensor));
        }
        for (int32_t input : op.inputs) {
            const int32_t writer = input < 0 ? -1 : writers[size_t(input)];
            const bool isConstant = input < 0 || graph.isConstant(input);
            shape.distances.push_back(writer >= 0  ? int32_t(i) - writer
                                      : isConstant ? kFromConstant
                                                   : kFromInput);
        }
    }
    return shapes;
}

/// `later` is one round after `earlier`: what it reads of its own round, `earlier` reads alike.
bool isRepeated(const OpShape& earlier, const OpShape& later, int32_t length) {
    if (earlier.hash != later.hash) return false;
    for (size_t i = 0; i < later.distances.size(); ++i) {
        const int32_t before = earlier.distances[i], now = later.distances[i];
        const bool isConstant = before == kFromConstant || now == kFromConstant;
        // The first round may read the model's input where later ones read the round before.
        const bool isFromOutside = before == kFromInput || now == kFromInput || now >= length;
        if (before != now && (isConstant || !isFromOutside)) return false;
    }
    return true;
}

/// Operators from `first` on in which each is repeated `length` later, all rounds included.
struct Run {
    int32_t first = 0, ops = 0, length = 0;

    int32_t rounds() const { return ops / length; }
    int32_t spared() const { return (rounds() - 1) * length; }
    /// Ends of a priority queue: most spared, then the shortest round, then the first.
    bool operator<(const Run& other) const {
        if (spared() != other.spared()) return spared() < other.spared();
        if (length != other.length) return length > other.length;
        return first > other.first;
    }
    bool isWorthIt() const { return rounds() >= 2 && spared() >= kLeastSpared; }
};

std::priority_queue<Run> runsOf(const std::vector<OpShape>& shapes) {
    const auto count = int32_t(shapes.size());
    std::priority_queue<Run> runs;
    for (int32_t length = 1; length <= std::min(kLongestBlock, count / 2); ++length) {
        int32_t start = 0;
        for (int32_t i = 0; i + length <= count; ++i) {
            const bool goesOn = i + length < count &&
                                isRepeated(shapes[size_t(i)], shapes[size_t(i + length)], length);
            if (goesOn) continue;
            const Run run{start, i - start + length, length};
            if (run.isWorthIt()) runs.push(run);
            start = i + 1;
        }
    }
    return runs;
}

/// Number of activations alive at the border before each operator.
std::vector<int32_t> aliveAtBorders(const Graph& graph) {
    std::vector<int32_t> change(graph.ops.size() + 2, 0), lastReader(graph.tensors.size(), -1);
    for (size_t op = 0; op < graph.ops.size(); ++op)
        for (int32_t input : graph.ops[op].inputs)
            if (input >= 0) lastReader[size_t(input)] = int32_t(op);
    const std::vector<int32_t> writers = writersOf(graph);
    for (size_t tensor = 0; tensor < writers.size(); ++tensor)
        if (writers[tensor] >= 0 && lastReader[tensor] > writers[tensor]) {
            ++change[size_t(writers[tensor]) + 1];
            --change[size_t(lastReader[tensor]) + 1];
        }
    for (size_t i = 1; i < change.size(); ++i)
        change[i] += change[i - 1];
    return change;
}

/// The first operator within the run for which the borders of the rounds cut fewest tensors.
RepeatedBlock blockOf(const Run& run, const std::vector<int32_t>& alive, int32_t subgraph) {
    const int32_t slack = run.ops - run.rounds() * run.length;
    int32_t best = 0;
    int64_t least = INT64_MAX;
    for (int32_t shift = 0; shift <= slack; ++shift) {
        int64_t cut = 0;
        for (int32_t round = 0; round <= run.rounds(); ++round)
            cut += alive[size_t(run.first + shift + round * run.length)];
        if (cut < least) best = shift;
        least = std::min(least, cut);
    }
    return {subgraph, run.first + best, run.length, run.rounds()};
}

/// The stretches of a run that no block has taken.
std::vector<Run> freeParts(const Run& run, const std::vector<bool>& isTaken) {
    std::vector<Run> parts;
    for (int32_t i = run.first; i < run.first + run.ops; ++i) {
        if (isTaken[size_t(i)]) continue;
        const bool isNew = parts.empty() || parts.back().first + parts.back().ops != i;
        if (isNew) parts.push_back({i, 0, run.length});
        ++parts.back().ops;
    }
    return parts;
}

}  // namespace

std::vector<RepeatedBlock> findRepeats(const Graph& graph, int32_t subgraph) {
    std::priority_queue<Run> runs = runsOf(shapesOf(graph));
    const std::vector<int32_t> alive = aliveAtBorders(graph);
    std::vector<bool> isTaken(graph.ops.size(), false);
    std::vector<RepeatedBlock> blocks;
    while (!runs.empty()) {
        const Run run = runs.top();
        runs.pop();
        const std::vector<Run> parts = freeParts(run, isTaken);
        if (parts.size() != 1 || parts[0].ops != run.ops) {
            for (const Run& part : parts)
                if (part.isWorthIt()) runs.push(part);
            continue;
        }
        const RepeatedBlock block = blockOf(run, alive, subgraph);
        blocks.push_back(block);
        std::fill(isTaken.begin() + block.first, isTaken.begin() + block.end(), true);
    }
    std::ranges::sort(blocks, {}, &RepeatedBlock::first);
    return blocks;
}

}  // namespace layout
