// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/residual_loops.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "transform/recovery/residual_loops.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace transform::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;

/// Loads `count` lanes, at most a vector, and reads nothing behind them.
HWY_INLINE V loadSome(const float* from, size_t count) {
    if (count >= hn::Lanes(D())) return hn::LoadU(D(), from);
#if HWY_TARGET <= HWY_AVX2
    return hn::MaskedLoad(hn::FirstN(D(), count), D(), from);
#else
    // Other instruction sets load whole vectors.
    HWY_ALIGN float lanes[hn::MaxLanes(D())] = {};
    for (size_t i = 0; i < count; ++i)
        lanes[i] = from[i];
    return hn::Load(D(), lanes);
#endif
}

HWY_INLINE void storeSome(V v, float* to, size_t count) {
    if (count >= hn::Lanes(D())) return hn::StoreU(v, D(), to);
    HWY_ALIGN float lanes[hn::MaxLanes(D())];
    hn::Store(v, D(), lanes);
    for (size_t i = 0; i < count; ++i)
        to[i] = lanes[i];
}

void clampedResidualOn(const ClampedResidual& task) {
    const V lowest = hn::Set(D(), task.low), highest = hn::Set(D(), task.high);
    for (size_t row = 0; row < task.rows; ++row) {
        const float* wanted = task.wanted + row * task.channels;
        float* predicted = task.predicted + row * task.channels;
        for (size_t c = 0; c < task.channels; c += hn::Lanes(D())) {
            const size_t some = task.channels - c;
            const V y = loadSome(wanted + c, some), p = loadSome(predicted + c, some);
            const auto below = hn::And(hn::Le(y, lowest), hn::Le(p, lowest));
            const auto above = hn::And(hn::Ge(y, highest), hn::Ge(p, highest));
            const V rest = hn::IfThenZeroElse(hn::Or(below, above), hn::Sub(y, p));
            storeSome(rest, predicted + c, some);
            storeSome(hn::Add(loadSome(task.sums + c, some), rest), task.sums + c, some);
        }
    }
}

void realValuesOn(const int8_t* codes, size_t count, float zero, float scale, float* values) {
    const hn::Rebind<int8_t, D> d8;
    const hn::Rebind<int32_t, D> d32;
    const size_t lanes = hn::Lanes(D());
    const V offset = hn::Set(D(), zero), step = hn::Set(D(), scale);
    size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const V real = hn::ConvertTo(D(), hn::PromoteTo(d32, hn::LoadU(d8, codes + i)));
        hn::StoreU(hn::Mul(hn::Sub(real, offset), step), D(), values + i);
    }
    for (; i < count; ++i)
        values[i] = (static_cast<float>(codes[i]) - zero) * scale;
}

}  // namespace transform::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace transform {

HWY_EXPORT(clampedResidualOn);
HWY_EXPORT(realValuesOn);

void clampedResidual(const ClampedResidual& task) {
    HWY_DYNAMIC_DISPATCH(clampedResidualOn)(task);
}
void realValues(const int8_t* codes, size_t count, float zero, float scale, float* values) {
    HWY_DYNAMIC_DISPATCH(realValuesOn)(codes, count, zero, scale, values);
}

namespace plain {

void clampedResidual(const ClampedResidual& task) {
    for (size_t i = 0; i < task.rows * task.channels; ++i) {
        const float y = task.wanted[i], p = task.predicted[i];
        const bool isBeyond =
            (y <= task.low && p <= task.low) || (y >= task.high && p >= task.high);
        task.predicted[i] = isBeyond ? 0 : y - p;
        task.sums[i % task.channels] += task.predicted[i];
    }
}

void realValues(const int8_t* codes, size_t count, float zero, float scale, float* values) {
    for (size_t i = 0; i < count; ++i)
        values[i] = (static_cast<float>(codes[i]) - zero) * scale;
}

}  // namespace plain
}  // namespace transform
#endif  // HWY_ONCE
