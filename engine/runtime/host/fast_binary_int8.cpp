// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on 8-bit codes, row by row of the walk; a row's operand is a run of codes or one
// code that repeats. ADD and SUB are linear sums where that is exact (linear_sum.h).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_int8.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/linear_sum_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"
#include "runtime/kernels/binary.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

enum class Combine { Add, Sub, Mul };

/// How an operand of ADD reaches the common scale. The larger of the two scales gives a factor of
/// exactly one half, which needs no rounding.
enum class Rescale { Half, Factor };

struct BinarySide;
using Row = void (*)(const BinarySide& side, CodeOperand a, CodeOperand b, int32_t length,
                     int8_t* output);

struct BinarySide {
    Walk<2> walk;
    CodeRange range;
    int32_t leftShift;
    Row row;
    LinearSum linear;  ///< where `row` is linearRow
    int32_t offsets[2];
    Rescale rescale[2];
    ChannelScale operands[2], output;
};

HWY_INLINE V32 rescaledOperand(V32 codes, const BinarySide& side, int operand) {
    const D32 d;
    const V32 offset = hn::Set(d, side.offsets[operand]);
    if (side.rescale[operand] == Rescale::Half)
        return hn::ShiftLeftSame(hn::Add(codes, offset), side.leftShift - 1);
    const V32 wide = hn::ShiftLeftSame(hn::Add(codes, offset), side.leftShift);
    return scaleSums<Rounding::Signed>(hn::Xor(wide, hn::Set(d, kInt32Min)),
                                       side.operands[operand]);
}

/// The combined value, with 2^31 added as sums are kept.
template <Combine kCombine>
HWY_INLINE V32 combined(V32 a, V32 b, const BinarySide& side) {
    const D32 d;
    V32 value;
    if (kCombine == Combine::Mul)
        value = hn::Mul(hn::Add(a, hn::Set(d, side.offsets[0])),
                        hn::Add(b, hn::Set(d, side.offsets[1])));
    else if (kCombine == Combine::Add)
        value = hn::Add(rescaledOperand(a, side, 0), rescaledOperand(b, side, 1));
    else
        value = hn::Sub(rescaledOperand(a, side, 0), rescaledOperand(b, side, 1));
    return hn::Xor(value, hn::Set(d, kInt32Min));
}

HWY_INLINE V32 loadOperand(CodeOperand operand, int32_t i) {
    const hn::Rebind<int8_t, D32> d8;
    if (operand.repeats) return hn::Set(D32(), *operand.codes);
    return hn::PromoteTo(D32(), hn::LoadU(d8, operand.codes + i));
}

template <Combine kCombine, Rounding kRounding, int kVectors>
HWY_INLINE void combineVectors(const BinarySide& side, CodeOperand a, CodeOperand b,
                               int8_t* output) {
    V32 sums[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
        const int32_t i = v * static_cast<int32_t>(kLanes);
        sums[v] = combined<kCombine>(loadOperand(a, i), loadOperand(b, i), side);
    }
    storeScaled<kRounding, kVectors, 1>(sums, &side.output, side.range, output);
}

template <Combine kCombine, Rounding kRounding>
void combineRow(const BinarySide& side, CodeOperand a, CodeOperand b, int32_t length,
                int8_t* output) {
    constexpr auto kStep = static_cast<int32_t>(kLanes);
    const auto four = [&side](CodeOperand x, CodeOperand y, int8_t* to)
                          HWY_ATTR { combineVectors<kCombine, kRounding, 4>(side, x, y, to); };
    const auto one = [&side](CodeOperand x, CodeOperand y, int8_t* to)
                         HWY_ATTR { combineVectors<kCombine, kRounding, 1>(side, x, y, to); };
    int32_t i = computeSteps<4 * kStep>(a, b, length, output, four);
    i += computeSteps<kStep>(a.from(i), b.from(i), length - i, output + i, one);
    computeRest<kStep>(a.from(i), b.from(i), length - i, output + i, one);
}

/// ADD or SUB as a LinearSum.
void linearRow(const BinarySide& side, CodeOperand a, CodeOperand b, int32_t length,
               int8_t* output) {
    const LinearRow linear(side.linear, side.range);
    const int32_t i = computeSteps<LinearRow::kStep>(a, b, length, output, linear);
    computeRest<LinearRow::kStep>(a.from(i), b.from(i), length - i, output + i, linear);
}

