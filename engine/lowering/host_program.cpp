// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/host_program.h"

#include <algorithm>

namespace lowering {

using runtime::OpRecord;
using runtime::Status;

std::shared_ptr<const HostProgram> HostProgram::make(const runtime::Program& program) {
    const std::shared_ptr<HostProgram> host(new HostProgram(program));
    for (uint32_t i = 0; i < program.ops.count; ++i) {
        const OpRecord& op = program.op(i);
        const runtime::FastPlan plan = runtime::planFast(program, op);
        Step step{&op, plan.kernel, nullptr, nullptr};
        if (op.kernel < runtime::kKernelCount)
            step.plain = runtime::referenceKernels().table[op.kernel];
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

Status HostProgram::run(const runtime::Memory& memory, uint8_t* workspace,
                        const runtime::Observer& observer) const {
    if (m_program.magic != runtime::kProgramMagic || m_program.version != runtime::kProgramVersion)
        return Status::BadProgram;
    for (const Step& step : m_steps) {
        const runtime::Call call(m_program, memory, *step.op);
        if (step.fast == nullptr && step.plain == nullptr) return Status::MissingKernel;
        const Status status =
            step.fast != nullptr ? step.fast({call, step.side, workspace}) : step.plain(call);
        if (status != Status::Ok) return status;
        if (observer.afterOp != nullptr) observer.afterOp(observer.context, *step.op);
    }
    return Status::Ok;
}

size_t HostProgram::fastOps() const {
    return static_cast<size_t>(std::count_if(
        m_steps.begin(), m_steps.end(), [](const Step& step) { return step.fast != nullptr; }));
}

}  // namespace lowering
