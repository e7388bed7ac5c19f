// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/riscv/riscv_kernels.h"

namespace runtime {
namespace {

constexpr KernelSet makeRiscvSet() {
    KernelSet set = {{
#define NETCALIPER_ENTRY(id, function) function,
        NETCALIPER_KERNELS(NETCALIPER_ENTRY)
#undef NETCALIPER_ENTRY
    }};
#define NETCALIPER_REPLACE(id, function) set[KernelId::id] = function;
    NETCALIPER_RISCV_REPLACEMENTS(NETCALIPER_REPLACE)
#undef NETCALIPER_REPLACE
    return set;
}

constexpr KernelSet kRiscv = makeRiscvSet();

}  // namespace

const KernelSet& riscvKernels() {
    return kRiscv;
}

}  // namespace runtime
