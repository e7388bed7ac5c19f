// SPDX-License-Identifier: GPL-3.0-or-later
// lower(), lowerBands(): build a Program: the main graph, then a block for each subgraph that it
// calls.
#include <algorithm>
#include <limits>
#include <set>

#include "analysis/fold_constants.h"
#include "lowering/band_calls.h"
#include "lowering/check_bands.h"
#include "lowering/check_plan.h"
#include "lowering/execution.h"
#include "lowering/model.h"
#include "lowering/program_draft.h"
#include "lowering/requirements.h"
#include "runtime/cortex_m/packed_kernels.h"

namespace lowering {
namespace {

using runtime::OpRecord;
using runtime::Place;
using runtime::TensorRecord;
using types::Graph;
using types::Result;

/// Lays out one subgraph: its tensors follow those that the draft has.
class Layout {
public:
    Layout(Model& model, size_t subgraph, const types::MemoryPlan& plan,
           const std::vector<OpPlan>& ops, ProgramDraft& draft,
           const types::BandPlan* bands = nullptr)
        : m_model(model),
          m_graph(model.graph(subgraph)),
          m_plan(plan),
          m_ops(ops),
          m_draft(draft),
          m_bands(bands),
          m_base(static_cast<int32_t>(draft.tensors.size())) {}

    Result<runtime::Block> run() {
        for (auto step : {&Layout::checkPlaces, &Layout::placeTensors, &Layout::placeScratch,
                          &Layout::appendOps})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        runtime::Block block;
        block.ops = m_draft.append(m_records);
        block.inputs = m_draft.append(shifted(m_graph.inputs));
        block.outputs = m_draft.append(shifted(m_graph.outputs));
        return block;
    }

private:
    /// Tensor indices in the Program; absent operands stay -1.
    std::vector<int32_t> shifted(std::vector<int32_t> tensors) const {
        for (int32_t& tensor : tensors)
            if (tensor >= 0) tensor += m_base;
        return tensors;
    }
    TensorRecord& recordOf(int32_t tensor) {
        return m_draft.tensors[static_cast<size_t>(m_base + tensor)];
    }

    Result<void> checkPlaces() {
        if (m_bands == nullptr) return checkPlan(m_graph, m_plan, m_ops);
        if (auto sound = checkSteps(m_graph, *m_bands); !sound) return sound;
        auto rows = prepareRows(m_graph, *m_bands, m_model.isa());
        if (!rows) return tl::unexpected(rows.error());
        m_rows = std::move(*rows);
        return checkBands(m_graph, *m_bands, m_ops, m_rows);
    }

    std::vector<bool> usedTensors() const {
        std::vector<bool> used(m_graph.tensors.size(), false);
        const auto mark = [&](const std::vector<int32_t>& tensors) {
            for (int32_t t : tensors)
                if (t >= 0) used[static_cast<size_t>(t)] = true;
        };
        for (size_t op = 0; op < m_graph.ops.size(); ++op) {
            mark(m_ops[op].inputs);
            mark(m_graph.ops[op].outputs);
        }
        mark(m_graph.inputs);
        mark(m_graph.outputs);
        return used;
    }

    Result<void> placeTensors() {
        if (m_plan.arenaBytes > kMaxMemoryBytes)
            return types::fail("needs an arena of " + std::to_string(m_plan.arenaBytes) +
                                   " bytes, at most 1 GiB is run",
                               m_graph.name);
        m_draft.tensors.resize(m_draft.tensors.size() + m_graph.tensors.size());
        for (const types::PlannedBuffer& buffer : m_plan.buffers)
            if (!buffer.isScratch()) recordOf(buffer.tensor) = place(buffer);
        for (int32_t input : m_graph.inputs)
            if (m_graph.isConstant(input))
                return types::fail("model input has constant data",
                                   types::tensorLabel(m_graph, input));
        for (size_t op = 0; op < m_ops.size(); ++op)
            if (m_ops[op].keepsOutput)
                m_kept.insert(m_graph.ops[op].outputs.begin(), m_graph.ops[op].outputs.end());
        const std::vector<bool> used = usedTensors();
        for (size_t t = 0; t < used.size(); ++t)
            if (used[t])
                if (auto placed = placeTensor(static_cast<int32_t>(t)); !placed) return placed;
        return {};
    }

    TensorRecord place(const types::PlannedBuffer& buffer) const {
        TensorRecord record;
        record.place = Place::Arena;
        record.offset = static_cast<uint32_t>(buffer.offset);
        record.bytes = static_cast<uint32_t>(buffer.requested);
        return record;
    }

