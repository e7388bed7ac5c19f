// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/row_products.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "transform/recovery/row_products.cpp"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace transform::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;

/// Rows of a tile: with two vectors each, the sums fit into 16 registers.
constexpr size_t kTileRows = 6;

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

HWY_INLINE void addSome(V sum, float* to, size_t count) {
    storeSome(hn::Add(sum, loadSome(to, count)), to, count);
}

/// `first` and `second`: columns of the two vectors.
template <size_t rows>
HWY_NOINLINE void addTile(const AddedProduct& p, size_t row, size_t column, size_t first,
                          size_t second) {
    V left[rows], right[rows];
    for (size_t r = 0; r < rows; ++r)
        left[r] = right[r] = hn::Zero(D());
    const float* a = p.a + row * p.aRow;
    const float* b = p.b + column;
    const size_t lanes = hn::Lanes(D());
    for (size_t k = 0; k < p.depth; ++k, a += p.aStep, b += p.bRow) {
        const V bLeft = loadSome(b, first);
        const V bRight = second > 0 ? loadSome(b + lanes, second) : hn::Zero(D());
        for (size_t r = 0; r < rows; ++r) {
            const V value = hn::Set(D(), a[r * p.aRow]);
            left[r] = hn::MulAdd(value, bLeft, left[r]);
            right[r] = hn::MulAdd(value, bRight, right[r]);
        }
    }
    for (size_t r = 0; r < rows; ++r) {
        float* c = p.c + (row + r) * p.cRow + column;
        addSome(left[r], c, first);
        if (second > 0) addSome(right[r], c + lanes, second);
    }
}

void addProductOn(const AddedProduct& p) {
    const size_t lanes = hn::Lanes(D());
    for (size_t column = 0; column < p.columns; column += 2 * lanes) {
        const size_t left = p.columns - column;
        const size_t first = HWY_MIN(left, lanes), second = HWY_MIN(left - first, lanes);
        size_t row = 0;
        for (; row + kTileRows <= p.rows; row += kTileRows)
            addTile<kTileRows>(p, row, column, first, second);
        for (; row < p.rows; ++row)
            addTile<1>(p, row, column, first, second);
    }
}

void addScaledOn(const float* a, const float* b, float* c, size_t count) {
    for (size_t i = 0; i < count; i += hn::Lanes(D())) {
        const size_t some = count - i;
        addSome(hn::Mul(loadSome(a + i, some), loadSome(b + i, some)), c + i, some);
    }
}

void clampedResidualOn(const float* wanted, float low, float high, float* predicted, size_t count) {
    const V lowest = hn::Set(D(), low), highest = hn::Set(D(), high);
    for (size_t i = 0; i < count; i += hn::Lanes(D())) {
        const size_t some = count - i;
        const V y = loadSome(wanted + i, some), p = loadSome(predicted + i, some);
        const auto below = hn::And(hn::Le(y, lowest), hn::Le(p, lowest));
        const auto above = hn::And(hn::Ge(y, highest), hn::Ge(p, highest));
        const V rest = hn::IfThenZeroElse(hn::Or(below, above), hn::Sub(y, p));
        storeSome(rest, predicted + i, some);
    }
}

}  // namespace transform::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace transform {

HWY_EXPORT(addProductOn);
HWY_EXPORT(addScaledOn);
HWY_EXPORT(clampedResidualOn);

void addProduct(const AddedProduct& product) {
    HWY_DYNAMIC_DISPATCH(addProductOn)(product);
}
void addScaled(const float* a, const float* b, float* c, size_t count) {
    HWY_DYNAMIC_DISPATCH(addScaledOn)(a, b, c, count);
}
void clampedResidual(const float* wanted, float low, float high, float* predicted, size_t count) {
    HWY_DYNAMIC_DISPATCH(clampedResidualOn)(wanted, low, high, predicted, count);
}

namespace plain {

void addProduct(const AddedProduct& p) {
    for (size_t i = 0; i < p.rows; ++i)
        for (size_t j = 0; j < p.columns; ++j) {
            float sum = 0;
            for (size_t k = 0; k < p.depth; ++k)
                sum += p.a[i * p.aRow + k * p.aStep] * p.b[k * p.bRow + j];
            p.c[i * p.cRow + j] += sum;
        }
}

void addScaled(const float* a, const float* b, float* c, size_t count) {
    for (size_t i = 0; i < count; ++i)
        c[i] += a[i] * b[i];
}

void clampedResidual(const float* wanted, float low, float high, float* predicted, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        const float y = wanted[i], p = predicted[i];
        const bool isBeyond = (y <= low && p <= low) || (y >= high && p >= high);
        predicted[i] = isBeyond ? 0 : y - p;
    }
}

}  // namespace plain
}  // namespace transform
#endif  // HWY_ONCE
