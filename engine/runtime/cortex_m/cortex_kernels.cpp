// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/cortex_m/cortex_kernels.h"

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

constexpr Kernel kPacked[] = {
#define NETCALIPER_ENTRY(id, function) function,
    NETCALIPER_PACKED_KERNELS(NETCALIPER_ENTRY)
#undef NETCALIPER_ENTRY
};
constexpr uint32_t kPackedCount = sizeof kPacked / sizeof kPacked[0];

constexpr KernelSet makeSet() {
    KernelSet set = {{
#define NETCALIPER_ENTRY(id, function) function,
                         NETCALIPER_KERNELS(NETCALIPER_ENTRY)
#undef NETCALIPER_ENTRY
                     },
                     kPacked,
                     kPackedCount};
#define NETCALIPER_REPLACE(id, function) set[KernelId::id] = function;
#if defined(__ARM_FEATURE_MVE)
    NETCALIPER_MVE_REPLACEMENTS(NETCALIPER_REPLACE)
#else
    NETCALIPER_DSP_REPLACEMENTS(NETCALIPER_REPLACE)
#endif
#undef NETCALIPER_REPLACE
    return set;
}

constexpr KernelSet kCortex = makeSet();

constexpr const char* kNames[] = {
#define NETCALIPER_NAME(id, function) #id,
    NETCALIPER_KERNELS(NETCALIPER_NAME)};
constexpr const char* kPackedNames[] = {NETCALIPER_PACKED_KERNELS(NETCALIPER_NAME)
#undef NETCALIPER_NAME
};

}  // namespace

const KernelSet& cortexKernels() {
    return kCortex;
}

const char* cortexKernelName(uint32_t id) {
    if (id < kKernelCount) return kNames[id];
    const uint32_t own = id - kFirstPackedKernel;
    return own < kPackedCount ? kPackedNames[own] : "?";
}

}  // namespace runtime
