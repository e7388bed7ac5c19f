// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/run.h"

namespace runtime {
namespace {

struct PlainRunner : BlockRunner {
    Status runOp(const OpRecord& op, const Memory& memory) const {
        const Kernel kernel = kernels.find(op.kernel);
        return kernel == nullptr ? Status::MissingKernel : kernel(Call(program, memory, op, this));
    }
    Status runSteps(const Memory& memory, const Observer& observer) const {
        for (uint32_t i = 0, end = program.stepCount(); i < end; ++i) {
            const OpRecord& op = program.step(i);
            const Status status = runOp(op, memory);
            if (status != Status::Ok && status != Status::Skipped) return status;
            if (observer.afterOp != nullptr) observer.afterOp(observer.context, op);
            if (status == Status::Skipped) return status;
            if (observer.isStopped != nullptr && observer.isStopped(observer.context))
                return Status::Stopped;
        }
        return Status::Ok;
    }
    static Status runBlock(const BlockRunner& self, uint32_t block, const Memory& memory) {
        const auto& runner = static_cast<const PlainRunner&>(self);
        const Part ops = runner.program.block(block).ops;
        const OpRecord* op = runner.program.at<OpRecord>(ops.offset);
        for (const OpRecord* end = op + ops.count; op != end; ++op)
            if (const Status status = runner.runOp(*op, memory); status != Status::Ok)
                return status;
        return Status::Ok;
    }

    const Program& program;
    const KernelSet& kernels;
};

}  // namespace

Status run(const Program& program, const KernelSet& kernels, const Memory& memory,
           const Observer& observer) {
    if (program.magic != kProgramMagic || program.version != kProgramVersion)
        return Status::BadProgram;
    return PlainRunner{{PlainRunner::runBlock}, program, kernels}.runSteps(memory, observer);
}

void resetState(const Program& program, const Memory& memory) {
    for (uint32_t i = 0; i < program.tensors.count; ++i) {
        const TensorRecord& tensor = program.tensor(static_cast<int32_t>(i));
        if (tensor.place == Place::State)
            __builtin_memset(memory.state + tensor.offset, tensor.reset, tensor.bytes);
    }
}

}  // namespace runtime
