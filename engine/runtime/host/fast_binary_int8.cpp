// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on 8-bit codes, row by row of the iterator; a row's operand is a run of codes or
// one repeated code. ADD and SUB are linear sums where that is exact (linear_sum.h).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_int8.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/linear_sum_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

enum class Combine { Add, Sub, Mul };

/// How an operand of ADD is rescaled to the common scale. The operand with the larger scale has a
/// factor of exactly one half, which needs no rounding.
enum class Rescale { Half, Factor };

using Operand = CodeOperand<int8_t>;
struct BinarySide;
using Row = void (*)(const BinarySide& side, Operand a, Operand b, int32_t length, int8_t* output);

struct BinarySide {
    StridedIterator<2> iterator;
    OutputCodes range;
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

/// Combined value plus 2^31, like all sums.
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

template <Combine kCombine, Rounding kRounding, int kVectors>
HWY_INLINE void combineVectors(const BinarySide& side, Operand a, Operand b, int8_t* output) {
    V32 sums[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
        const int32_t i = v * kLaneCount;
        sums[v] = combined<kCombine>(loadOperand(a, i), loadOperand(b, i), side);
    }
    storeScaled<kRounding, kVectors, 1>(sums, &side.output, side.range, output);
}

template <Combine kCombine, Rounding kRounding>
void combineRow(const BinarySide& side, Operand a, Operand b, int32_t length, int8_t* output) {
    constexpr auto kStep = kLaneCount;
    const auto four = [&side](Operand x, Operand y, int8_t* to)
                          HWY_ATTR { combineVectors<kCombine, kRounding, 4>(side, x, y, to); };
    const auto one = [&side](Operand x, Operand y, int8_t* to)
                         HWY_ATTR { combineVectors<kCombine, kRounding, 1>(side, x, y, to); };
    int32_t i = computeSteps<4 * kStep>(a, b, length, output, four);
    i += computeSteps<kStep>(a.from(i), b.from(i), length - i, output + i, one);
    computeRest<kStep>(a.from(i), b.from(i), length - i, output + i, one);
}

/// ADD or SUB as a LinearSum.
void linearRow(const BinarySide& side, Operand a, Operand b, int32_t length, int8_t* output) {
    const LinearRow linear(side.linear, side.range);
    const int32_t i = computeSteps<LinearRow::kStep>(a, b, length, output, linear);
    computeRest<LinearRow::kStep>(a.from(i), b.from(i), length - i, output + i, linear);
}

Status runBinaryInt8(const FastCall& fast) {
    const auto& side = *sideAt<BinarySide>(fast.side, 0);
    forEachCodeRow<int8_t>(fast, side.iterator,
                           [&](Operand a, Operand b, int32_t length, int8_t* output) {
                               side.row(side, a, b, length, output);
                           });
    return Status::Ok;
}

// ---- Preparation -----------------------------------------------------------------------------

bool shiftsRight(Factor f) {
    return f.multiplier == 0 || f.shift < 0;
}
bool isHalf(Factor f) {
    return f.multiplier == 1 << 30 && f.shift == 0;
}

bool isServed(const BinaryParams& p, Combine combine) {
    if (!hasRowsOfRuns(p) || !isCode(p.lowest) || !isCode(p.highest) || p.lowest > p.highest ||
        !isCode(p.outputOffset) || !isCode(-p.offsets[0]) || !isCode(-p.offsets[1]) ||
        !shiftsRight(p.outputFactor))
        return false;
    if (combine == Combine::Mul) return true;
    // 9-bit codes with at most 20 extra fraction bits keep all values below 2^30.
    return p.leftShift >= 1 && p.leftShift <= 20 &&
           (shiftsRight(p.factors[0]) || isHalf(p.factors[0])) &&
           (shiftsRight(p.factors[1]) || isHalf(p.factors[1]));
}

template <Combine kCombine>
Row chooseRow(const BinaryParams& p, LinearSum& linear) {
    if (kCombine != Combine::Mul && findLinearSum(p, kCombine == Combine::Sub ? -1 : 1, linear))
        return linearRow;
    const bool positive = p.lowest >= p.outputOffset;  // condition of Rounding::Positive
    return positive ? combineRow<kCombine, Rounding::Positive>
                    : combineRow<kCombine, Rounding::Signed>;
}

void pack(const BinaryParams& p, Combine combine, BinarySide& side) {
    side.iterator = p.iterator;
    side.range = {p.outputOffset, p.lowest, p.highest};
    side.leftShift = p.leftShift;
    side.row = combine == Combine::Mul   ? chooseRow<Combine::Mul>(p, side.linear)
               : combine == Combine::Add ? chooseRow<Combine::Add>(p, side.linear)
                                         : chooseRow<Combine::Sub>(p, side.linear);
    for (int o = 0; o < 2; ++o) {
        side.offsets[o] = p.offsets[o];
        side.rescale[o] = isHalf(p.factors[o]) ? Rescale::Half : Rescale::Factor;
        setAllChannels(side.operands[o], p.factors[o]);
    }
    setAllChannels(side.output, p.outputFactor);
}

}  // namespace

FastPlan prepareBinaryInt8(const Call& call, KernelId id, uint8_t* memory) {
    const auto& p = call.params<BinaryParams>();
    const Combine combine = id == KernelId::MulInt8   ? Combine::Mul
                            : id == KernelId::AddInt8 ? Combine::Add
                                                      : Combine::Sub;
    if (!isServed(p, combine)) return {};
    SideBlock block(memory);
    block.take<BinarySide>(1);
    if (block.writing()) pack(p, combine, *block.at<BinarySide>(0));
    return {runBinaryInt8, block.bytes(), 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
