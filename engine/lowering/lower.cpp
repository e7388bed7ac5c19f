// SPDX-License-Identifier: GPL-3.0-or-later
// lower(): builds a Program. Parts are appended to one byte vector, 16-byte aligned; the header and
// the tables are filled in at the end.
#include <cstring>

#include "analysis/fold_constants.h"
#include "lowering/check_plan.h"
#include "lowering/execution.h"
#include "lowering/prepare/prepare.h"
#include "lowering/requirements.h"
#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/program.h"

namespace lowering {
namespace {

using runtime::OpRecord;
using runtime::Part;
using runtime::Place;
using runtime::Program;
using runtime::TensorRecord;
using types::Graph;
using types::Result;

/// Largest arena and state that are run; limits hostile files.
constexpr int64_t kMaxMemoryBytes = int64_t{1} << 30;
constexpr size_t kMaxProgramBytes = size_t{1} << 31;

class Blob {
public:
    Blob() : m_bytes(sizeof(Program)) {}

    uint32_t append(const void* data, size_t size) {
        const size_t at =
            (m_bytes.size() + runtime::kAlignment - 1) / runtime::kAlignment * runtime::kAlignment;
        m_bytes.resize(at + size);
        if (size > 0) std::memcpy(m_bytes.data() + at, data, size);
        return static_cast<uint32_t>(at);
    }
    template <typename Element>
    Part append(const std::vector<Element>& elements) {
        return {append(elements.data(), elements.size() * sizeof(Element)),
                static_cast<uint32_t>(elements.size())};
    }
    size_t size() const { return m_bytes.size(); }

    std::shared_ptr<const std::vector<uint64_t>> finish(Program header) {
        header.bytes = static_cast<uint32_t>(m_bytes.size());
        std::memcpy(m_bytes.data(), &header, sizeof header);
        auto words = std::make_shared<std::vector<uint64_t>>((m_bytes.size() + 7) / 8);
        std::memcpy(words->data(), m_bytes.data(), m_bytes.size());
        return words;
    }

private:
    std::vector<uint8_t> m_bytes;
};

class Layout {
public:
    Layout(const Graph& graph, const types::MemoryPlan& plan, types::Isa isa)
        : m_graph(graph), m_plan(plan), m_isa(isa) {}

    Result<Lowered> run() {
        for (auto step :
             {&Layout::planOps, &Layout::checkPlaces, &Layout::placeTensors, &Layout::placeScratch})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        std::vector<OpRecord> records;
        for (int32_t op : m_plan.order)
            if (!analysis::isFolded(m_graph, m_graph.ops[static_cast<size_t>(op)]))
                records.push_back(appendOp(static_cast<size_t>(op)));
        if (m_isa != types::Isa::Portable && m_header.stateBytes > 0)
            m_header.stateBytes += runtime::kOverread;
        m_header.tensors = m_blob.append(m_tensors);
        m_header.ops = m_blob.append(records);
        m_header.inputs = m_blob.append(m_graph.inputs);
        m_header.outputs = m_blob.append(m_graph.outputs);
        if (m_blob.size() > kMaxProgramBytes)
            return types::fail("program is larger than 2 GiB", m_graph.name);
        Lowered lowered;
        lowered.programBytes = m_blob.size();
        lowered.preparedBytes = m_preparedBytes;
        lowered.words = m_blob.finish(m_header);
        return lowered;
    }

private:
    Result<void> planOps() {
        for (size_t op = 0; op < m_graph.ops.size(); ++op) {
            auto plan = planOp(m_graph, op, m_isa);
            if (!plan) return tl::unexpected(plan.error());
            m_ops.push_back(std::move(*plan));
        }
        return checkWritten(m_graph);
    }

