// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on floats, row by row of the walk; a row's operand is a run of values or one
// value that repeats. Bit-identical to the plain kernels but for NaN.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_families_inl.h"
#include "runtime/host/floats_inl.h"
#include "runtime/host/operand_rows.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

namespace {

struct AddFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a + b;
    }
};
struct SubFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a - b;
    }
};
struct MulFloats {
    template <typename T>
    HWY_INLINE T operator()(T a, T b) const {
        return a * b;
    }
};

struct Operand {
    const float* values;
    bool repeats;

    HWY_INLINE VF load(int32_t i) const {
        return repeats ? hn::Set(DF(), values[0]) : hn::LoadU(DF(), values + i);
    }
    float at(int32_t i) const { return values[repeats ? 0 : i]; }
};

/// Has the cache fetch what comes four lines later: rows longer than the nearest cache are bound
/// by it, and the processor alone fetches a little late (4 % on 64 KiB).
HWY_INLINE void prefetchAhead(Operand a, Operand b, int32_t i, float* output) {
    constexpr int32_t kAhead = 64;
    __builtin_prefetch(output + i + kAhead, 1);
    if (!a.repeats) __builtin_prefetch(a.values + i + kAhead);
    if (!b.repeats) __builtin_prefetch(b.values + i + kAhead);
}

template <typename Combine>
void combineRow(const BinaryParams& p, Operand a, Operand b, int32_t length, float* output) {
    const DF d;
    const Combine combine;
    const VF lowest = hn::Set(d, p.lowestFloat), highest = hn::Set(d, p.highestFloat);
    int32_t i = 0;
    for (; i + kLaneCount <= length; i += kLaneCount) {
        prefetchAhead(a, b, i, output);
        hn::StoreU(hn::Min(hn::Max(combine(a.load(i), b.load(i)), lowest), highest), d, output + i);
    }
    for (; i < length; ++i)
        output[i] = clamp(combine(a.at(i), b.at(i)), p.lowestFloat, p.highestFloat);
}

template <typename Combine>
Status runBinary(const FastCall& fast) {
    const auto& p = fast.call.params<BinaryParams>();
    const float* left = fast.input<float>(0);
    const float* right = fast.input<float>(1);
    float* output = fast.output<float>();
    const int32_t length = p.walk.rowLength();
    forEachRow(p.walk, [&](const ptrdiff_t(&offsets)[2]) {
        combineRow<Combine>(p, {left + offsets[0], p.walk.rowStride(0) == 0},
                            {right + offsets[1], p.walk.rowStride(1) == 0}, length, output);
        output += length;
    });
    return Status::Ok;
}

}  // namespace

FastPlan prepareBinaryFloat32(const Call& call, KernelId id, uint8_t*) {
    if (!hasRowsOfRuns(call.params<BinaryParams>())) return {};
    if (id == KernelId::MulFloat32) return {runBinary<MulFloats>, 0, 0};
    if (id == KernelId::SubFloat32) return {runBinary<SubFloats>, 0, 0};
    return {runBinary<AddFloats>, 0, 0};
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
