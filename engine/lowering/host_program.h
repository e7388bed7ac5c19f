// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// HostProgram: a Program prepared for the fast kernels of this machine. Per operator it holds the
// kernel chosen for its shape and a side block of packed weights, so that a run is a loop over
// functions. The Program itself stays portable, and the plain kernels read it.
//
// Ownership: owns the side blocks; the Program must outlive it. Thread rules: immutable after
// make(), so any number of threads may run it, each with its own memory and workspace.

#include <memory>
#include <vector>

#include "runtime/host/fast_kernels.h"
#include "runtime/run.h"

namespace lowering {

class HostProgram {
public:
    static std::shared_ptr<const HostProgram> make(const runtime::Program& program);

    /// Addresses of all operators' operands in one instance's memory; computed once, not in every
    /// run. Those of a block are computed anew when it is called with another region.
    struct Addresses {
        std::vector<uint8_t*> operands;
        std::vector<const uint8_t*> regions;  ///< per block: the region of its last call
    };
    Addresses addressesIn(const runtime::Memory& memory) const;

    /// The memory of one run at a time. The workspace starts at a multiple of
    /// runtime::kSideAlignment and has workspaceBytes(); addresses: from addressesIn().
    struct Instance {
        runtime::Memory memory;
        Addresses* addresses;
        uint8_t* workspace;
    };

    /// Like runtime::run(), for a Program of this version.
    runtime::Status run(const Instance& instance, const runtime::Observer& observer) const;

    size_t workspaceBytes() const { return m_workspaceBytes; }
    /// Bytes of packed weights and other side data.
    size_t sideBytes() const { return m_sideBytes; }

private:
    struct Step {
        const runtime::OpRecord* op;
        runtime::FastKernel fast;  ///< null: `plain` computes the operator
        runtime::Kernel plain;
        const uint8_t* side;
        size_t inputs, outputs;  ///< index of the first one among the addresses
    };
    /// Steps of the main graph or of a block.
    struct Range {
        size_t first = 0, end = 0;
    };
    struct Runner;
    struct alignas(runtime::kSideAlignment) Line {
        uint8_t bytes[runtime::kSideAlignment];
    };

    explicit HostProgram(const runtime::Program& program) : m_program(program) {}

    Range addSteps(runtime::Part ops);
    void findAddresses(Range range, const runtime::Memory& memory, uint8_t** addresses) const;

    const runtime::Program& m_program;
    std::vector<Step> m_steps;
    Range m_main;
    std::vector<Range> m_blocks;
    std::vector<std::vector<Line>> m_sides;
    size_t m_sideBytes = 0, m_workspaceBytes = 0, m_operands = 0;
};

}  // namespace lowering
