// SPDX-License-Identifier: GPL-3.0-or-later
#include "memory/operator_order.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <queue>
#include <set>

namespace memory {
namespace {

using types::Graph;
using OpSet = std::vector<bool>;

/// Operators whose effects do not show in their outputs keep their order among themselves.
bool hasSideEffects(types::OpKind kind) {
    using types::OpKind;
    switch (kind) {
        case OpKind::CALL_ONCE:
        case OpKind::IF:
        case OpKind::WHILE:
        case OpKind::READ_VARIABLE:
        case OpKind::ASSIGN_VARIABLE:
            return true;
        default:
            return types::isCustom(kind);
    }
}

/// No operator changes its side of one that may end the run.
bool maySkipTheRest(types::OpKind kind) {
    return kind == types::OpKind::CIRCULAR_BUFFER;
}

int64_t rounded(int64_t bytes) {
    return (bytes + 15) / 16 * 16;
}

/// How running an operator changes the bytes alive.
struct OpFacts {
    std::vector<size_t> before;  ///< operators that must have run
    std::vector<size_t> inputs;  ///< arena tensors, each once
    std::vector<size_t> givers;  ///< those inputs that its first output may overwrite
    int64_t firstBytes = 0;      ///< size of the first output
    int64_t outputBytes = 0;     ///< allocated while it runs
    int64_t scratchBytes = 0;
    int64_t unusedBytes = 0;  ///< outputs without a reader, freed right after it
};

class OrderProblem {
public:
    OrderProblem(const Graph& graph, const ScratchNeeds& scratch, const Overwritable& overwritable)
        : m_facts(graph.ops.size()),
          m_readers(graph.tensors.size()),
          m_bytes(graph.tensors.size()) {
        std::vector<int32_t> writer(graph.tensors.size(), -1);
        std::vector<int32_t> lastToucher(graph.tensors.size(), -1);
        std::set<int32_t> kept(graph.outputs.begin(), graph.outputs.end());
        for (size_t i = 0; i < graph.ops.size(); ++i)
            collectReaders(graph, i);
        for (int32_t t : graph.inputs)
            m_start += arenaBytes(graph, t);
        int32_t lastEffect = -1;
        std::optional<size_t> lastEnd;
        for (size_t i = 0; i < graph.ops.size(); ++i) {
            OpFacts& facts = m_facts[i];
            for (int32_t t : graph.ops[i].inputs) {
                if (t < 0) continue;
                if (writer[index(t)] >= 0) facts.before.push_back(index(writer[index(t)]));
                if (!graph.tensor(t).isVariable) continue;
                if (lastToucher[index(t)] >= 0)
                    facts.before.push_back(index(lastToucher[index(t)]));
                lastToucher[index(t)] = static_cast<int32_t>(i);
            }
            if (hasSideEffects(graph.ops[i].kind)) {
                if (lastEffect >= 0) facts.before.push_back(index(lastEffect));
                lastEffect = static_cast<int32_t>(i);
            }
            if (lastEnd) facts.before.push_back(*lastEnd);
            if (maySkipTheRest(graph.ops[i].kind)) {
                for (size_t earlier = lastEnd.value_or(0); earlier < i; ++earlier)
                    facts.before.push_back(earlier);
                lastEnd = i;
            }
            for (int32_t t : graph.ops[i].outputs) {
                writer[index(t)] = static_cast<int32_t>(i);
                facts.outputBytes += arenaBytes(graph, t);
                if (m_readers[index(t)].empty() && !kept.contains(t))
                    facts.unusedBytes += arenaBytes(graph, t);
            }
            for (int64_t bytes : scratch[i])
                facts.scratchBytes += rounded(bytes);
        }
        // A model output is never freed: it has no last reader.
        for (int32_t t : graph.outputs)
            m_bytes[index(t)] = 0;
        for (size_t i = 0; i < overwritable.size(); ++i)
            collectGivers(graph, i, overwritable[i]);
    }

    size_t size() const { return m_facts.size(); }
    int64_t startBytes() const { return m_start; }

