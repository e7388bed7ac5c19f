// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dot products of bytes on MVE with the four channels of a block, sums in core registers.
// The instruction accumulates into even registers only: eight sums occupy all of them.

#include "runtime/cortex_m/mve/requantize_mve.h"

namespace runtime {

constexpr int32_t kVectorBytes = 16;

struct PairSums {
    int32x4_t first, second;
};

// One vector of two pixels times four channels.
#define NETCALIPER_PAIR_STEP              \
    "vldrb.8 %q[first], [%[x]], #16\n\t"  \
    "vldrb.8 q2, [%[w]], #16\n\t"         \
    "vldrb.8 %q[second], [%[y]], #16\n\t" \
    "vmladava.s8 r0, %q[first], q2\n\t"   \
    "vldrb.8 q3, [%[w]], #16\n\t"         \
    "vmladava.s8 r8, %q[second], q2\n\t"  \
    "vldrb.8 q2, [%[w]], #16\n\t"         \
    "vmladava.s8 r2, %q[first], q3\n\t"   \
    "vmladava.s8 r10, %q[second], q3\n\t" \
    "vldrb.8 q3, [%[w]], #16\n\t"         \
    "vmladava.s8 r4, %q[first], q2\n\t"   \
    "vmladava.s8 r12, %q[second], q2\n\t" \
    "vmladava.s8 r6, %q[first], q3\n\t"   \
    "vmladava.s8 lr, %q[second], q3\n\t"

/// Biases plus the dot products of two pixels with four channels over `rounds` of kSteps vectors;
/// moves `weights` to the next block. A low-overhead loop would take the register of a sum.
template <int kSteps>
inline PairSums dotPair(const int8_t* x, const int8_t* y, const int8_t*& weights, int32_t rounds,
                        const MveChannels* channels) {
    static_assert(kSteps == 1 || kSteps == 2);
    PairSums sums;
#define NETCALIPER_DOT_PAIR(STEPS)                                                          \
    __asm__ volatile(                                                                       \
        "ldrd r0, r2, [%[c]]\n\t"                                                           \
        "ldrd r4, r6, [%[c], #8]\n\t"                                                       \
        "ldrd r8, r10, [%[c]]\n\t"                                                          \
        "ldrd r12, lr, [%[c], #8]\n\t"                                                      \
        "1:\n\t" STEPS                                                                      \
        "subs %[n], #1\n\t"                                                                 \
        "bne 1b\n\t"                                                                        \
        "vmov %q[first][2], %q[first][0], r0, r4\n\t"                                       \
        "vmov %q[first][3], %q[first][1], r2, r6\n\t"                                       \
        "vmov %q[second][2], %q[second][0], r8, r12\n\t"                                    \
        "vmov %q[second][3], %q[second][1], r10, lr"                                        \
        : [first] "=&w"(sums.first), [second] "=&w"(sums.second), [x] "+r"(x), [y] "+r"(y), \
          [w] "+r"(weights), [n] "+r"(rounds)                                               \
        : [c] "r"(channels)                                                                 \
        : "r0", "r2", "r4", "r6", "r8", "r10", "r12", "lr", "q2", "q3", "cc", "memory")
    if constexpr (kSteps == 1)
        NETCALIPER_DOT_PAIR(NETCALIPER_PAIR_STEP);
    else
        NETCALIPER_DOT_PAIR(NETCALIPER_PAIR_STEP NETCALIPER_PAIR_STEP);
    return sums;
}
#undef NETCALIPER_DOT_PAIR
#undef NETCALIPER_PAIR_STEP

/// The same for one pixel: 10 instructions for 64 products.
inline int32x4_t dotOne(const int8_t* x, const int8_t*& weights, int32_t vectors,
                        const MveChannels* channels) {
    int32x4_t sums;
    __asm__ volatile(
        "ldrd r0, r2, [%[c]]\n\t"
        "ldrd r4, r6, [%[c], #8]\n\t"
        "dls lr, %[n]\n\t"
        "1:\n\t"
        "vldrb.8 %q[sums], [%[x]], #16\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "vldrb.8 q2, [%[w]], #16\n\t"
        "vmladava.s8 r0, %q[sums], q1\n\t"
        "vldrb.8 q1, [%[w]], #16\n\t"
        "vmladava.s8 r2, %q[sums], q2\n\t"
        "vldrb.8 q2, [%[w]], #16\n\t"
        "vmladava.s8 r4, %q[sums], q1\n\t"
        "vmladava.s8 r6, %q[sums], q2\n\t"
        "le lr, 1b\n\t"
        "vmov %q[sums][2], %q[sums][0], r0, r4\n\t"
        "vmov %q[sums][3], %q[sums][1], r2, r6"
        : [sums] "=&w"(sums), [x] "+r"(x), [w] "+r"(weights)
        : [n] "r"(vectors), [c] "r"(channels)
        : "r0", "r2", "r4", "r6", "lr", "q1", "q2", "memory");
    return sums;
}

}  // namespace runtime