    Result<void> placeTensor(int32_t index) {
        const types::Tensor& tensor = m_graph.tensor(index);
        TensorRecord& record = recordOf(index);
        const std::string where = types::tensorLabel(m_graph, index);
        record.type = static_cast<uint8_t>(tensor.type);
        record.bytes = static_cast<uint32_t>(tensor.bytes());
        const types::Bytes& data = m_graph.constantData(index);
        if (!data.empty()) {
            if (tensor.isVariable)
                return types::fail("variable tensor with initial data is not supported", where);
            if (tensor.isSparse || data.size() < record.bytes)
                return types::fail("constant with sparse data is not supported", where);
            record.place = Place::Constant;
            record.offset = m_draft.appendConstant(data, record.bytes);
        } else if (tensor.isVariable || m_kept.contains(index)) {
            return placeState(tensor, record, where);
        } else if (record.place == Place::Absent && record.bytes > 0 && m_bands == nullptr) {
            return types::fail("tensor has no place in the memory plan", where);
        }
        return {};
    }

    // TFLM initialises int8 state with its zero point, all other state with zero.
    Result<void> placeState(const types::Tensor& tensor, TensorRecord& record,
                            const std::string& where) {
        const bool isInt8 = tensor.type == types::DataType::Int8;
        const auto reset = static_cast<uint8_t>(isInt8 ? tensor.quantization.firstZeroPoint() : 0);
        auto placed = m_draft.stateRecord(record.bytes, reset, where);
        if (!placed) return tl::unexpected(placed.error());
        placed->type = record.type;
        record = *placed;
        return {};
    }

    Result<void> placeScratch() {
        m_scratch.resize(m_graph.ops.size());
        for (const types::PlannedBuffer& buffer : m_plan.buffers) {
            if (!buffer.isScratch()) continue;
            const auto op = static_cast<size_t>(m_plan.order[static_cast<size_t>(buffer.firstOp)]);
            m_scratch[op].push_back(m_draft.addTensor(place(buffer)));
        }
        for (size_t op = 0; op < m_ops.size(); ++op) {
            bool fits = m_scratch[op].size() == m_ops[op].scratch.size();
            for (size_t i = 0; fits && i < m_scratch[op].size(); ++i)
                fits = m_draft.tensors[static_cast<size_t>(m_scratch[op][i])].bytes >=
                       static_cast<uint64_t>(m_ops[op].scratch[i]);
            if (!fits) return types::fail("memory plan lacks scratch", types::opLabel(m_graph, op));
        }
        return {};
    }

    Result<void> appendOps() {
        if (m_bands != nullptr) return appendSteps();
        for (int32_t op : m_plan.order) {
            if (analysis::isFolded(m_graph, m_graph.ops[static_cast<size_t>(op)])) continue;
            if (auto done = appendOp(static_cast<size_t>(op)); !done) return done;
        }
        return {};
    }

    Result<void> appendOp(size_t index) {
        const OpPlan& plan = m_ops[index];
        std::vector<int32_t> operands = shifted(plan.inputs);
        if (plan.variable || plan.ownState > 0) {
            const auto state = stateOf(index);
            if (!state) return tl::unexpected(state.error());
            operands.push_back(*state);
        }
        OpRecord record;
        record.kernel = static_cast<uint16_t>(plan.kernel);
        record.graphOp = static_cast<uint32_t>(index);
        record.inputs = static_cast<uint16_t>(operands.size());
        const std::vector<int32_t> outputs = shifted(m_graph.ops[index].outputs);
        record.outputs = static_cast<uint16_t>(outputs.size());
        record.scratches = static_cast<uint16_t>(m_scratch[index].size());
        operands.insert(operands.end(), outputs.begin(), outputs.end());
        operands.insert(operands.end(), m_scratch[index].begin(), m_scratch[index].end());
        record.operands = m_draft.append(operands).offset;
        record.params = record.arrays = m_draft.append(plan.params).offset;
        m_draft.preparedBytes += plan.params.size();
        m_records.push_back(record);
        return {};
    }

    /// One op for each different call, and the list of steps.
    Result<void> appendSteps() {
        BandCalls calls(m_graph, m_rows, m_scratch, m_draft, m_records);
        std::vector<uint16_t> steps;
        for (size_t i = 0; i < m_bands->steps.size(); ++i) {
            const types::BandStep& step = m_bands->steps[i];
            if (step.kind == types::BandStep::Kind::Operator) {
                if (auto done = appendOp(static_cast<size_t>(step.op)); !done) return done;
                steps.push_back(static_cast<uint16_t>(m_records.size() - 1));
            } else {
                steps.push_back(calls.add(step, m_rows.callOf[i]));
            }
            if (m_records.size() > std::numeric_limits<uint16_t>::max())
                return types::fail("has more than 65,535 different calls in its bands",
                                   m_graph.name, "take fewer, or larger, bands");
        }
        m_draft.header.steps = m_draft.append(std::vector{m_draft.append(steps)}).offset;
        return {};
    }

