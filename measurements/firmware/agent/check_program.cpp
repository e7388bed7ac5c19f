// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/agent/check_program.h"

namespace firmware {

namespace {

using runtime::OpRecord;
using runtime::Part;
using runtime::Place;
using runtime::Program;
using runtime::TensorRecord;

/// True where [offset, offset + count) is inside `bytes`.
bool isInside(uint64_t offset, uint64_t count, uint64_t bytes) {
    return offset + count <= bytes;
}

class ProgramCheck {
public:
    ProgramCheck(const Program& program, const runtime::KernelSet& kernels)
        : m_program(program), m_kernels(kernels) {}

    Refused all() {
        const Program& p = m_program;
        if (!fits<TensorRecord>(p.tensors) || !fits<OpRecord>(p.ops) ||
            !fits<runtime::Block>(p.blocks) || !areStepsSound() || !areTensors(p.inputs) ||
            !areTensors(p.outputs))
            return bad();
        for (uint32_t i = 0; i < p.tensors.count; ++i)
            if (!isTensorSound(p.tensor(static_cast<int32_t>(i)))) return bad();
        Refused found = opsOf(p.ops);
        for (uint32_t i = 0; i < p.blocks.count && !found.isRefused(); ++i) {
            const runtime::Block& block = p.block(i);
            if (!fits<OpRecord>(block.ops) || !areTensors(block.inputs) ||
                !areTensors(block.outputs))
                return bad();
            found = opsOf(block.ops);
        }
        return found;
    }

private:
    static Refused bad() { return {Denial::BadProgram, 0}; }

    template <typename T>
    bool fits(Part part) const {
        return part.offset % alignof(T) == 0 &&
               isInside(part.offset, uint64_t{part.count} * sizeof(T), m_program.bytes);
    }
    bool areStepsSound() const {
        const uint32_t at = m_program.steps;
        if (at == 0) return true;
        if (!fits<Part>({at, 1}) || !fits<uint16_t>(*m_program.at<Part>(at))) return false;
        const Part steps = *m_program.at<Part>(at);
        const auto* indices = m_program.at<uint16_t>(steps.offset);
        for (uint32_t i = 0; i < steps.count; ++i)
            if (indices[i] >= m_program.ops.count) return false;
        return true;
    }
    bool areTensors(Part part) const {
        if (!fits<int32_t>(part)) return false;
        const int32_t* indices = m_program.at<int32_t>(part.offset);
        for (uint32_t i = 0; i < part.count; ++i)
            if (indices[i] < -1 || indices[i] >= static_cast<int32_t>(m_program.tensors.count))
                return false;
        return true;
    }
    bool isTensorSound(const TensorRecord& tensor) const {
        switch (tensor.place) {
            case Place::Absent:
                return true;
            case Place::Constant:
                return isInside(tensor.offset, tensor.bytes, m_program.bytes);
            case Place::Arena:
                return isInside(tensor.offset, tensor.bytes, m_program.arenaBytes);
            case Place::State:
                return isInside(tensor.offset, tensor.bytes, m_program.stateBytes);
        }
        return false;
    }
    Refused opsOf(Part ops) const {
        const OpRecord* op = m_program.at<OpRecord>(ops.offset);
        for (uint32_t i = 0; i < ops.count; ++i, ++op) {
            const uint32_t operands = uint32_t{op->inputs} + op->outputs + op->scratches;
            if (!areTensors({op->operands, operands}) || op->params > m_program.bytes ||
                op->arrays > m_program.bytes)
                return bad();
            if (m_kernels.find(op->kernel) == nullptr) return {Denial::MissingKernel, op->kernel};
        }
        return {};
    }

    const Program& m_program;
    const runtime::KernelSet& m_kernels;
};

}  // namespace

Refused checkProgram(const Program& program, uint32_t bytes, const runtime::KernelSet& kernels) {
    if (bytes < sizeof(Program) || program.magic != runtime::kProgramMagic ||
        program.version != runtime::kProgramVersion || program.bytes != bytes)
        return {Denial::BadProgram, 0};
    return ProgramCheck(program, kernels).all();
}

}  // namespace firmware
