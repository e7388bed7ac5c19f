// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Kernel: a function that computes one operator. Call: its operands and parameters. KernelSet: the
// table of kernels of a run. Sets for particular machines start from the plain set and replace
// single kernels; an exported library fills a table with the kernels it needs.
//
// A kernel may rely on lowering, which checked types, shapes and options: operands are as long as
// the parameters state. A kernel must check values that are known only at run time and used as
// indices. Inputs and outputs never overlap except where overwriting.h permits it.

#include "runtime/program.h"
#include "runtime/status.h"

namespace runtime {

/// Supplies the rows of model inputs that are not in the arena as a whole: a camera line by line.
struct Feeder {
    /// Writes the next `bytes` bytes of model input `input` to `to`; false ends the run with
    /// Status::Stopped.
    bool (*next)(const Feeder& self, uint32_t input, uint8_t* to, uint32_t bytes) = nullptr;
};

/// The memory of one running instance: arena and state of the sizes in the Program, 16-byte
/// aligned, owned by the caller.
struct Memory {
    uint8_t* arena = nullptr;
    uint8_t* state = nullptr;
    const Feeder* feeder = nullptr;  ///< needed where the Program feeds an input
};

/// Returns the address of a tensor's bytes; null for an absent tensor. Constants must not be
/// written.
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

/// Runs the operators of a block; kernels of control flow call it. `memory.arena` is the block's
/// region. Implemented by run() and by lowering's HostProgram.
struct BlockRunner {
    Status (*run)(const BlockRunner& self, uint32_t block, const Memory& memory) = nullptr;
    mutable uint32_t rounds = 0;  ///< of all loops in this run
};

class Call {
public:
    Call(const Program& program, const Memory& memory, const OpRecord& op,
         const BlockRunner* runner = nullptr)
        : m_program(program), m_memory(memory), m_op(op), m_runner(runner) {}

    template <typename P>
    const P& params() const {
        return *m_program.at<P>(m_op.params);
    }
    /// Returns an array that lowering stored after the parameter struct; null where it is empty.
    template <typename T>
    const T* array(Part part) const {
        return part.count == 0 ? nullptr : m_program.at<T>(m_op.arrays + part.offset);
    }
    uint32_t inputCount() const { return m_op.inputs; }
    uint32_t outputCount() const { return m_op.outputs; }
    uint32_t scratchCount() const { return m_op.scratches; }

    /// Returns null for an absent optional input.
    template <typename T>
    const T* input(uint32_t i) const {
        return reinterpret_cast<const T*>(operand(i));
    }
    /// Returns an input that the kernel changes: a variable tensor.
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
    const Program& program() const { return m_program; }
    const Memory& memory() const { return m_memory; }
    /// Null where the run has no blocks.
    const BlockRunner* runner() const { return m_runner; }
    Status runBlock(uint32_t block, const Memory& memory) const {
        return m_runner == nullptr ? Status::BadProgram : m_runner->run(*m_runner, block, memory);
    }

private:
    int32_t index(uint32_t i) const { return m_program.at<int32_t>(m_op.operands)[i]; }
    uint8_t* operand(uint32_t i) const { return addressOf(m_program, m_memory, index(i)); }

    const Program& m_program;
    const Memory& m_memory;
    const OpRecord& m_op;
    const BlockRunner* m_runner;
};

using Kernel = Status (*)(const Call& call);

}  // namespace runtime
