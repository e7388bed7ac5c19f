// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/check_bands.h"

#include "analysis/fold_constants.h"
#include "analysis/row_bands.h"
#include "runtime/kernels/overwriting.h"

namespace lowering {
namespace {

using types::BandBuffer;
using types::BandPlan;
using types::BandStep;
using types::Graph;
using types::Op;
using types::Result;
using types::RowSpan;
using Kind = BandStep::Kind;

/// Rows [first, end) of a tensor at an offset; a tensor that is no image has one row.
struct Piece {
    int32_t tensor;
    RowSpan rows;
    int64_t offset;
};

class Walk {
public:
    Walk(const Graph& graph, const BandPlan& plan, const std::vector<OpPlan>& ops,
         const RowCalls& rows)
        : m_graph(graph), m_plan(plan), m_ops(ops), m_rows(rows) {
        for (const BandBuffer& buffer : plan.buffers)
            if (buffer.tensor >= 0 && buffer.rows == 0) m_wholes[buffer.tensor] = buffer.offset;
        for (const BandBuffer& buffer : plan.buffers)
            if (buffer.tensor < 0) m_scratch[buffer.op].push_back(&buffer);
    }

    Result<void> run() {
        for (int32_t input : m_graph.inputs)
            if (m_wholes.contains(input))
                if (!write(whole(input))) return failed("lies outside the arena", -1);
        for (size_t i = 0; i < m_plan.steps.size(); ++i)
            if (auto done = follow(m_plan.steps[i], i); !done) return done;
        for (int32_t output : m_graph.outputs)
            if (m_wholes.contains(output) && !holds(whole(output)))
                return failed("loses a model output", -1);
        return {};
    }

private:
    /// A byte range of the arena with what it holds.
    struct Held {
        int64_t end;
        int32_t tensor, row;
    };

    int32_t rowCount(int32_t tensor) const {
        const auto& shape = m_graph.tensor(tensor).shape;
        return shape.size() == 4 && shape[0] == 1 ? shape[1] : 1;
    }
    int64_t rowSize(int32_t tensor) const {
        return m_graph.tensor(tensor).bytes() / rowCount(tensor);
    }
    Piece whole(int32_t tensor) const {
        return {tensor, {0, rowCount(tensor)}, m_wholes.at(tensor)};
    }
    int64_t endOf(const Piece& piece) const {
        return piece.offset + piece.rows.count() * rowSize(piece.tensor);
    }

    void forget(int64_t first, int64_t end) {
        auto it = m_held.upper_bound(first);
        if (it != m_held.begin() && std::prev(it)->second.end > first) --it;
        while (it != m_held.end() && it->first < end)
            it = m_held.erase(it);
    }
    bool write(const Piece& piece) {
        if (piece.offset < 0 || endOf(piece) > m_plan.arenaBytes) return false;
        const int64_t size = rowSize(piece.tensor);
        forget(piece.offset, endOf(piece));
        int64_t at = piece.offset;
        for (int32_t row = piece.rows.first; row < piece.rows.end; ++row, at += size)
            m_held[at] = {at + size, piece.tensor, row};
        return true;
    }
    bool holds(const Piece& piece) const {
        const int64_t size = rowSize(piece.tensor);
        int64_t at = piece.offset;
        for (int32_t row = piece.rows.first; row < piece.rows.end; ++row, at += size) {
            const auto held = m_held.find(at);
            if (held == m_held.end() || held->second.tensor != piece.tensor ||
                held->second.row != row)
                return false;
        }
        return true;
    }

    Result<void> failed(const std::string& what, int32_t op) const {
        return types::fail(
            "band plan " + what,
            op < 0 ? m_graph.name : types::opLabel(m_graph, static_cast<size_t>(op)));
    }

    Result<void> follow(const BandStep& step, size_t index) {
        if (step.kind == Kind::Move) {
            const Piece from{step.tensor, step.rows, step.places[0]};
            if (!holds(from)) return failed("moves rows that are not there", step.op);
            if (!write({step.tensor, step.rows, step.places[1]}))
                return failed("moves rows out of the arena", step.op);
            return {};
        }
        if (step.kind == Kind::Feed) {
            const bool isNext = step.rows.first == m_fed[step.tensor];
            m_fed[step.tensor] = step.rows.end;
            if (!isNext || !write({step.tensor, step.rows, step.places[0]}))
                return failed("feeds rows out of order or out of the arena", step.op);
            return {};
        }
        const auto op = static_cast<size_t>(step.op);
        if (step.kind == Kind::Operator) return followCall(step, m_ops[op], wholeInputs(step.op));
        return followCall(step, m_rows.calls[static_cast<size_t>(m_rows.callOf[index])],
                          rowInputs(step));
    }

    /// Per operand of the operator; tensor -1 where it does not lie in the arena.
    std::vector<Piece> wholeInputs(int32_t op) const {
        std::vector<Piece> pieces;
        for (int32_t tensor : m_graph.ops[static_cast<size_t>(op)].inputs)
            pieces.push_back(tensor >= 0 && m_wholes.contains(tensor) ? whole(tensor)
                                                                      : Piece{-1, {}, 0});
        return pieces;
    }
    std::vector<Piece> rowInputs(const BandStep& step) const {
        const Op& op = m_graph.ops[static_cast<size_t>(step.op)];
        std::vector<Piece> pieces = wholeInputs(step.op);
        const auto rule = analysis::rowRule(m_graph, op);
        for (size_t i : rule->inputs)
            pieces[i] = {op.inputs[i], rule->inputRows(step.rows, rowCount(op.inputs[i])),
                         step.places[i]};
        return pieces;
    }
    std::vector<Piece> outputsOf(const BandStep& step) const {
        const Op& op = m_graph.ops[static_cast<size_t>(step.op)];
        if (step.kind == Kind::Rows)
            return {{op.outputs[0], step.rows, step.places[op.inputs.size()]}};
        std::vector<Piece> pieces;
        for (int32_t tensor : op.outputs)
            if (m_wholes.contains(tensor)) pieces.push_back(whole(tensor));
        return pieces;
    }

