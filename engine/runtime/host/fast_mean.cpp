// SPDX-License-Identifier: GPL-3.0-or-later
// SUM and MEAN on 8-bit codes and floats: rows of the input that are added to rows of sums, or to a
// single sum.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_mean.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/reduce.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

constexpr int32_t kLaneCount = static_cast<int32_t>(kLanes);

HWY_INLINE V32 load(const int8_t* codes) {
    return hn::PromoteTo(D32(), hn::LoadU(hn::Rebind<int8_t, D32>(), codes));
}
HWY_INLINE VF load(const float* values) {
    return hn::LoadU(DF(), values);
}

/// sums[i] += input[i]
template <typename Sum, typename T>
void addRow(const T* HWY_RESTRICT input, int32_t length, Sum* HWY_RESTRICT sums) {
    const hn::ScalableTag<Sum> d;
    int32_t i = 0;
    for (; i + kLaneCount <= length; i += kLaneCount)
        hn::StoreU(hn::Add(hn::LoadU(d, sums + i), load(input + i)), d, sums + i);
    for (; i < length; ++i)
        sums[i] += input[i];
}

/// Sum of a row.
template <typename Sum, typename T>
Sum sumRow(const T* input, int32_t length) {
    const hn::ScalableTag<Sum> d;
    auto lanes = hn::Zero(d);
    int32_t i = 0;
    for (; i + kLaneCount <= length; i += kLaneCount)
        lanes = hn::Add(lanes, load(input + i));
    Sum sum = hn::GetLane(hn::SumOfLanes(d, lanes));
    for (; i < length; ++i)
        sum += input[i];
    return sum;
}

template <typename Sum, typename T>
void sumUpRows(const ReduceParams& p, const T* input, Sum* sums) {
    for (int32_t i = 0; i < p.outputs; ++i)
        sums[i] = 0;
    const int32_t length = p.walk.rowLength();
    const bool single = p.walk.rowStride(0) == 0;
    forEachRow(p.walk, [&](const ptrdiff_t(&offsets)[1]) {
        if (single)
            sums[offsets[0]] += sumRow<Sum>(input, length);
        else
            addRow(input, length, sums + offsets[0]);
        input += length;
    });
}

Status meanCodes(const FastCall& fast) {
    const auto& p = fast.call.params<ReduceParams>();
    auto* sums = fast.call.scratch<int32_t>();
    int8_t* output = fast.output<int8_t>();
    sumUpRows(p, fast.input<int8_t>(0), sums);
    for (int32_t i = 0; i < p.outputs; ++i) {
        const int32_t scaled = multiplyByFactor(wrapAdd(sums[i], p.sumOffset), p.factor);
        output[i] =
            static_cast<int8_t>(clamp(wrapAdd(scaled, p.outputOffset), p.lowest, p.highest));
    }
    return Status::Ok;
}

Status meanFloats(const FastCall& fast) {
    const auto& p = fast.call.params<ReduceParams>();
    float* output = fast.output<float>();
    sumUpRows(p, fast.input<float>(0), output);
    if (p.divisor != 1)
        for (int32_t i = 0; i < p.outputs; ++i)
            output[i] /= static_cast<float>(p.divisor);
    return Status::Ok;
}

FastPlan prepareReduction(const ReduceParams& p, KernelId id) {
    const int32_t stride = p.walk.rowStride(0);
    if (stride != 0 && stride != 1) return {};
    // So few codes that their sum stays within 32 bits.
    constexpr int64_t kMostElements = 1 << 24;
    int64_t elements = 1;
    for (const int32_t dim : p.walk.dims)
        elements = elements > kMostElements ? elements : elements * dim;
    if (elements >= kMostElements) return {};
    return {id == KernelId::SumInt8 ? meanCodes : meanFloats, 0, 0};
}

#else
FastPlan prepareReduction(const ReduceParams&, KernelId) {
    return {};
}
#endif  // NETCALIPER_VECTORS

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace runtime {

HWY_EXPORT(prepareReduction);

FastPlan prepareMean(const Call& call, KernelId id, uint8_t*) {
    return HWY_DYNAMIC_DISPATCH(prepareReduction)(call.params<ReduceParams>(), id);
}

}  // namespace runtime
#endif  // HWY_ONCE