    Result<int32_t> stateOf(size_t op) {
        if (const auto variable = m_ops[op].variable) {
            const auto& known = m_model.variables().all()[static_cast<size_t>(*variable)];
            return m_draft.variable(*variable, known.bytes(), known.reset);
        }
        const auto record = m_draft.stateRecord(m_ops[op].ownState, 0, types::opLabel(m_graph, op));
        if (!record) return tl::unexpected(record.error());
        return m_draft.addTensor(*record);
    }

    Model& m_model;
    const Graph& m_graph;
    const types::MemoryPlan& m_plan;
    const std::vector<OpPlan>& m_ops;
    ProgramDraft& m_draft;
    const types::BandPlan* const m_bands;  ///< null: each operator as a whole
    const int32_t m_base;                  ///< tensor 0 of the subgraph in the Program
    std::vector<OpRecord> m_records;
    std::vector<std::vector<int32_t>> m_scratch;  // per op: its scratch tensors
    std::set<int32_t> m_kept;                     // outputs that are state
    RowCalls m_rows;                              // of a plan in bands
};

/// Lays out every subgraph that operators call, directly or through others.
Result<void> layOutCalled(Model& model, const std::vector<OpPlan>& callers, ProgramDraft& draft) {
    std::vector<int32_t> open;
    std::set<int32_t> seen;
    std::vector<runtime::Block> blocks;
    const auto addCalled = [&](const std::vector<OpPlan>& ops) {
        for (const OpPlan& op : ops)
            for (int32_t block : op.blocks)
                if (seen.insert(block).second) open.push_back(block);
    };
    addCalled(callers);
    while (!open.empty()) {
        const int32_t index = open.back();
        open.pop_back();
        const auto& plan = model.block(index);
        if (!plan) return tl::unexpected(plan.error());
        auto block =
            Layout(model, static_cast<size_t>(index), plan->memory, plan->ops, draft).run();
        if (!block) return tl::unexpected(block.error());
        blocks.resize(std::max(blocks.size(), static_cast<size_t>(index) + 1));
        blocks[static_cast<size_t>(index)] = *block;
        addCalled(plan->ops);
    }
    if (!blocks.empty()) draft.header.blocks = draft.append(blocks);
    return {};
}

/// The parts of a band plan that a plan without bands has, too: whole tensors and scratch.
types::MemoryPlan wholesOf(const types::BandPlan& bands) {
    types::MemoryPlan plan;
    plan.order = bands.order;
    plan.arenaBytes = bands.arenaBytes;
    for (const types::BandBuffer& buffer : bands.buffers) {
        if (buffer.rows > 0) continue;
        types::PlannedBuffer whole;
        whole.tensor = buffer.tensor;
        whole.size = whole.requested = buffer.bytes;
        whole.offset = buffer.offset;
        const auto position = std::find(plan.order.begin(), plan.order.end(), buffer.op);
        if (whole.isScratch()) whole.firstOp = static_cast<int32_t>(position - plan.order.begin());
        plan.buffers.push_back(whole);
    }
    return plan;
}

/// `bands`: null for a plan of whole operators.
Result<Lowered> lowerWith(const Graph& original, const types::MemoryPlan& plan,
                          const types::BandPlan* bands, types::Isa isa) {
    const auto view = folded(original);
    const Graph& graph = view ? *view : original;
    Model model(graph, isa);
    const auto ops = model.planOps(0);
    if (!ops) return tl::unexpected(ops.error());
    ProgramDraft draft;
    const auto main = Layout(model, 0, plan, *ops, draft, bands).run();
    if (!main) return tl::unexpected(main.error());
    draft.header.ops = main->ops;
    draft.header.inputs = main->inputs;
    draft.header.outputs = main->outputs;
    if (auto done = layOutCalled(model, *ops, draft); !done) return tl::unexpected(done.error());
    draft.header.arenaBytes = static_cast<uint32_t>(plan.arenaBytes);
    if (isa != types::Isa::Portable) {
        draft.header.arenaBytes += runtime::kOverread;
        if (draft.header.stateBytes > 0) draft.header.stateBytes += runtime::kOverread;
    }
    draft.header.tensors = draft.append(draft.tensors);
    if (draft.size() > kMaxProgramBytes)
        return types::fail("program is larger than 2 GiB", graph.name);
    Lowered lowered;
    lowered.programBytes = draft.size();
    lowered.preparedBytes = draft.preparedBytes;
    lowered.words = draft.finish();
    return lowered;
}

}  // namespace

int64_t overreadBytes(types::Isa isa) {
    return isa == types::Isa::Portable ? 0 : runtime::kOverread;
}

Result<Lowered> lower(const Graph& graph, const types::MemoryPlan& plan, types::Isa isa) {
    return lowerWith(graph, plan, nullptr, isa);
}

Result<Lowered> lowerBands(const Graph& graph, const types::BandPlan& plan, types::Isa isa) {
    if (auto sound = checkSteps(graph, plan); !sound) return tl::unexpected(sound.error());
    return lowerWith(graph, wholesOf(plan), &plan, isa);
}

}  // namespace lowering
