// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/host_program.h"

#include <algorithm>

namespace lowering {

using runtime::OpRecord;
using runtime::Status;

namespace {

Status missingKernel(const runtime::Call&) {
    return Status::MissingKernel;
}

}  // namespace

std::shared_ptr<const HostProgram> HostProgram::make(const runtime::Program& program) {
    const std::shared_ptr<HostProgram> host(new HostProgram(program));
    for (uint32_t i = 0; i < program.ops.count; ++i) {
        const OpRecord& op = program.op(i);
        const runtime::FastPlan plan = runtime::planFast(program, op);
        Step step{&op,     plan.kernel,      nullptr,
                  nullptr, host->m_operands, host->m_operands + op.inputs};
        host->m_operands += size_t{op.inputs} + op.outputs;
        const runtime::Kernel plain = runtime::referenceKernels().find(op.kernel);
        step.plain = plain != nullptr ? plain : missingKernel;
        if (plan.kernel != nullptr && plan.sideBytes > 0) {
            auto& side =
                host->m_sides.emplace_back((plan.sideBytes + sizeof(Line) - 1) / sizeof(Line));
            runtime::packFast(program, op, side.front().bytes);
            step.side = side.front().bytes;
            host->m_sideBytes += plan.sideBytes;
        }
        host->m_workspaceBytes = std::max(host->m_workspaceBytes, plan.workspaceBytes);
        host->m_steps.push_back(step);
    }
    return host;
}

std::vector<uint8_t*> HostProgram::addressesIn(const runtime::Memory& memory) const {
    std::vector<uint8_t*> addresses;
    addresses.reserve(m_operands);
    for (const Step& step : m_steps) {
        const auto* operands = m_program.at<int32_t>(step.op->operands);
        for (size_t i = 0; i < size_t{step.op->inputs} + step.op->outputs; ++i)
            addresses.push_back(runtime::addressOf(m_program, memory, operands[i]));
    }
    return addresses;
}

Status HostProgram::run(const Instance& instance, const runtime::Observer& observer) const {
    for (const Step& step : m_steps) {
        const runtime::Call call(m_program, instance.memory, *step.op);
        const Status status =
            step.fast != nullptr
                ? step.fast({call, step.side, instance.workspace, instance.addresses + step.inputs,
                             instance.addresses + step.outputs})
                : step.plain(call);
        if (status != Status::Ok) return status;
        if (observer.afterOp != nullptr) observer.afterOp(observer.context, *step.op);
        if (observer.isStopped != nullptr && observer.isStopped(observer.context))
            return Status::Stopped;
    }
    return Status::Ok;
}

}  // namespace lowering