Status runBinary(const FastCall& fast) {
    const auto& side = *sideAt<BinarySide>(fast.side, 0);
    const int8_t* left = fast.input<int8_t>(0);
    const int8_t* right = fast.input<int8_t>(1);
    int8_t* output = fast.output<int8_t>();
    const int32_t length = side.walk.rowLength();
    const bool repeats[2] = {side.walk.rowStride(0) == 0, side.walk.rowStride(1) == 0};
    forEachRow(side.walk, [&](const ptrdiff_t(&offsets)[2]) {
        side.row(side, {left + offsets[0], repeats[0]}, {right + offsets[1], repeats[1]}, length,
                 output);
        output += length;
    });
    return Status::Ok;
}

// ---- Preparation -----------------------------------------------------------------------------

bool isCode(int32_t value) {
    return value >= INT8_MIN && value <= INT8_MAX;
}
bool shiftsRight(Factor f) {
    return f.multiplier == 0 || f.shift < 0;
}
bool isHalf(Factor f) {
    return f.multiplier == 1 << 30 && f.shift == 0;
}

void setAll(ChannelScale& scale, Factor factor) {
    for (size_t lane = 0; lane < kLanes; ++lane)
        setChannel(scale, lane, 0, factor);
}

bool isServed(const BinaryParams& p, Combine combine) {
    const int32_t length = p.walk.rowLength();
    const auto isRun = [&](int follower) {
        const int32_t stride = p.walk.rowStride(follower);
        return stride == 0 || stride == 1 || length == 1;
    };
    if (!isRun(0) || !isRun(1) || !isCode(p.lowest) || !isCode(p.highest) || p.lowest > p.highest ||
        !isCode(p.outputOffset) || !isCode(-p.offsets[0]) || !isCode(-p.offsets[1]) ||
        !shiftsRight(p.outputFactor))
        return false;
    if (combine == Combine::Mul) return true;
    // Codes of 9 bits and a head start of at most 20 keep all values below 2^30.
    return p.leftShift >= 1 && p.leftShift <= 20 &&
           (shiftsRight(p.factors[0]) || isHalf(p.factors[0])) &&
           (shiftsRight(p.factors[1]) || isHalf(p.factors[1]));
}

template <Combine kCombine>
Row chooseRow(const BinaryParams& p, LinearSum& linear) {
    if (kCombine != Combine::Mul && findLinearSum(p, kCombine == Combine::Sub ? -1 : 1, linear))
        return linearRow;
    const bool positive = p.lowest >= p.outputOffset;  // as Rounding::Positive
    return positive ? combineRow<kCombine, Rounding::Positive>
                    : combineRow<kCombine, Rounding::Signed>;
}

FastPlan prepareBinary(const BinaryParams& p, KernelId id, uint8_t* memory) {
    const Combine combine = id == KernelId::MulInt8   ? Combine::Mul
                            : id == KernelId::AddInt8 ? Combine::Add
                                                      : Combine::Sub;
    if (!isServed(p, combine)) return {};
    SideBlock block(memory);
    block.take<BinarySide>(1);
    if (block.writing()) {
        auto& side = *block.at<BinarySide>(0);
        side.walk = p.walk;
        side.range = {p.outputOffset, p.lowest, p.highest};
        side.leftShift = p.leftShift;
        side.row = combine == Combine::Mul   ? chooseRow<Combine::Mul>(p, side.linear)
                   : combine == Combine::Add ? chooseRow<Combine::Add>(p, side.linear)
                                             : chooseRow<Combine::Sub>(p, side.linear);
        for (int o = 0; o < 2; ++o) {
            side.offsets[o] = p.offsets[o];
            side.rescale[o] = isHalf(p.factors[o]) ? Rescale::Half : Rescale::Factor;
            setAll(side.operands[o], p.factors[o]);
        }
        setAll(side.output, p.outputFactor);
    }
    return {runBinary, block.bytes(), 0};
}

#else
FastPlan prepareBinary(const BinaryParams&, KernelId, uint8_t*) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareBinary);

FastPlan prepareBinaryInt8(const Call& call, KernelId id, uint8_t* side) {
    return HWY_DYNAMIC_DISPATCH(prepareBinary)(call.params<BinaryParams>(), id, side);
}

}  // namespace runtime
#endif  // HWY_ONCE
