// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/board_kernels.h"

#if defined(__ARM_FEATURE_DSP)
#include "runtime/cortex_m/cortex_kernels.h"
#elif defined(__riscv)
#include "runtime/riscv/riscv_kernels.h"
#endif

namespace firmware {

#if defined(__ARM_FEATURE_DSP)

const runtime::KernelSet& boardKernels(bool) {
    return runtime::cortexKernels();
}

const char* boardKernelName(uint32_t id) {
    return runtime::cortexKernelName(id);
}

#else

namespace {

constexpr const char* kNames[] = {
#define NETCALIPER_NAME(id, function) #id,
    NETCALIPER_KERNELS(NETCALIPER_NAME)
#undef NETCALIPER_NAME
};

}  // namespace

const runtime::KernelSet& boardKernels([[maybe_unused]] bool plain) {
#if defined(__riscv)
    if (!plain) return runtime::riscvKernels();
#endif
    return runtime::referenceKernels();
}

const char* boardKernelName(uint32_t id) {
    return id < runtime::kKernelCount ? kNames[id] : "?";
}

#endif

}  // namespace firmware
