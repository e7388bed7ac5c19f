// SPDX-License-Identifier: GPL-3.0-or-later
// ADD of int8 on MVE, four elements at a time.
#include "runtime/cortex_m/mve/requantize_mve.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {
namespace {

constexpr int32_t kLanes = 4;

/// As in the DSP kernel: without a shift nothing is rounded, so the sign must not count.
struct Operand {
    Operand(int32_t codeOffset, Factor f)
        : offset(codeOffset * (1 << (kAddShift - 1))),
          multiplier(f.multiplier),
          negatedShift(f.shift),
          signMask(vdupq_n_s32(f.shift < 0 ? -1 : 0)) {}

    int32x4_t operator()(int32x4_t codes) const {
        const int32x4_t x = vaddq_n_s32(vshlq_n_s32(codes, kAddShift - 1), offset);
        const int32x4_t sign = vandq_s32(vshrq_n_s32(x, 31), signMask);
        const int32x4_t high = vaddq_s32(vqrdmulhq_n_s32(x, multiplier), sign);
        return vrshlq_n_s32(high, negatedShift);
    }

    int32_t offset, multiplier, negatedShift;
    int32x4_t signMask;
};

struct Adder {
    explicit Adder(const BinaryParams& p)
        : left(p.offsets[0], p.factors[0]),
          right(p.offsets[1], p.factors[1]),
          multiplier(p.outputFactor.multiplier),
          negatedShift(p.outputFactor.shift),
          offset(p.outputOffset),
          lowest(vdupq_n_s32(p.lowest)),
          highest(vdupq_n_s32(p.highest)) {}

    void row(const int8_t* a, const int8_t* b, int8_t* to, int32_t length) const {
        for (; length > 0; length -= kLanes, a += kLanes, b += kLanes, to += kLanes) {
            const mve_pred16_t valid = vctp32q(static_cast<uint32_t>(length));
            const int32x4_t sum =
                vaddq_s32(left(vldrbq_z_s32(a, valid)), right(vldrbq_z_s32(b, valid)));
            const int32x4_t codes = vaddq_n_s32(scaledDown(sum, multiplier, negatedShift), offset);
            vstrbq_p_s32(to, vminq_s32(vmaxq_s32(codes, lowest), highest), valid);
        }
    }

    Operand left, right;
    int32_t multiplier, negatedShift, offset;
    int32x4_t lowest, highest;
};

}  // namespace

Status cortexAddInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    if (!isCommonAdd(p) || p.walk.rowStride(0) != 1 || p.walk.rowStride(1) != 1)
        return addInt8(call);
    const Adder add(p);
    const auto* left = call.input<int8_t>(0);
    const auto* right = call.input<int8_t>(1);
    auto* output = call.output<int8_t>();
    const int32_t length = p.walk.rowLength();
    forEachRow(p.walk, [&](const ptrdiff_t(&offsets)[2]) {
        add.row(left + offsets[0], right + offsets[1], output, length);
        output += length;
    });
    return Status::Ok;
}

}  // namespace runtime
