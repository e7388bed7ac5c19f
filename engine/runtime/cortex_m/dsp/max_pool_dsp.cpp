// SPDX-License-Identifier: GPL-3.0-or-later
// MAX_POOL_2D on the DSP extension: a word of channels at a time.
#include "runtime/cortex_m/max_pool.h"

#include <arm_acle.h>

#include "runtime/cortex_m/loose_word.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

template <typename T>
struct Words {
    static constexpr int32_t kLanes = 4 / sizeof(T);

    static int32_t first(int32_t count) { return count; }
    static uint32_t load(const T* from) { return looseWord(from); }
    static uint32_t all(int32_t value) {
        return sizeof(T) == 1 ? static_cast<uint8_t>(value) * 0x01010101u
                              : static_cast<uint16_t>(value) * 0x00010001u;
    }
    /// The subtraction sets a flag per lane; the second instruction selects lanes by these flags.
    static uint32_t larger(uint32_t a, uint32_t b) {
        compare(a, b);
        return __sel(a, b);
    }
    static uint32_t smaller(uint32_t a, uint32_t b) {
        compare(a, b);
        return __sel(b, a);
    }
    static void store(T* to, uint32_t word, int32_t count) {
        if (count >= kLanes) {
            reinterpret_cast<LooseWord*>(to)->value = word;
            return;
        }
        for (; count > 0; --count, word >>= 8 * sizeof(T))
            *to++ = static_cast<T>(word);
    }

private:
    static void compare(uint32_t a, uint32_t b) {
        if constexpr (sizeof(T) == 1)
            __ssub8(a, b);
        else
            __ssub16(a, b);
    }
};

}  // namespace

Status cortexMaxPoolInt8(const Call& call) {
    return maxPool<Words<int8_t>, int8_t>(call);
}
Status cortexMaxPoolInt16(const Call& call) {
    return maxPool<Words<int16_t>, int16_t>(call);
}

}  // namespace runtime
