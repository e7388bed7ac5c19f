// SPDX-License-Identifier: GPL-3.0-or-later
// SUM and MEAN on 8- and 16-bit codes and on floats: adds rows of the input to rows of sums, or to
// a single sum.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_mean.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/reduce.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

template <typename T>
HWY_INLINE V32 load(const T* codes) {
    return loadWidened(codes);
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

/// Returns the sum of a row.
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
    const int32_t length = p.iterator.rowLength();
    const bool single = p.iterator.rowStride(0) == 0;
    forEachRow(p.iterator, [&](const ptrdiff_t(&offsets)[1]) {
        if (single)
            sums[offsets[0]] += sumRow<Sum>(input, length);
        else
            addRow(input, length, sums + offsets[0]);
        input += length;
    });
}

template <typename T>
Status meanCodes(const FastCall& fast) {
    const auto& p = fast.call.params<ReduceParams>();
    auto* sums = fast.call.scratch<int32_t>();
    T* output = fast.output<T>();
    sumUpRows(p, fast.input<T>(0), sums);
    for (int32_t i = 0; i < p.outputs; ++i) {
        const int32_t scaled = multiplyByFactor(wrapAdd(sums[i], p.sumOffset), p.factor);
        output[i] = static_cast<T>(clamp(wrapAdd(scaled, p.outputOffset), p.lowest, p.highest));
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

}  // namespace

FastPlan prepareReduction(const Call& call, KernelId id, uint8_t*) {
    const auto& p = call.params<ReduceParams>();
    const int32_t stride = p.iterator.rowStride(0);
    if (stride != 0 && stride != 1) return {};
    // Number of codes whose sum stays within 32 bits.
    const int64_t mostElements = id == KernelId::SumInt16 ? 1 << 16 : 1 << 24;
    int64_t elements = 1;
    for (const int32_t dim : p.iterator.dims)
        elements = elements > mostElements ? elements : elements * dim;
    if (elements >= mostElements) return {};
    if (id == KernelId::SumFloat32) return {meanFloats, 0, 0};
    return {id == KernelId::SumInt8 ? meanCodes<int8_t> : meanCodes<int16_t>, 0, 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
