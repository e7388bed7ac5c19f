// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fingerprint of the terms of a code path: a hash of the term counts of a fixed set of workloads. A
// fitted row records it, so a row that was fitted with other terms is found out, even where the
// names of the terms stayed the same.
//
// Thread rules: the table of all fingerprints is made by the first call, once.

#include <string>

#include "cost/terms/kernel_terms.h"

namespace cost {

/// Returns 16 hexadecimal digits; "" for a path and type that no workload of the set runs.
const std::string& termsFingerprint(const std::string& path, const std::string& dtype,
                                    KernelLibrary kernels);

}  // namespace cost
