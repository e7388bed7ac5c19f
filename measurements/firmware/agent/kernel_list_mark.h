// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A number for the list of kernels. A Program names kernels by their number, so both ends of the
// line must have been built with the same list.

#include "runtime/cortex_m/packed_kernels.h"
#include "runtime/kernels/kernel_list.h"

namespace firmware {

/// FNV-1a of all names in their order (G. Fowler, L. C. Noll, K.-P. Vo; public domain).
consteval uint32_t kernelListMark() {
#define NETCALIPER_NAME(id, function) #id " "
    constexpr char kNames[] =
        NETCALIPER_KERNELS(NETCALIPER_NAME) "|" NETCALIPER_PACKED_KERNELS(NETCALIPER_NAME);
#undef NETCALIPER_NAME
    uint32_t mark = 0x811c9dc5;
    for (const char c : kNames)
        mark = (mark ^ static_cast<uint8_t>(c)) * 0x01000193;
    return mark;
}

}  // namespace firmware
