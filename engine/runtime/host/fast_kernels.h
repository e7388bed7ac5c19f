// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Vector kernels for desktops: same results as the plain kernels (bit-identical on integers), in
// the instructions that the machine has at run time (AVX2, AVX-512, AVX-512 with VNNI, NEON). They
// keep the guarantees of the plain kernels about overwriting inputs (kernels/overwriting.h).
//
// A fast kernel is chosen per operator, as it may serve some shapes only, and reads a side block:
// weights in the order in which it visits them, sums over weights, factors in vector layout.
// planFast() returns kernel and sizes, packFast() fills the side block; both belong to preparation,
// not to running.
//
// Ownership: the caller owns side block and workspace, both aligned to kSideAlignment. Thread
// rules: the side block is read-only after packing and may be shared; a workspace belongs to one
// run at a time.

#include "runtime/kernel.h"

namespace runtime {

constexpr size_t kSideAlignment = 64;

/// A Call with its operands' addresses resolved.
struct FastCall {
    const Call& call;
    const uint8_t* side;
    uint8_t* workspace;
    uint8_t* const* inputs;
    uint8_t* const* outputs;

    template <typename T>
    const T* input(uint32_t i) const {
        return reinterpret_cast<const T*>(inputs[i]);
    }
    template <typename T>
    T* output() const {
        return reinterpret_cast<T*>(outputs[0]);
    }
};

using FastKernel = Status (*)(const FastCall& fast);

struct FastPlan {
    FastKernel kernel = nullptr;  ///< null: use the plain kernel for this operator
    size_t sideBytes = 0;
    size_t workspaceBytes = 0;
};

/// Returns the fast kernel of an operator on this machine; its side block and its workspace have at
/// most 256 MiB each.
FastPlan planFast(const Program& program, const OpRecord& op);

/// Fills the side block of an operator for which planFast() returned a kernel.
void packFast(const Program& program, const OpRecord& op, uint8_t* side);

}  // namespace runtime
