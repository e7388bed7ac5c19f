// SPDX-License-Identifier: GPL-3.0-or-later
// ADD, SUB and MUL on floats, row by row of the walk; a row's operand is a run of values or one
// value that repeats. Bit-identical to the plain kernels but for NaN.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "runtime/host/fast_binary_float32.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "runtime/host/fast_kernel_list.h"
#include "runtime/host/floats_inl.h"
#include "runtime/kernels/binary.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {
namespace {

#if NETCALIPER_VECTORS

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

template <typename Combine>
void combineRow(const BinaryParams& p, Operand a, Operand b, int32_t length, float* output) {
    const DF d;
    const Combine combine;
    const VF lowest = hn::Set(d, p.lowestFloat), highest = hn::Set(d, p.highestFloat);
    int32_t i = 0;
    for (; i + static_cast<int32_t>(kFloatLanes) <= length; i += static_cast<int32_t>(kFloatLanes))
        hn::StoreU(hn::Min(hn::Max(combine(a.load(i), b.load(i)), lowest), highest), d, output + i);
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

FastPlan prepareBinary(const BinaryParams& p, KernelId id) {
    const auto isRun = [&](int follower) {
        const int32_t stride = p.walk.rowStride(follower);
        return stride == 0 || stride == 1 || p.walk.rowLength() == 1;
    };
    if (!isRun(0) || !isRun(1)) return {};
    if (id == KernelId::MulFloat32) return {runBinary<MulFloats>, 0, 0};
    if (id == KernelId::SubFloat32) return {runBinary<SubFloats>, 0, 0};
    return {runBinary<AddFloats>, 0, 0};
}

#else
FastPlan prepareBinary(const BinaryParams&, KernelId) {
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

FastPlan prepareBinaryFloat32(const Call& call, KernelId id, uint8_t*) {
    return HWY_DYNAMIC_DISPATCH(prepareBinary)(call.params<BinaryParams>(), id);
}

}  // namespace runtime
#endif  // HWY_ONCE
