// SPDX-License-Identifier: GPL-3.0-or-later
// SOFTMAX on floats: Highway's exponential, accurate to about one rounding.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_softmax_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h

#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"
#include "runtime/float_math.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/softmax.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

/// exp(beta * (value - largest)) of `count` floats, zero in the other lanes.
struct Exponential {
    VF largest, beta;

    HWY_INLINE VF operator()(const float* values, size_t count) const {
        const DF d;
        const VF below = hn::Sub(loadFloats(values, count, 0.0f), largest);
        const VF exponent = hn::Mul(below, beta);
        // Highway returns zero for NaN.
        const auto isNumber = hn::Eq(exponent, exponent);
        const VF all = hn::IfThenElse(isNumber, hn::Exp(d, exponent), exponent);
        return count == kLanes ? all : hn::IfThenElseZero(hn::FirstN(d, count), all);
    }
};

/// Reciprocal of the sum of all lanes, in every lane.
HWY_INLINE VF reciprocalOf(VF sum) {
    const DF d;
    return hn::Set(d, 1.0f / hn::GetLane(hn::SumOfLanes(d, sum)));
}

/// Computes a row of at most one vector in registers.
HWY_INLINE void softmaxVector(const float* row, size_t depth, float beta, float* output) {
    const DF d;
    const VF largest = hn::MaxOfLanes(d, loadFloats(row, depth, -kFloatMax));
    const VF shares = Exponential{largest, hn::Set(d, beta)}(row, depth);
    storeFloats(hn::Mul(shares, reciprocalOf(shares)), depth, output);
}

/// Calls visit(index, floats there) for each vector of a row.
template <typename Visit>
HWY_INLINE void forEachVector(size_t depth, const Visit& visit) {
    size_t i = 0;
    for (; i + kLanes <= depth; i += kLanes)
        visit(i, kLanes);
    if (i < depth) visit(i, depth - i);
}

void softmaxRow(const float* row, size_t depth, float beta, float* output) {
    const DF d;
    VF largest = hn::Set(d, -kFloatMax), sum = hn::Zero(d);
    forEachVector(depth, [&](size_t i, size_t count) HWY_ATTR {
        largest = larger(loadFloats(row + i, count, -kFloatMax), largest);
    });
    const Exponential exponential{hn::MaxOfLanes(d, largest), hn::Set(d, beta)};
    forEachVector(depth, [&](size_t i, size_t count) HWY_ATTR {
        const VF share = exponential(row + i, count);
        sum = hn::Add(sum, share);
        storeFloats(share, count, output + i);
    });
    const VF unit = reciprocalOf(sum);
    forEachVector(depth, [&](size_t i, size_t count) HWY_ATTR {
        storeFloats(hn::Mul(loadFloats(output + i, count, 0.0f), unit), count, output + i);
    });
}

Status softmaxRows(const FastCall& fast) {
    const auto& p = fast.call.params<SoftmaxParams>();
    const auto depth = static_cast<size_t>(p.depth);
    const float* row = fast.input<float>(0);
    float* output = fast.output<float>();
    for (int32_t r = 0; r < p.rows; ++r, row += depth, output += depth) {
        if (depth <= kLanes)
            softmaxVector(row, depth, p.beta, output);
        else
            softmaxRow(row, depth, p.beta, output);
    }
    return Status::Ok;
}

}  // namespace

/// Does not serve a beta that makes exponents positive.
FastPlan prepareSoftmaxFloat32(const Call& call, KernelId, uint8_t*) {
    const auto& p = call.params<SoftmaxParams>();
    if (!(p.beta >= 0.0f) || p.depth < 1) return {};
    return {softmaxRows, 0, 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
