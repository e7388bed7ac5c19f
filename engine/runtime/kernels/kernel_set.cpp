// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_set.h"

namespace runtime {
namespace {

constexpr KernelSet kReference = {{
#define NETCALIPER_ENTRY(id, function) function,
    NETCALIPER_KERNELS(NETCALIPER_ENTRY)
#undef NETCALIPER_ENTRY
}};

}  // namespace

const KernelSet& referenceKernels() {
    return kReference;
}

}  // namespace runtime
