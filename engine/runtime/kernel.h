// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernel: a function that computes one operator; Call: the operands and parameters it is given.
// KernelSet: the table of kernels a run uses. Sets for particular machines start from the plain
// one and replace single kernels; an exported library fills a table with just those it needs.
//
// What a kernel may rely on: lowering has checked types, shapes and options, so operands are as
// long as the parameters say. What it must check itself: values only known at run time that are
// used as indices. Inputs and outputs never overlap but where overwriting.h says that they may.

#include "runtime/program.h"
#include "runtime/status.h"

namespace runtime {

/// The memory of one running instance: arena and state as long as the Program says, 16-byte
/// aligned, owned by the caller.
struct Memory {
    uint8_t* arena = nullptr;
    uint8_t* state = nullptr;
};

/// Address of a tensor's bytes; null for one that is absent. Constants must not be written.
inline uint8_t* addressOf(const Program& program, const Memory& memory, int32_t index) {
    if (index < 0) return nullptr;
    const TensorRecord& tensor = program.tensor(index);
    switch (tensor.place) {
        case Place::Absent:
            return nullptr;
        case Place::Constant:
            return const_cast<uint8_t*>(program.at<uint8_t>(tensor.offset));
        case Place::Arena:
            return memory.arena + tensor.offset;
        case Place::State:
            return memory.state + tensor.offset;
    }
    return nullptr;
}

class Call {
public:
    Call(const Program& program, const Memory& memory, const OpRecord& op)
        : m_program(program), m_memory(memory), m_op(op) {}

    template <typename P>
    const P& params() const {
        return *m_program.at<P>(m_op.params);
    }
    /// An array that lowering put behind the parameter struct; null where it is empty.
    template <typename T>
    const T* array(Part part) const {
        return part.count == 0 ? nullptr : m_program.at<T>(m_op.params + part.offset);
    }
    uint32_t inputCount() const { return m_op.inputs; }
    uint32_t outputCount() const { return m_op.outputs; }

    /// Null for an optional input that was left out.
    template <typename T>
    const T* input(uint32_t i) const {
        return reinterpret_cast<const T*>(operand(i));
    }
    /// An input that the kernel changes: a variable tensor.
    template <typename T>
    T* state(uint32_t i) const {
        return reinterpret_cast<T*>(operand(i));
    }
    template <typename T>
    T* output(uint32_t i = 0) const {
        return reinterpret_cast<T*>(operand(m_op.inputs + i));
    }
    template <typename T>
    T* scratch(uint32_t i = 0) const {
        return reinterpret_cast<T*>(operand(m_op.inputs + m_op.outputs + i));
    }
    uint32_t outputBytes(uint32_t i = 0) const {
        return m_program.tensor(index(m_op.inputs + i)).bytes;
    }

private:
    int32_t index(uint32_t i) const { return m_program.at<int32_t>(m_op.operands)[i]; }
    uint8_t* operand(uint32_t i) const { return addressOf(m_program, m_memory, index(i)); }

    const Program& m_program;
    const Memory& m_memory;
    const OpRecord& m_op;
};

using Kernel = Status (*)(const Call& call);

}  // namespace runtime
