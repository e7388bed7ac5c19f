// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// For which kernels a Program is made. A portable one runs everywhere on the plain kernels; one
// for a Cortex-M holds layers packed for its instructions (runtime/cortex_m/packed_kernels.h) and
// runs there alone. Results are the same bytes.

#include <cstdint>

namespace lowering {

enum class Target : int8_t {
    Portable,
    CortexMDsp,  ///< M4, M7, M33
    CortexMMve,  ///< M55
};

}  // namespace lowering