    bool canRun(const OpSet& done, size_t op) const {
        const auto& before = m_facts[op].before;
        return !done[op] && std::all_of(before.begin(), before.end(),
                                        [&](size_t earlier) { return done[earlier]; });
    }
    int64_t peakOf(int64_t alive, const OpSet& done, size_t op) const {
        const OpFacts& facts = m_facts[op];
        const bool inPlace = std::any_of(facts.givers.begin(), facts.givers.end(),
                                         [&](size_t t) { return isLastReader(done, op, t); });
        return alive + facts.outputBytes + facts.scratchBytes - (inPlace ? facts.firstBytes : 0);
    }
    /// Bytes alive after `op` ran; `done` does not contain `op` yet.
    int64_t aliveAfter(int64_t alive, const OpSet& done, size_t op) const {
        const OpFacts& facts = m_facts[op];
        alive += facts.outputBytes - facts.unusedBytes;
        for (size_t t : facts.inputs) {
            if (isLastReader(done, op, t)) alive -= m_bytes[t];
        }
        return alive;
    }

private:
    static size_t index(int32_t i) { return static_cast<size_t>(i); }

    static int64_t arenaBytes(const Graph& graph, int32_t t) {
        const bool elsewhere = graph.isConstant(t) || graph.tensor(t).isVariable ||
                               graph.tensor(t).externalBuffer != 0;
        return elsewhere ? 0 : rounded(graph.tensor(t).bytes());
    }

    bool isLastReader(const OpSet& done, size_t op, size_t tensor) const {
        return std::all_of(m_readers[tensor].begin(), m_readers[tensor].end(),
                           [&](size_t reader) { return reader == op || done[reader]; });
    }

    /// Same conditions as markOverwrites(), except the last reader, which depends on the order.
    void collectGivers(const Graph& graph, size_t op, const std::vector<int32_t>& overwritable) {
        if (graph.ops[op].outputs.empty()) return;
        OpFacts& facts = m_facts[op];
        facts.firstBytes = arenaBytes(graph, graph.ops[op].outputs[0]);
        for (int32_t t : overwritable)
            if (m_bytes[index(t)] > 0 && m_bytes[index(t)] >= facts.firstBytes)
                facts.givers.push_back(index(t));
    }

    void collectReaders(const Graph& graph, size_t op) {
        for (int32_t t : graph.ops[op].inputs) {
            if (t < 0 || arenaBytes(graph, t) == 0) continue;
            auto& inputs = m_facts[op].inputs;
            if (std::find(inputs.begin(), inputs.end(), index(t)) != inputs.end()) continue;
            inputs.push_back(index(t));
            m_readers[index(t)].push_back(op);
            m_bytes[index(t)] = arenaBytes(graph, t);
        }
    }

    std::vector<OpFacts> m_facts;
    std::vector<std::vector<size_t>> m_readers;  ///< per tensor
    std::vector<int64_t> m_bytes;                ///< per tensor: freed after its last reader
    int64_t m_start = 0;
};

/// A set of executed operators, with the best known path to it.
struct State {
    OpSet done;
    size_t count = 0;
    int64_t alive = 0, peak = 0;
    int32_t parent = -1, op = -1;
};

/// Dijkstra's search, with the peak of a path as its length. That works because
/// - what is alive depends on the set of executed operators, not on their order: every output of
///   the set but those whose readers are all in it. So does the peak of the next operator;
/// - a peak never falls along a path. States therefore leave the queue by rising peaks, the first
///   one of a set is its best (m_expanded drops the others), and the first complete set is the best
///   order.
/// Every order passes through a state that is still queued, so the peak that left the queue last
/// bounds all of them, also where the search is cut short. There may be 2^n sets: maxStates of n
/// bits each are kept, and a greedy walk of O(n^2) steps from the largest set ends the rest.
class OrderSearch {
public:
    OrderSearch(const OrderProblem& problem, size_t maxStates)
        : m_problem(problem), m_maxStates(maxStates) {}

    OperatorOrder run() {
        State start;
        start.done.resize(m_problem.size());
        start.alive = start.peak = m_problem.startBytes();
        push(std::move(start));
        int64_t bound = 0;
        size_t deepest = 0;
        while (!m_queue.empty()) {
            const size_t current = m_queue.top();
            m_queue.pop();
            bound = m_states[current].peak;
            if (m_states[current].count > m_states[deepest].count) deepest = current;
            if (m_states[current].count == m_problem.size()) return finish(current, bound);
            if (m_states.size() >= m_maxStates) return finish(finishGreedily(deepest), bound);
            expand(current);
        }
        return finish(deepest, bound);
    }

private:
    /// Smallest peak first; of equal peaks the longest path, which is closest to the end.
    struct Later {
        const std::vector<State>* states;
        bool operator()(size_t a, size_t b) const {
            const State &x = (*states)[a], &y = (*states)[b];
            return x.peak != y.peak ? x.peak > y.peak : x.count < y.count;
        }
    };

