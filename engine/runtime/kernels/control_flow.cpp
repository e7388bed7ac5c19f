// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/control_flow.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

void copyBytes(void* to, const void* from, uint32_t bytes) {
    if (bytes > 0) __builtin_memcpy(to, from, bytes);
}

/// A block as the operator that calls it sees it.
class CalledBlock {
public:
    CalledBlock(const Call& call, uint32_t block)
        : m_call(call),
          m_index(block),
          m_block(call.program().block(block)),
          m_memory{call.scratchCount() > 0 ? call.scratch<uint8_t>() : call.memory().arena,
                   call.memory().state} {}

    template <typename Source>
    void setInputs(Source source) const {
        const auto* inputs = m_call.program().at<int32_t>(m_block.inputs.offset);
        for (uint32_t i = 0; i < m_block.inputs.count; ++i)
            copyBytes(address(inputs[i]), source(i), bytes(inputs[i]));
    }
    Status run() const { return m_call.runBlock(m_index, m_memory); }
    void copyOutputs() const {
        for (uint32_t i = 0; i < m_block.outputs.count; ++i)
            copyBytes(m_call.output<uint8_t>(i), output(i), bytes(outputs()[i]));
    }
    const uint8_t* output(uint32_t i) const { return address(outputs()[i]); }

private:
    const int32_t* outputs() const { return m_call.program().at<int32_t>(m_block.outputs.offset); }
    uint8_t* address(int32_t tensor) const { return addressOf(m_call.program(), m_memory, tensor); }
    uint32_t bytes(int32_t tensor) const { return m_call.program().tensor(tensor).bytes; }

    const Call& m_call;
    const uint32_t m_index;
    const Block& m_block;
    const Memory m_memory;
};

}  // namespace

Status callOnce(const Call& call) {
    uint8_t& done = *call.state<uint8_t>(0);
    if (done != 0) return Status::Ok;
    const Status status = CalledBlock(call, call.params<ControlFlowParams>().first).run();
    if (status == Status::Ok) done = 1;
    return status;
}

Status ifElse(const Call& call) {
    const auto& p = call.params<ControlFlowParams>();
    const CalledBlock branch(call, *call.input<uint8_t>(0) != 0 ? p.first : p.second);
    branch.setInputs([&](uint32_t i) { return call.input<uint8_t>(i + 1); });
    const Status status = branch.run();
    if (status == Status::Ok) branch.copyOutputs();
    return status;
}

Status whileLoop(const Call& call) {
    if (call.runner() == nullptr) return Status::BadProgram;
    const auto& p = call.params<ControlFlowParams>();
    const CalledBlock condition(call, p.first), body(call, p.second);
    const auto variable = [&](uint32_t i) { return call.output<uint8_t>(i); };
    for (uint32_t i = 0; i < call.outputCount(); ++i)
        if (variable(i) != call.input<uint8_t>(i))
            copyBytes(variable(i), call.input<uint8_t>(i), call.outputBytes(i));
    for (;;) {
        condition.setInputs(variable);
        Status status = condition.run();
        if (status != Status::Ok || *condition.output(0) == 0) return status;
        if (++call.runner()->rounds > kMaxRounds) return Status::EndlessLoop;
        body.setInputs(variable);
        status = body.run();
        if (status != Status::Ok) return status;
        body.copyOutputs();
    }
}

Status readVariable(const Call& call) {
    copyBytes(call.output<uint8_t>(), call.input<uint8_t>(0), call.params<VariableParams>().bytes);
    return Status::Ok;
}

Status assignVariable(const Call& call) {
    copyBytes(call.state<uint8_t>(1), call.input<uint8_t>(0), call.params<VariableParams>().bytes);
    return Status::Ok;
}

}  // namespace runtime
