// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on 16-bit codes, row by row of the iterator, with every rounding step of the
// plain kernels.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_int16.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/code_rows_inl.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

struct AddWide {
    static constexpr bool kRescales = true;
    static HWY_INLINE V32 combine(V32 a, V32 b) { return hn::Add(a, b); }
};
struct SubWide {
    static constexpr bool kRescales = true;
    static HWY_INLINE V32 combine(V32 a, V32 b) { return hn::Sub(a, b); }
};
struct MulWide {
    static constexpr bool kRescales = false;
    static HWY_INLINE V32 combine(V32 a, V32 b) { return hn::Mul(a, b); }
};

struct WideBinarySide {
    ChannelScale operands[2], output;
};

/// value * factor; scaleSums() expects sums with 2^31 added.
HWY_INLINE V32 scaled(V32 value, const ChannelScale& scale) {
    return scaleSums<Rounding::General>(hn::Xor(value, hn::Set(D32(), kInt32Min)), scale);
}

template <typename Operator>
Status runWide(const FastCall& fast) {
    using Operand = CodeOperand<int16_t>;
    const auto& p = fast.call.params<BinaryParams>();
    const auto& side = *sideAt<WideBinarySide>(fast.side, 0);
    const auto step = [&](Operand a, Operand b, int16_t* output) HWY_ATTR {
        const D32 d;
        const hn::Rebind<int16_t, D32> narrow;
        V32 values[2] = {hn::Add(loadOperand(a, 0), hn::Set(d, p.offsets[0])),
                         hn::Add(loadOperand(b, 0), hn::Set(d, p.offsets[1]))};
        if constexpr (Operator::kRescales)
            for (int o = 0; o < 2; ++o)
                values[o] = scaled(hn::ShiftLeftSame(values[o], p.leftShift), side.operands[o]);
        const V32 sum = scaled(Operator::combine(values[0], values[1]), side.output);
        const V32 code = hn::Add(sum, hn::Set(d, p.outputOffset));
        const V32 clamped = hn::Min(hn::Max(code, hn::Set(d, p.lowest)), hn::Set(d, p.highest));
        hn::StoreU(hn::DemoteTo(narrow, clamped), narrow, output);
    };
    forEachCodeRow<int16_t>(
        fast, p.iterator, [&](Operand a, Operand b, int32_t length, int16_t* output) HWY_ATTR {
            const int32_t i = computeSteps<kLaneCount>(a, b, length, output, step);
            computeRest<kLaneCount>(a.from(i), b.from(i), length - i, output + i, step);
        });
    return Status::Ok;
}

}  // namespace

FastPlan prepareBinaryInt16(const Call& call, KernelId id, uint8_t* memory) {
    const auto& p = call.params<BinaryParams>();
    if (!hasRowsOfRuns(p) || p.lowest < INT16_MIN || p.highest > INT16_MAX || p.lowest > p.highest)
        return {};
    SideBlock block(memory);
    block.take<WideBinarySide>(1);
    if (block.writing()) {
        auto& side = *block.at<WideBinarySide>(0);
        setAllChannels(side.operands[0], p.factors[0]);
        setAllChannels(side.operands[1], p.factors[1]);
        setAllChannels(side.output, p.outputFactor);
    }
    const FastKernel kernel = id == KernelId::MulInt16   ? runWide<MulWide>
                              : id == KernelId::AddInt16 ? runWide<AddWide>
                                                         : runWide<SubWide>;
    return {kernel, block.bytes(), 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