    /// True where the kernel may write `output` while it reads operand `i` from `input`.
    bool mayShare(const OpPlan& plan, size_t i, const Piece& input, const Piece& output) const {
        if (endOf(output) <= input.offset || endOf(input) <= output.offset) return true;
        if (output.offset != input.offset || endOf(output) > endOf(input)) return false;
        for (size_t k = 0; k < plan.inputs.size(); ++k) {
            const auto row = m_rows.operandOf.find(plan.inputs[k]);
            const bool isIt =
                row != m_rows.operandOf.end() ? row->second == i : plan.inputs[k] == input.tensor;
            if (isIt && !runtime::mayOverwrite(static_cast<uint32_t>(plan.kernel),
                                               plan.params.data(), static_cast<uint32_t>(k)))
                return false;
        }
        return true;
    }

    Result<void> followCall(const BandStep& step, const OpPlan& plan,
                            const std::vector<Piece>& inputs) {
        const auto outputs = outputsOf(step);
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].tensor < 0) continue;
            if (!holds(inputs[i])) return failed("reads rows that are not there", step.op);
            for (const Piece& output : outputs)
                if (!mayShare(plan, i, inputs[i], output))
                    return failed("writes over rows while it reads them", step.op);
        }
        const auto& places = m_scratch[step.op];
        if (places.size() != plan.scratch.size()) return failed("lacks scratch", step.op);
        for (size_t i = 0; i < places.size(); ++i) {
            const BandBuffer* scratch = places[i];
            if (scratch->bytes < plan.scratch[i]) return failed("lacks scratch", step.op);
            const int64_t first = scratch->offset, end = first + scratch->bytes;
            const auto meets = [&](const Piece& piece) {
                return piece.tensor >= 0 && piece.offset < end && first < endOf(piece);
            };
            if (first < 0 || end > m_plan.arenaBytes || std::ranges::any_of(inputs, meets) ||
                std::ranges::any_of(outputs, meets))
                return failed("has scratch over operands", step.op);
            forget(first, end);
        }
        for (const Piece& output : outputs)
            if (!write(output)) return failed("writes outside the arena", step.op);
        return {};
    }

    const Graph& m_graph;
    const BandPlan& m_plan;
    const std::vector<OpPlan>& m_ops;
    const RowCalls& m_rows;
    std::map<int32_t, int64_t> m_wholes;  ///< offsets of whole tensors
    std::map<int32_t, std::vector<const BandBuffer*>> m_scratch;
    std::map<int64_t, Held> m_held;  ///< by offset
    std::map<int32_t, int32_t> m_fed;
};

bool isSound(const Graph& graph, const BandStep& step) {
    const auto isRowsOf = [&](int32_t tensor) {
        const auto& shape = graph.tensor(tensor).shape;
        return shape.size() == 4 && shape[0] == 1 && step.rows.first >= 0 && !step.rows.empty() &&
               step.rows.end <= shape[1];
    };
    if (step.op < 0 || static_cast<size_t>(step.op) >= graph.ops.size()) return false;
    const Op& op = graph.ops[static_cast<size_t>(step.op)];
    if (step.kind == Kind::Operator) return true;
    if (step.kind == Kind::Rows)
        return op.outputs.size() == 1 && isRowsOf(op.outputs[0]) &&
               step.places.size() == op.inputs.size() + 1;
    const bool hasTensor =
        step.tensor >= 0 && static_cast<size_t>(step.tensor) < graph.tensors.size();
    return hasTensor && isRowsOf(step.tensor) &&
           step.places.size() == (step.kind == Kind::Move ? 2U : 1U);
}

}  // namespace

Result<void> checkSteps(const Graph& graph, const BandPlan& plan) {
    const auto foreign = [&] { return types::fail("band plan is not of this graph", graph.name); };
    for (const BandStep& step : plan.steps)
        if (!isSound(graph, step)) return foreign();
    for (const BandBuffer& buffer : plan.buffers) {
        const bool isTensor = buffer.tensor >= 0;
        const auto index = static_cast<size_t>(isTensor ? buffer.tensor : buffer.op);
        if (index >= (isTensor ? graph.tensors.size() : graph.ops.size())) return foreign();
        if (buffer.offset % runtime::kAlignment != 0) return foreign();
    }
    if (plan.order.size() != graph.ops.size()) return foreign();
    std::vector<bool> seen(plan.order.size(), false);
    for (int32_t op : plan.order) {
        if (op < 0 || static_cast<size_t>(op) >= seen.size() || seen[static_cast<size_t>(op)])
            return foreign();
        seen[static_cast<size_t>(op)] = true;
    }
    return {};
}

Result<void> checkBands(const Graph& graph, const BandPlan& plan, const std::vector<OpPlan>& ops,
                        const RowCalls& rows) {
    return Walk(graph, plan, ops, rows).run();
}

}  // namespace lowering
