// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/band_calls.h"

#include <algorithm>

#include "analysis/row_bands.h"
#include "runtime/kernels/feed_rows.h"

namespace lowering {

using runtime::OpRecord;
using types::BandStep;
using types::Tensor;

uint16_t BandCalls::add(const BandStep& step, int32_t call) {
    OpRecord record;
    record.graphOp = static_cast<uint32_t>(step.op);
    record.outputs = 1;
    std::vector<int32_t> operands;
    if (step.kind == BandStep::Kind::Rows) {
        operands = rowOperands(step, call);
        const OpPlan& plan = planOf(call);
        const ParamBlocks& blocks = paramsOf(call, step.op);
        record.kernel = static_cast<uint16_t>(plan.kernel);
        record.inputs = static_cast<uint16_t>(plan.inputs.size());
        record.scratches = static_cast<uint16_t>(operands.size() - plan.inputs.size() - 1);
        record.params = blocks.params;
        record.arrays = blocks.arrays;
    } else {
        const int64_t bytes = step.rows.count() * analysis::rowBytes(m_graph.tensor(step.tensor));
        for (int64_t place : step.places)
            operands.push_back(partAt(place, bytes));
        const bool isMove = step.kind == BandStep::Kind::Move;
        record.kernel =
            static_cast<uint16_t>(isMove ? runtime::KernelId::Copy : runtime::KernelId::FeedRows);
        record.inputs = isMove ? 1 : 0;
        if (!isMove) record.params = record.arrays = feedParams(step.tensor);
    }
    const auto [known, isNew] =
        m_known.try_emplace({record.graphOp, record.kernel, record.params, operands},
                            static_cast<uint16_t>(m_ops.size()));
    if (isNew) {
        record.operands = m_draft.append(operands).offset;
        m_ops.push_back(record);
    }
    return known->second;
}

std::vector<int32_t> BandCalls::rowOperands(const BandStep& step, int32_t call) {
    const types::Op& op = m_graph.ops[static_cast<size_t>(step.op)];
    const auto rule = analysis::rowRule(m_graph, op);
    std::vector<int32_t> operands;
    for (int32_t tensor : planOf(call).inputs) {
        const auto row = m_rows.operandOf.find(tensor);
        if (row == m_rows.operandOf.end()) {
            operands.push_back(tensor);
            continue;
        }
        const Tensor& image = m_graph.tensor(op.inputs[row->second]);
        const auto rows = rule->inputRows(step.rows, image.shape[1]);
        operands.push_back(
            partAt(step.places[row->second], rows.count() * analysis::rowBytes(image)));
    }
    const int64_t written = step.rows.count() * analysis::rowBytes(m_graph.tensor(op.outputs[0]));
    operands.push_back(partAt(step.places.back(), written));
    const auto& scratch = m_scratch[static_cast<size_t>(step.op)];
    operands.insert(operands.end(), scratch.begin(), scratch.end());
    return operands;
}

const BandCalls::ParamBlocks& BandCalls::paramsOf(int32_t call, int32_t op) {
    const auto [known, isNew] = m_params.try_emplace(call, ParamBlocks{0, 0});
    if (!isNew) return known->second;
    const int32_t first = m_firstCalls.try_emplace(op, call).first->second;
    const std::vector<uint8_t>& params = planOf(call).params;
    const bool isShared = sharesArrays(call, first);
    const size_t bytes = isShared ? sharedStructBytes(planOf(call).kernel) : params.size();
    known->second.params = m_draft.append(params.data(), bytes);
    known->second.arrays = isShared ? m_params.at(first).params : known->second.params;
    m_draft.preparedBytes += bytes;
    return known->second;
}

bool BandCalls::sharesArrays(int32_t call, int32_t first) const {
    const OpPlan &own = planOf(call), &other = planOf(first);
    const auto structBytes = static_cast<ptrdiff_t>(sharedStructBytes(own.kernel));
    return call != first && structBytes > 0 && own.kernel == other.kernel &&
           own.params.size() == other.params.size() &&
           std::equal(own.params.begin() + structBytes, own.params.end(),
                      other.params.begin() + structBytes);
}

uint32_t BandCalls::feedParams(int32_t tensor) {
    const auto [known, isNew] = m_feeds.try_emplace(tensor, 0);
    if (!isNew) return known->second;
    const auto input = std::ranges::find(m_graph.inputs, tensor) - m_graph.inputs.begin();
    const runtime::FeedParams params{static_cast<uint32_t>(input)};
    return known->second = m_draft.append(&params, sizeof params);
}

/// The tensor of some rows in the arena.
int32_t BandCalls::partAt(int64_t offset, int64_t bytes) {
    const auto [known, isNew] = m_parts.try_emplace({offset, bytes}, 0);
    if (!isNew) return known->second;
    runtime::TensorRecord record;
    record.place = runtime::Place::Arena;
    record.offset = static_cast<uint32_t>(offset);
    record.bytes = static_cast<uint32_t>(bytes);
    return known->second = m_draft.addTensor(record);
}

}  // namespace lowering