    State next(size_t from, size_t op) const {
        const State& state = m_states[from];
        State result{state.done,
                     state.count + 1,
                     m_problem.aliveAfter(state.alive, state.done, op),
                     std::max(state.peak, m_problem.peakOf(state.alive, state.done, op)),
                     static_cast<int32_t>(from),
                     static_cast<int32_t>(op)};
        result.done[op] = true;
        return result;
    }

    void push(State state) {
        // A set is queued once per path that reaches it; the first one dequeued is the best.
        m_states.push_back(std::move(state));
        m_queue.push(m_states.size() - 1);
    }

    void expand(size_t current) {
        if (!m_expanded.insert(m_states[current].done).second) return;
        for (size_t op = 0; op < m_problem.size(); ++op)
            if (m_problem.canRun(m_states[current].done, op)) push(next(current, op));
    }

    size_t finishGreedily(size_t from) {
        while (m_states[from].count < m_problem.size()) {
            State best;
            for (size_t op = 0; op < m_problem.size(); ++op) {
                if (!m_problem.canRun(m_states[from].done, op)) continue;
                State candidate = next(from, op);
                const bool better = best.op < 0 || std::pair(candidate.peak, candidate.alive) <
                                                       std::pair(best.peak, best.alive);
                if (better) best = std::move(candidate);
            }
            m_states.push_back(std::move(best));
            from = m_states.size() - 1;
        }
        return from;
    }

    OperatorOrder finish(size_t last, int64_t bound) const {
        OperatorOrder result;
        result.peakBytes = m_states[last].peak;
        result.boundBytes = bound;
        for (auto at = static_cast<int32_t>(last); m_states[static_cast<size_t>(at)].op >= 0;
             at = m_states[static_cast<size_t>(at)].parent)
            result.order.push_back(m_states[static_cast<size_t>(at)].op);
        std::reverse(result.order.begin(), result.order.end());
        return result;
    }

    const OrderProblem& m_problem;
    size_t m_maxStates;
    std::vector<State> m_states;
    std::set<OpSet> m_expanded;
    std::priority_queue<size_t, std::vector<size_t>, Later> m_queue{Later{&m_states}};
};

/// The order of the file, with its peak.
OperatorOrder fileOrder(const Graph& graph, const ScratchNeeds& scratch,
                        const Overwritable& overwritable) {
    OperatorOrder result;
    result.order.resize(graph.ops.size());
    std::iota(result.order.begin(), result.order.end(), 0);
    auto buffers = plannedBuffers(graph, scratch);
    markOverwrites(graph, overwritable, Giver::OldestInput, buffers);
    result.peakBytes = lowerBound(buffers, static_cast<int32_t>(graph.ops.size()));
    return result;
}

}  // namespace

OperatorOrder searchOrder(const Graph& graph, const ScratchNeeds& scratch,
                          const Overwritable& overwritable, size_t maxStates) {
    const OrderProblem problem(graph, scratch, overwritable);
    OperatorOrder found = OrderSearch(problem, maxStates).run();
    OperatorOrder asIs = fileOrder(graph, scratch, overwritable);
    if (found.peakBytes < asIs.peakBytes) return found;
    // Keep the file's order unless the search found a lower peak.
    asIs.boundBytes = std::min(found.boundBytes, asIs.peakBytes);
    return asIs;
}

Graph withOrder(const Graph& graph, const std::vector<int32_t>& order) {
    Graph result = graph;
    result.original = {};
    for (size_t i = 0; i < order.size(); ++i)
        result.ops[i] = graph.ops[static_cast<size_t>(order[i])];
    return result;
}

ScratchNeeds withOrder(const ScratchNeeds& scratch, const std::vector<int32_t>& order) {
    ScratchNeeds result;
    for (int32_t op : order)
        result.push_back(scratch[static_cast<size_t>(op)]);
    return result;
}

}  // namespace memory
