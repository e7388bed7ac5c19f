// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/run.h"

namespace runtime {

Status run(const Program& program, const KernelSet& kernels, const Memory& memory,
           const Observer& observer) {
    if (program.magic != kProgramMagic || program.version != kProgramVersion)
        return Status::BadProgram;
    for (uint32_t i = 0; i < program.ops.count; ++i) {
        const OpRecord& op = program.op(i);
        const Kernel kernel = kernels.find(op.kernel);
        if (kernel == nullptr) return Status::MissingKernel;
        const Status status = kernel(Call(program, memory, op));
        if (status != Status::Ok) return status;
        if (observer.afterOp != nullptr) observer.afterOp(observer.context, op);
        if (observer.isStopped != nullptr && observer.isStopped(observer.context))
            return Status::Stopped;
    }
    return Status::Ok;
}

void resetState(const Program& program, const Memory& memory) {
    for (uint32_t i = 0; i < program.tensors.count; ++i) {
        const TensorRecord& tensor = program.tensor(static_cast<int32_t>(i));
        if (tensor.place == Place::State)
            __builtin_memset(memory.state + tensor.offset, tensor.reset, tensor.bytes);
    }
}

}  // namespace runtime
