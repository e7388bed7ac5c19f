// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/bands.h"

#include <tuple>

#include "analysis/constants.h"
#include "analysis/row_bands.h"
#include "lowering/model.h"
#include "lowering/prepare/prepare.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/kernels/convolution.h"

namespace lowering {
namespace {

using analysis::RowRule;
using types::BandStep;
using types::Graph;
using types::Op;
using types::Result;
using types::RowSpan;
using types::Tensor;

/// A graph with one operator for each different call, and images of its rows.
class RowGraph {
public:
    explicit RowGraph(const Graph& graph) : m_source(graph), m_graph(graph) {
        m_graph.ops.clear();
        m_graph.inputs.clear();
        m_graph.outputs.clear();
    }

    Result<int32_t> callOf(const BandStep& step) {
        const Op& op = m_source.ops[static_cast<size_t>(step.op)];
        const auto rule = analysis::rowRule(m_source, op);
        if (!rule)
            return types::fail("does not compute rows",
                               types::opLabel(m_source, static_cast<size_t>(step.op)));
        const int32_t height = m_source.tensor(op.inputs[rule->inputs[0]]).shape[1];
        const Key key{step.op, step.rows.count(), rule->inputRows(step.rows, height).count(),
                      rule->paddingAbove(step.rows)};
        const auto [row, isNew] = m_calls.try_emplace(key, static_cast<int32_t>(m_calls.size()));
        if (isNew) add(op, *rule, step.rows);
        return row->second;
    }

    Result<std::vector<OpPlan>> plan(types::Isa isa) const {
        Model model(m_graph, isa, m_paddings);
        std::vector<OpPlan> plans;
        for (size_t op = 0; op < m_graph.ops.size(); ++op) {
            auto plan = planOp(model, 0, op);
            if (!plan) return tl::unexpected(plan.error());
            plans.push_back(std::move(*plan));
        }
        return plans;
    }

    std::map<int32_t, size_t> operandOf;

private:
    /// Operator, rows of the output and of the inputs, padding above.
    using Key = std::tuple<int32_t, int32_t, int32_t, int32_t>;

    void add(const Op& source, const RowRule& rule, RowSpan rows) {
        Op op = source;
        for (size_t i : rule.inputs) {
            const Tensor& image = m_source.tensor(source.inputs[i]);
            op.inputs[i] = addImage(image, rule.inputRows(rows, image.shape[1]).count());
            operandOf[op.inputs[i]] = i;
        }
        op.outputs[0] = addImage(m_source.tensor(source.outputs[0]), rows.count());
        if (source.kind == types::OpKind::PAD || source.kind == types::OpKind::PADV2) {
            const int32_t height = m_source.tensor(source.inputs[0]).shape[1];
            op.inputs[1] = addPaddings(source.inputs[1], rule, rows, height);
        }
        m_paddings.push_back(rule.paddingAbove(rows));
        m_graph.ops.push_back(std::move(op));
    }

    int32_t addImage(const Tensor& image, int32_t rows) {
        Tensor part = image;
        part.shape[1] = rows;
        part.shapeSignature.clear();
        part.isFilledIn = false;
        m_graph.tensors.push_back(std::move(part));
        return static_cast<int32_t>(m_graph.tensors.size() - 1);
    }

    int32_t addPaddings(int32_t paddings, const RowRule& rule, RowSpan rows, int32_t height) {
        auto values = *analysis::constantInts(m_source, paddings);
        const int32_t inside = rule.inputRows(rows, height).count();
        values[2] = std::min(rule.paddingAbove(rows), rows.count() - inside);
        values[3] = rows.count() - inside - values[2];
        std::vector<uint8_t> bytes(values.size() * sizeof(int64_t));
        __builtin_memcpy(bytes.data(), values.data(), bytes.size());
        m_graph.buffers.emplace_back(std::move(bytes));
        Tensor tensor = m_source.tensor(paddings);
        tensor.type = types::DataType::Int64;
        tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size() - 1);
        m_graph.tensors.push_back(std::move(tensor));
        return static_cast<int32_t>(m_graph.tensors.size() - 1);
    }

    const Graph& m_source;
    Graph m_graph;
    std::map<Key, int32_t> m_calls;
    std::vector<int32_t> m_paddings;
};

}  // namespace

Result<RowCalls> prepareRows(const Graph& graph, const types::BandPlan& plan, types::Isa isa) {
    RowGraph rows(graph);
    RowCalls result;
    for (const BandStep& step : plan.steps) {
        result.callOf.push_back(-1);
        if (step.kind != BandStep::Kind::Rows) continue;
        const auto call = rows.callOf(step);
        if (!call) return tl::unexpected(call.error());
        result.callOf.back() = *call;
    }
    auto calls = rows.plan(isa);
    if (!calls) return tl::unexpected(calls.error());
    result.calls = std::move(*calls);
    result.operandOf = std::move(rows.operandOf);
    return result;
}

size_t sharedStructBytes(runtime::KernelId kernel) {
    const auto aligned = [](size_t bytes) {
        return (bytes + runtime::kAlignment - 1) / runtime::kAlignment * runtime::kAlignment;
    };
    using runtime::KernelId;
    switch (static_cast<runtime::PackedKernel>(kernel)) {
        case runtime::PackedKernel::PackedConvInt8:
        case runtime::PackedKernel::PackedConvInt16:
            return aligned(sizeof(runtime::PackedConvParams));
        case runtime::PackedKernel::PackedDepthwiseInt8:
        case runtime::PackedKernel::PackedDepthwiseInt16:
            return aligned(sizeof(runtime::PackedDepthwiseParams));
        default:
            break;
    }
    switch (kernel) {
        case KernelId::ConvInt8:
        case KernelId::ConvInt4:
        case KernelId::ConvInt16:
        case KernelId::ConvInt16Wide:
        case KernelId::DepthwiseConvInt8:
        case KernelId::DepthwiseConvInt4:
        case KernelId::DepthwiseConvInt16:
            return aligned(sizeof(runtime::ConvParams));
        default:
            return 0;
    }
}

}  // namespace lowering
