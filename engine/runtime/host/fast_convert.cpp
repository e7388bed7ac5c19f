// SPDX-License-Identifier: GPL-3.0-or-later
// QUANTIZE to 8-bit codes from floats and from other 8-bit codes, and DEQUANTIZE of such codes.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_convert.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/requantize_inl.h"
#include "runtime/host/side_block.h"
#include "runtime/kernels/quantize.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

/// Calls compute(from, to) for whole vectors; copies the rest to a buffer of one vector.
template <typename In, typename Out, typename Compute>
HWY_INLINE void forEachVector(const In* input, int32_t count, Out* output, Compute compute) {
    constexpr auto kStep = kLaneCount;
    int32_t i = 0;
    for (; i + kStep <= count; i += kStep)
        compute(input + i, output + i);
    if (i == count) return;
    const auto rest = static_cast<size_t>(count - i);
    In from[kLanes] = {};
    Out to[kLanes];
    __builtin_memcpy(from, input + i, rest * sizeof(In));
    compute(from, to);
    __builtin_memcpy(output + i, to, rest * sizeof(Out));
}

/// Rounds to the nearest integer, halves away from zero. NaN becomes the smallest code.
HWY_INLINE V32 rounded(VF x) {
    const DF d;
    const VF half = hn::Set(d, 0.5f), one = hn::Set(d, 1.0f);
    // Far outside all codes for any zero point.
    const VF bound = hn::Set(d, 65536.0f);
    const VF known = hn::IfThenElse(hn::Eq(x, x), x, hn::Neg(bound));
    const VF near = hn::Min(hn::Max(known, hn::Neg(bound)), bound);
    const VF whole = hn::Trunc(near);
    const VF rest = hn::Sub(near, whole);
    const VF up = hn::IfThenElseZero(hn::Ge(rest, half), one);
    const VF down = hn::IfThenElseZero(hn::Le(rest, hn::Neg(half)), one);
    return hn::ConvertTo(D32(), hn::Sub(hn::Add(whole, up), down));
}

Status quantizeFloats(const FastCall& fast) {
    const auto& p = fast.call.params<QuantizeParams>();
    const VF scale = hn::Set(DF(), p.scale);
    const OutputCodes range{p.outputZeroPoint, INT8_MIN, INT8_MAX};
    forEachVector(fast.input<float>(0), p.elements, fast.output<int8_t>(),
                  [&](const float* from, int8_t* to) HWY_ATTR {
                      storeCodes(rounded(hn::Div(hn::LoadU(DF(), from), scale)), range, to);
                  });
    return Status::Ok;
}

Status dequantizeCodes(const FastCall& fast) {
    const auto& p = fast.call.params<QuantizeParams>();
    const VF scale = hn::Set(DF(), p.scale);
    const V32 zero = hn::Set(D32(), p.inputZeroPoint);
    forEachVector(fast.input<int8_t>(0), p.elements, fast.output<float>(),
                  [&](const int8_t* from, float* to) HWY_ATTR {
                      const VF code = hn::ConvertTo(DF(), hn::Sub(loadWidened(from), zero));
                      hn::StoreU(hn::Mul(scale, code), DF(), to);
                  });
    return Status::Ok;
}

struct RequantizeSide {
    ChannelScale scale;  ///< start: minus the input's zero point
};

Status requantizeCodes(const FastCall& fast) {
    const auto& p = fast.call.params<QuantizeParams>();
    const auto& scale = sideAt<RequantizeSide>(fast.side, 0)->scale;
    const V32 start = hn::Load(D32(), scale.start);
    const OutputCodes range{p.outputZeroPoint, INT8_MIN, INT8_MAX};
    forEachVector(fast.input<int8_t>(0), p.elements, fast.output<int8_t>(),
                  [&](const int8_t* from, int8_t* to) HWY_ATTR {
                      const V32 sum = hn::Add(loadWidened(from), start);
                      storeCodes(scaleSums<Rounding::General>(sum, scale), range, to);
                  });
    return Status::Ok;
}

}  // namespace

FastPlan prepareConversion(const Call& call, KernelId id, uint8_t* memory) {
    const auto& p = call.params<QuantizeParams>();
    constexpr int32_t kMaxZeroPoint = 1 << 15;
    if (p.outputZeroPoint < -kMaxZeroPoint || p.outputZeroPoint > kMaxZeroPoint) return {};
    if (id == KernelId::QuantizeInt8) return {quantizeFloats, 0, 0};
    if (id == KernelId::DequantizeInt8) return {dequantizeCodes, 0, 0};
    SideBlock block(memory);
    block.take<RequantizeSide>(1);
    if (block.writing())
        for (size_t lane = 0; lane < kLanes; ++lane)
            setChannel(block.at<RequantizeSide>(0)->scale, lane,
                       static_cast<uint32_t>(-p.inputZeroPoint), p.factor);
    return {requantizeCodes, block.bytes(), 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
