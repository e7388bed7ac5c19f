// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/input_ranges.h"

#include <algorithm>

#include "analysis/constants.h"

namespace analysis {
namespace {

using types::Graph;
using types::Op;
using types::OpKind;
using types::Shape;

/// A tensor may hold values of a model input, each plus `shift`.
struct Source {
    size_t input;
    int64_t shift = 0;
};
using Sources = std::vector<Source>;

/// Sources of one tensor in a forged file could grow with every operator.
constexpr size_t kMostSources = 64;

/// First data operand of an operator that hands its values on; all from there do so where it joins
/// tensors. Nothing for operators that compute others.
std::optional<size_t> firstKept(OpKind kind) {
    switch (kind) {
        case OpKind::CAST:
        case OpKind::CONCATENATION:
        case OpKind::EXPAND_DIMS:
        case OpKind::GATHER:
        case OpKind::GATHER_ND:
        case OpKind::PACK:
        case OpKind::REVERSE_V2:
        case OpKind::RESHAPE:
        case OpKind::SLICE:
        case OpKind::SPLIT_V:
        case OpKind::SQUEEZE:
        case OpKind::STRIDED_SLICE:
        case OpKind::TRANSPOSE:
        case OpKind::UNPACK:
        case OpKind::BROADCAST_TO:
        case OpKind::TILE:
            return 0;
        case OpKind::SPLIT:
        case OpKind::SELECT_V2:
            return 1;
        default:
            return std::nullopt;
    }
}

bool joinsTensors(OpKind kind) {
    return kind == OpKind::CONCATENATION || kind == OpKind::PACK || kind == OpKind::SELECT_V2;
}

/// Highest index that an operator accepts, and the operand that holds the indices.
struct Indexing {
    size_t operand;
    int64_t highest;
};

int64_t smallest(const Shape& shape, size_t count) {
    const size_t end = std::min(count, shape.size());
    return end == 0 ? 0 : *std::min_element(shape.begin(), shape.begin() + static_cast<long>(end));
}

/// The furthest begin that leaves the output inside the input along every axis.
int64_t lastBegin(const Shape& in, const Shape& out) {
    int64_t room = in.empty() ? 0 : in[0];
    for (size_t i = 0; i < std::min(in.size(), out.size()); ++i)
        room = std::min<int64_t>(room, in[i] - out[i]);
    return room;
}

std::optional<Indexing> indexingOf(const Graph& graph, const Op& op) {
    if (op.input(0) < 0 || op.input(1) < 0 || op.output(0) < 0) return std::nullopt;
    const Shape& first = graph.tensor(op.input(0)).shape;
    const Shape& second = graph.tensor(op.input(1)).shape;
    switch (op.kind) {
        case OpKind::EMBEDDING_LOOKUP:
            return second.empty() ? std::nullopt : std::optional(Indexing{0, second[0] - 1});
        case OpKind::GATHER: {
            const auto* options = std::get_if<types::GatherOptions>(&op.options);
            const int64_t axis = options ? options->axis : 0;
            const int64_t at = axis < 0 ? axis + static_cast<int64_t>(first.size()) : axis;
            if (at < 0 || at >= static_cast<int64_t>(first.size())) return std::nullopt;
            return Indexing{1, first[static_cast<size_t>(at)] - 1};
        }
        case OpKind::GATHER_ND:
            if (second.empty()) return std::nullopt;
            return Indexing{1, smallest(first, static_cast<size_t>(second.back())) - 1};
        case OpKind::SLICE:
            return Indexing{1, lastBegin(first, graph.tensor(op.output(0)).shape)};
        default:
            return std::nullopt;
    }
}

class Tracer {
public:
    explicit Tracer(const Graph& graph)
        : m_graph(graph), m_sources(graph.tensors.size()), m_ranges(graph.inputs.size()) {
        for (size_t i = 0; i < graph.inputs.size(); ++i)
            at(graph.inputs[i]).push_back({i});
    }

    std::vector<std::optional<InputRange>> run() {
        for (const Op& op : m_graph.ops) {
            if (const auto indexing = indexingOf(m_graph, op))
                ask(op.input(indexing->operand), indexing->highest);
            handOn(op);
        }
        return std::move(m_ranges);
    }

private:
    Sources& at(int32_t tensor) { return m_sources[static_cast<size_t>(tensor)]; }

    void ask(int32_t indices, int64_t highest) {
        for (const Source& source : at(indices)) {
            const InputRange asked{-source.shift, highest - source.shift};
            std::optional<InputRange>& range = m_ranges[source.input];
            const InputRange both = range ? InputRange{std::max(range->lowest, asked.lowest),
                                                       std::min(range->highest, asked.highest)}
                                          : asked;
            if (both.lowest <= both.highest) range = both;
        }
    }

    void handOn(const Op& op) {
        if (op.kind == OpKind::ADD || op.kind == OpKind::SUB) return addConstant(op);
        const auto first = firstKept(op.kind);
        if (!first) return;
        const size_t end = joinsTensors(op.kind) ? op.inputs.size() : *first + 1;
        for (size_t i = *first; i < std::min(end, op.inputs.size()); ++i)
            if (op.inputs[i] >= 0)
                for (int32_t output : op.outputs)
                    give(output, at(op.inputs[i]), 0);
    }

    /// Only `tensor + constant` and `tensor - constant`.
    void addConstant(const Op& op) {
        const auto constant = op.input(1) < 0 ? std::nullopt : constantInts(m_graph, op.input(1));
        if (!constant || constant->size() != 1 || op.input(0) < 0 || op.output(0) < 0) return;
        give(op.output(0), at(op.input(0)),
             op.kind == OpKind::ADD ? constant->front() : -constant->front());
    }

    void give(int32_t tensor, const Sources& from, int64_t shift) {
        const Sources sources = from;  // `tensor` may own `from`
        for (const Source& source : sources)
            if (at(tensor).size() < kMostSources)
                at(tensor).push_back({source.input, source.shift + shift});
    }

    const Graph& m_graph;
    std::vector<Sources> m_sources;  ///< by tensor
    std::vector<std::optional<InputRange>> m_ranges;
};

}  // namespace

std::vector<std::optional<InputRange>> inputRanges(const Graph& graph) {
    return Tracer(graph).run();
}

}  // namespace analysis
