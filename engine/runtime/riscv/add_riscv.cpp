// SPDX-License-Identifier: GPL-3.0-or-later
// ADD of int8: one rounding high multiply and one shift for each operand and for the sum.
#include "runtime/kernels/add.h"
#include "runtime/riscv/channel_block.h"
#include "runtime/riscv/riscv_kernels.h"

namespace runtime {
namespace {

/// round((code + offset) * factor) with ADD's extra fraction bits, for a factor in [2^-23, 1). A
/// shift of zero does no second rounding, so it must ignore the sign correction.
class RiscvOperand {
public:
    RiscvOperand(int32_t codeOffset, Factor factor)
        : m_offset(codeOffset * (1 << kDoubled)),
          m_multiplier(factor.multiplier),
          m_shift(-factor.shift),
          m_half(m_shift > 0 ? 1 << (m_shift - 1) : 0),
          m_signMask(m_shift > 0 ? -1 : 0) {}

    int32_t operator()(int8_t code) const {
        const int32_t x = m_offset + code * (1 << kDoubled);
        return (highMultiply(x, m_multiplier) + m_half + (x >> 31 & m_signMask)) >> m_shift;
    }

private:
    static constexpr int32_t kDoubled = addHeadStart(1) + 1;
    int32_t m_offset, m_multiplier, m_shift, m_half, m_signMask;
};

}  // namespace

Status riscvAddInt8(const Call& call) {
    const auto& p = call.params<BinaryParams>();
    if (!isCommonAdd(p, 1)) return addInt8(call);
    const RiscvOperand left(p.offsets[0], p.factors[0]), right(p.offsets[1], p.factors[1]);
    const RiscvScale scale(p.outputFactor, p.outputOffset);
    const int32_t lowest = p.lowest, highest = p.highest;
    return combineElements<int8_t, int8_t>(call, p, [=](int8_t a, int8_t b) {
        return static_cast<int8_t>(clamp(scale(left(a) + right(b)), lowest, highest));
    });
}

}  // namespace runtime
