// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FastFamily: the fast kernels of similar operators, as one function that chooses among them.

#include "runtime/host/fast_kernels.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

struct FastFamily {
    /// Plans with `side` null; with memory it also fills the side block. An empty plan where it
    /// does not serve the operator. Null: there is no such family on this machine.
    FastPlan (*prepare)(const Call& call, KernelId id, uint8_t* side) = nullptr;
    bool packsWeights = false;  ///< preparing reads weights and biases
};

/// For the instructions of this machine.
FastFamily familyOf(KernelId id);

/// Families without vectors, which serve every machine.
FastPlan preparePad(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareSoftmaxInt8(const Call& call, KernelId id, uint8_t* side);

}  // namespace runtime
