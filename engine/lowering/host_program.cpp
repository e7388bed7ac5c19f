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

/// No region starts here.
constexpr uint8_t kNowhere[1] = {};

}  // namespace

std::shared_ptr<const HostProgram> HostProgram::make(const runtime::Program& program) {
    const std::shared_ptr<HostProgram> host(new HostProgram(program));
    host->m_main = host->addSteps(program.ops);
    for (uint32_t i = 0; i < program.blocks.count; ++i)
        host->m_blocks.push_back(host->addSteps(program.block(i).ops));
    return host;
}

HostProgram::Range HostProgram::addSteps(runtime::Part ops) {
    Range range{m_steps.size(), m_steps.size() + ops.count};
    for (uint32_t i = 0; i < ops.count; ++i) {
        const OpRecord& op = m_program.at<OpRecord>(ops.offset)[i];
        const runtime::FastPlan plan = runtime::planFast(m_program, op);
        Step step{&op, plan.kernel, nullptr, nullptr, m_operands, m_operands + op.inputs};
        m_operands += size_t{op.inputs} + op.outputs;
        const runtime::Kernel plain = runtime::referenceKernels().find(op.kernel);
        step.plain = plain != nullptr ? plain : missingKernel;
        if (plan.kernel != nullptr && plan.sideBytes > 0) {
            auto& side = m_sides.emplace_back((plan.sideBytes + sizeof(Line) - 1) / sizeof(Line));
            runtime::packFast(m_program, op, side.front().bytes);
            step.side = side.front().bytes;
            m_sideBytes += plan.sideBytes;
        }
        m_workspaceBytes = std::max(m_workspaceBytes, plan.workspaceBytes);
        m_steps.push_back(step);
    }
    return range;
}

HostProgram::Addresses HostProgram::addressesIn(const runtime::Memory& memory) const {
    Addresses addresses{std::vector<uint8_t*>(m_operands, nullptr),
                        std::vector<const uint8_t*>(m_blocks.size(), kNowhere)};
    findAddresses(m_main, memory, addresses.operands.data());
    return addresses;
}

void HostProgram::findAddresses(Range range, const runtime::Memory& memory,
                                uint8_t** addresses) const {
    for (size_t i = range.first; i < range.end; ++i) {
        const Step& step = m_steps[i];
        const auto* operands = m_program.at<int32_t>(step.op->operands);
        for (size_t n = 0; n < size_t{step.op->inputs} + step.op->outputs; ++n)
            addresses[step.inputs + n] = runtime::addressOf(m_program, memory, operands[n]);
    }
}

struct HostProgram::Runner : runtime::BlockRunner {
    Status runSteps(Range range, const runtime::Memory& memory,
                    const runtime::Observer& observer) const {
        uint8_t* const* addresses = instance.addresses->operands.data();
        for (size_t i = range.first; i < range.end; ++i) {
            const Step& step = host.m_steps[i];
            const runtime::Call call(host.m_program, memory, *step.op, this);
            const Status status =
                step.fast != nullptr
                    ? step.fast({call, step.side, instance.workspace, addresses + step.inputs,
                                 addresses + step.outputs})
                    : step.plain(call);
            if (status != Status::Ok && status != Status::Skipped) return status;
            if (observer.afterOp != nullptr) observer.afterOp(observer.context, *step.op);
            if (status == Status::Skipped) return status;
            if (observer.isStopped != nullptr && observer.isStopped(observer.context))
                return Status::Stopped;
        }
        return Status::Ok;
    }

    static Status runBlock(const BlockRunner& self, uint32_t block, const runtime::Memory& memory) {
        const auto& runner = static_cast<const Runner&>(self);
        Addresses& addresses = *runner.instance.addresses;
        if (addresses.regions[block] != memory.arena) {
            addresses.regions[block] = memory.arena;
            runner.host.findAddresses(runner.host.m_blocks[block], memory,
                                      addresses.operands.data());
        }
        return runner.runSteps(runner.host.m_blocks[block], memory, {});
    }

    const HostProgram& host;
    const Instance& instance;
};

Status HostProgram::run(const Instance& instance, const runtime::Observer& observer) const {
    return Runner{{Runner::runBlock}, *this, instance}.runSteps(m_main, instance.memory, observer);
}

}  // namespace lowering
