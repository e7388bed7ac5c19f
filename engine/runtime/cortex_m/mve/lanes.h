// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Codes of both types as vectors: four of them widened to 32 bits, or as many as a vector holds.
// `valid` masks lanes.

#include <arm_mve.h>

namespace runtime {

inline int32x4_t loadFour(const int8_t* from) {
    return vldrbq_s32(from);
}
inline int32x4_t loadFour(const int16_t* from) {
    return vldrhq_s32(from);
}
inline int32x4_t loadFour(const int8_t* from, mve_pred16_t valid) {
    return vldrbq_z_s32(from, valid);
}
inline int32x4_t loadFour(const int16_t* from, mve_pred16_t valid) {
    return vldrhq_z_s32(from, valid);
}
inline void storeFour(int8_t* to, int32x4_t values) {
    vstrbq_s32(to, values);
}
inline void storeFour(int16_t* to, int32x4_t values) {
    vstrhq_s32(to, values);
}
inline void storeFour(int8_t* to, int32x4_t values, mve_pred16_t valid) {
    vstrbq_p_s32(to, values, valid);
}
inline void storeFour(int16_t* to, int32x4_t values, mve_pred16_t valid) {
    vstrhq_p_s32(to, values, valid);
}

struct ByteLanes {
    static constexpr int32_t kLanes = 16;
    static mve_pred16_t first(int32_t count) { return vctp8q(static_cast<uint32_t>(count)); }
    static int8x16_t all(int32_t code) { return vdupq_n_s8(static_cast<int8_t>(code)); }
    static int8x16_t load(const int8_t* from) { return vldrbq_s8(from); }
    static int8x16_t load(const int8_t* from, mve_pred16_t valid) {
        return vldrbq_z_s8(from, valid);
    }
    static void store(int8_t* to, int8x16_t codes) { vstrbq_s8(to, codes); }
    static void store(int8_t* to, int8x16_t codes, mve_pred16_t valid) {
        vstrbq_p_s8(to, codes, valid);
    }
    /// Stores codes `step` apart.
    static void scatter(int8_t* to, int32_t step, int8x16_t codes, mve_pred16_t valid) {
        const uint8x16_t places = vmulq_n_u8(vidupq_n_u8(0, 1), static_cast<uint8_t>(step));
        vstrbq_scatter_offset_p_s8(to, places, codes, valid);
    }
    static int8x16_t larger(int8x16_t a, int8x16_t b) { return vmaxq_s8(a, b); }
    static int8x16_t smaller(int8x16_t a, int8x16_t b) { return vminq_s8(a, b); }
    static int32_t addDot(int8x16_t a, int8x16_t b, int32_t sum) { return vmladavaq_s8(sum, a, b); }
};

struct HalfwordLanes {
    static constexpr int32_t kLanes = 8;
    static mve_pred16_t first(int32_t count) { return vctp16q(static_cast<uint32_t>(count)); }
    static int16x8_t all(int32_t code) { return vdupq_n_s16(static_cast<int16_t>(code)); }
    static int16x8_t load(const int16_t* from) { return vldrhq_s16(from); }
    static int16x8_t load(const int16_t* from, mve_pred16_t valid) {
        return vldrhq_z_s16(from, valid);
    }
    static void store(int16_t* to, int16x8_t codes) { vstrhq_s16(to, codes); }
    static void store(int16_t* to, int16x8_t codes, mve_pred16_t valid) {
        vstrhq_p_s16(to, codes, valid);
    }
    static void scatter(int16_t* to, int32_t step, int16x8_t codes, mve_pred16_t valid) {
        const uint16x8_t places = vmulq_n_u16(vidupq_n_u16(0, 1), static_cast<uint16_t>(step));
        vstrhq_scatter_shifted_offset_p_s16(to, places, codes, valid);
    }
    static int16x8_t larger(int16x8_t a, int16x8_t b) { return vmaxq_s16(a, b); }
    static int16x8_t smaller(int16x8_t a, int16x8_t b) { return vminq_s16(a, b); }
    static int32_t addDot(int16x8_t a, int16x8_t b, int32_t sum) {
        return vmladavaq_s16(sum, a, b);
    }
};

}  // namespace runtime
