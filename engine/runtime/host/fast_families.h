// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FastFamily: the fast kernels of similar operators; one function chooses among them.

#include "runtime/host/fast_kernels.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {

struct FastFamily {
    /// Returns a plan; if `side` is not null, also fills the side block. The plan is empty where
    /// the family does not serve the operator. Null pointer: this machine has no such family.
    FastPlan (*prepare)(const Call& call, KernelId id, uint8_t* side) = nullptr;
    bool packsWeights = false;  ///< prepare() reads weights and biases
};

/// Returns the family for the instructions of this machine.
FastFamily familyOf(KernelId id);

/// Families without vectors, for every machine.
FastPlan preparePad(const Call& call, KernelId id, uint8_t* side);
FastPlan prepareSoftmaxInt8(const Call& call, KernelId id, uint8_t* side);

}  // namespace runtime