    Result<void> checkPlaces() { return checkPlan(m_graph, m_plan, m_ops); }

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
        m_header.arenaBytes = static_cast<uint32_t>(m_plan.arenaBytes);
        if (m_isa != types::Isa::Portable) m_header.arenaBytes += runtime::kOverread;
        m_tensors.resize(m_graph.tensors.size());
        for (const types::PlannedBuffer& buffer : m_plan.buffers)
            if (!buffer.isScratch()) m_tensors[static_cast<size_t>(buffer.tensor)] = place(buffer);
        for (int32_t input : m_graph.inputs)
            if (m_graph.isConstant(input))
                return types::fail("model input has constant data",
                                   types::tensorLabel(m_graph, input));
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
        TensorRecord& record = m_tensors[static_cast<size_t>(index)];
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
            record.offset = m_blob.append(data.data(), record.bytes);
        } else if (tensor.isVariable) {
            return placeState(tensor, record, where);
        } else if (record.place == Place::Absent && record.bytes > 0) {
            return types::fail("tensor has no place in the memory plan", where);
        }
        return {};
    }

    // TFLM initialises int8 state with its zero point, all other state with zero.
    Result<void> placeState(const types::Tensor& tensor, TensorRecord& record,
                            const std::string& where) {
        const int64_t end = int64_t{m_header.stateBytes} + record.bytes + runtime::kAlignment;
        if (end > kMaxMemoryBytes) return types::fail("needs more than 1 GiB of state", where);
        record.place = Place::State;
        record.offset = m_header.stateBytes;
        if (tensor.type == types::DataType::Int8)
            record.reset = static_cast<uint8_t>(tensor.quantization.firstZeroPoint());
        m_header.stateBytes =
            static_cast<uint32_t>(end) / runtime::kAlignment * runtime::kAlignment;
        return {};
    }

    Result<void> placeScratch() {
        m_scratch.resize(m_graph.ops.size());
        for (const types::PlannedBuffer& buffer : m_plan.buffers) {
            if (!buffer.isScratch()) continue;
            const auto op = static_cast<size_t>(m_plan.order[static_cast<size_t>(buffer.firstOp)]);
            m_scratch[op].push_back(static_cast<int32_t>(m_tensors.size()));
            m_tensors.push_back(place(buffer));
        }
        for (size_t op = 0; op < m_ops.size(); ++op) {
            bool fits = m_scratch[op].size() == m_ops[op].scratch.size();
            for (size_t i = 0; fits && i < m_scratch[op].size(); ++i)
                fits = m_tensors[static_cast<size_t>(m_scratch[op][i])].bytes >=
                       static_cast<uint64_t>(m_ops[op].scratch[i]);
            if (!fits) return types::fail("memory plan lacks scratch", types::opLabel(m_graph, op));
        }
        return {};
    }

    OpRecord appendOp(size_t index) {
        const OpPlan& plan = m_ops[index];
        const types::Op& op = m_graph.ops[index];
        OpRecord record;
        record.kernel = static_cast<uint16_t>(plan.kernel);
        record.graphOp = static_cast<uint32_t>(index);
        record.inputs = static_cast<uint16_t>(plan.inputs.size());
        record.outputs = static_cast<uint16_t>(op.outputs.size());
        record.scratches = static_cast<uint16_t>(m_scratch[index].size());
        std::vector<int32_t> operands = plan.inputs;
        operands.insert(operands.end(), op.outputs.begin(), op.outputs.end());
        operands.insert(operands.end(), m_scratch[index].begin(), m_scratch[index].end());
        record.operands = m_blob.append(operands).offset;
        record.params = m_blob.append(plan.params).offset;
        record.paramsBytes = static_cast<uint32_t>(plan.params.size());
        m_preparedBytes += plan.params.size();
        return record;
    }

    const Graph& m_graph;
    const types::MemoryPlan& m_plan;
    types::Isa m_isa;
    Blob m_blob;
    Program m_header;
    std::vector<OpPlan> m_ops;
    std::vector<TensorRecord> m_tensors;
    std::vector<std::vector<int32_t>> m_scratch;  // per op: its scratch tensors
    size_t m_preparedBytes = 0;
};

}  // namespace

Result<Lowered> lower(const Graph& graph, const types::MemoryPlan& plan, types::Isa isa) {
    const auto view = folded(graph);
    return Layout(view ? *view : graph, plan, isa).run();
}

}  // namespace lowering
