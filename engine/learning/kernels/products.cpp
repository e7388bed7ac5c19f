// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of kTileRows rows and two vectors of columns, whose sums stay in registers.
#include "learning/kernels/products.h"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/kernels/products.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
#include "learning/kernels/vectors_inl.h"

HWY_BEFORE_NAMESPACE();
namespace learning::HWY_NAMESPACE {
namespace {

constexpr int32_t kPanel = 2 * static_cast<int32_t>(kLanes);

template <int M, int N>
HWY_INLINE void addProducts(const Rows& a, const int32_t* rows, const float* b, V (&sums)[M * N]) {
    const D d;
    for (int32_t r = 0; r < a.runCount; ++r) {
        const float* left[M];
#pragma GCC unroll 16
        for (int i = 0; i < M; ++i)
            left[i] = a.base + rows[i] + a.runs[r];
        for (int32_t k = 0; k < a.runLength; ++k, b += kPanel) {
            V right[N];
#pragma GCC unroll 2
            for (int j = 0; j < N; ++j)
                right[j] = hn::LoadU(d, b + static_cast<size_t>(j) * kLanes);
#pragma GCC unroll 16
            for (int i = 0; i < M; ++i) {
                const V x = hn::Set(d, left[i][k]);
#pragma GCC unroll 2
                for (int j = 0; j < N; ++j)
                    sums[i * N + j] = hn::MulAdd(x, right[j], sums[i * N + j]);
            }
        }
    }
}

template <int M, int N>
void rowTile(const RowProduct& p, int32_t row, int32_t column, const float* b) {
    const D d;
    V sums[M * N];
#pragma GCC unroll 32
    for (V& sum : sums)
        sum = hn::Zero(d);
    addProducts<M, N>(p.a, p.a.rows + row, b, sums);
    const V lowest = hn::Set(d, p.lowest), highest = hn::Set(d, p.highest);
#pragma GCC unroll 2
    for (int j = 0; j < N; ++j) {
        const int32_t first = column + j * static_cast<int32_t>(kLanes);
        const auto left = static_cast<size_t>(p.columns - first);
        const V bias = p.bias != nullptr ? loadPart(p.bias + first, left) : hn::Zero(d);
#pragma GCC unroll 16
        for (int i = 0; i < M; ++i) {
            float* c = p.c + static_cast<size_t>(row + i) * static_cast<size_t>(p.cStep) + first;
            const V sum = sums[i * N + j];
            if (p.add)
                storePart(hn::Add(loadPart(c, left), sum), c, left);
            else
                storePart(hn::Min(highest, hn::Max(lowest, hn::Add(sum, bias))), c, left);
        }
    }
}

template <int N>
using RowTile = void (*)(const RowProduct&, int32_t, int32_t, const float*);

template <int N>
RowTile<N> rowTileOf(int32_t rows) {
    static constexpr RowTile<N> kTiles[] = {rowTile<1, N>, rowTile<2, N>, rowTile<3, N>,
                                            rowTile<4, N>, rowTile<5, N>, rowTile<6, N>,
                                            rowTile<7, N>, rowTile<8, N>};
    return kTiles[rows - 1];
}

void rowBlock(const RowProduct& p, int32_t first, int32_t end) {
    const size_t panelFloats = static_cast<size_t>(p.a.length()) * kPanel;
    const float* b = p.b;
    for (int32_t column = 0; column < p.columns; column += kPanel, b += panelFloats) {
        const bool wide = p.columns - column > static_cast<int32_t>(kLanes);
        for (int32_t row = first; row < end; row += kTileRows) {
            const int32_t rows = std::min(kTileRows, end - row);
            (wide ? rowTileOf<2>(rows) : rowTileOf<1>(rows))(p, row, column, b);
        }
    }
}

/// Rows in blocks that stay in the first cache while all panels pass.
void rowProductVectors(const RowProduct& p) {
    constexpr int32_t kCachedFloats = 4096;
    const int32_t tiles = std::clamp(kCachedFloats / std::max(p.a.length(), 1) / kTileRows, 1, 16);
    for (int32_t row = 0; row < p.a.count; row += tiles * kTileRows)
        rowBlock(p, row, std::min(row + tiles * kTileRows, p.a.count));
}

struct OuterTask {
    const float *a, *b;
    const int32_t* rows;
    int32_t count;
    float* c;
    size_t columns;
};

template <int M, int N>
void outerTile(const OuterProduct& p, const OuterTask& task) {
    const D d;
    V sums[M * N];
#pragma GCC unroll 32
    for (V& sum : sums)
        sum = hn::Zero(d);
    const float* a = task.a;
    for (int32_t k = 0; k < task.count; ++k, a += p.aStep) {
        const float* b = task.b + task.rows[k];
        V right[N];
#pragma GCC unroll 2
        for (int j = 0; j < N; ++j)
            right[j] = hn::LoadU(d, b + static_cast<size_t>(j) * kLanes);
#pragma GCC unroll 16
        for (int i = 0; i < M; ++i) {
            const V x = hn::Set(d, a[i]);
#pragma GCC unroll 2
            for (int j = 0; j < N; ++j)
                sums[i * N + j] = hn::MulAdd(x, right[j], sums[i * N + j]);
        }
    }
#pragma GCC unroll 16
    for (int i = 0; i < M; ++i)
#pragma GCC unroll 2
        for (int j = 0; j < N; ++j) {
            float* c = task.c + static_cast<size_t>(i) * static_cast<size_t>(p.cStep) +
                       static_cast<size_t>(j) * kLanes;
            const size_t left = task.columns - static_cast<size_t>(j) * kLanes;
            storePart(hn::Add(loadPart(c, left), sums[i * N + j]), c, left);
        }
}

using OuterTile = void (*)(const OuterProduct&, const OuterTask&);

template <int N>
OuterTile outerTileOf(int32_t rows) {
    static constexpr OuterTile kTiles[] = {outerTile<1, N>, outerTile<2, N>, outerTile<3, N>,
                                           outerTile<4, N>, outerTile<5, N>, outerTile<6, N>,
                                           outerTile<7, N>, outerTile<8, N>};
    return kTiles[rows - 1];
}

void outerRun(const OuterProduct& p, OuterTask task, int32_t i, int32_t r) {
    const int32_t rows = std::min(kTileRows, p.count - i);
    task.a += i;
    for (int32_t k = 0; k < p.b.runLength; k += kPanel) {
        task.columns = static_cast<size_t>(p.b.runLength - k);
        task.b = p.b.base + p.b.runs[r] + k;
        task.c =
            p.c + static_cast<size_t>(i) * static_cast<size_t>(p.cStep) + r * p.b.runLength + k;
        (task.columns > kLanes ? outerTileOf<2>(rows) : outerTileOf<1>(rows))(p, task);
    }
}

/// Summed in blocks of rows that stay in the first cache. The runs of one row are mostly those of
/// its neighbours.
void outerProductVectors(const OuterProduct& p) {
    constexpr int32_t kCachedFloats = 6144;
    const int32_t block = std::clamp(kCachedFloats / std::max(p.b.runLength, 1), 64, 512);
    for (int32_t from = 0; from < p.b.count; from += block) {
        const OuterTask task{p.a + static_cast<size_t>(from) * static_cast<size_t>(p.aStep),
                             nullptr,
                             p.b.rows + from,
                             std::min(block, p.b.count - from),
                             nullptr,
                             0};
        for (int32_t i = 0; i < p.count; i += kTileRows)
            for (int32_t r = 0; r < p.b.runCount; ++r)
                outerRun(p, task, i, r);
    }
}

int32_t panelWidthVectors() {
    return kPanel;
}

}  // namespace
}  // namespace learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace learning {

HWY_EXPORT(rowProductVectors);
HWY_EXPORT(outerProductVectors);
HWY_EXPORT(panelWidthVectors);

void rowProduct(const RowProduct& product) {
    HWY_DYNAMIC_DISPATCH(rowProductVectors)(product);
}

void outerProduct(const OuterProduct& product) {
    HWY_DYNAMIC_DISPATCH(outerProductVectors)(product);
}

int32_t panelWidth() {
    return HWY_DYNAMIC_DISPATCH(panelWidthVectors)();
}

size_t packedSize(int32_t depth, int32_t columns) {
    const int32_t width = panelWidth();
    return static_cast<size_t>((columns + width - 1) / width * width) * static_cast<size_t>(depth);
}

namespace {

/// Copies rows, or transposes a few rows at a time: reads then follow memory in either case.
void packPanel(const PanelSource& m, size_t step, float* panel) {
    constexpr int32_t kRows = 16;
    for (int32_t from = 0; from < m.depth; from += kRows) {
        const int32_t end = std::min(from + kRows, m.depth);
        for (int32_t n = 0; n < static_cast<int32_t>(step); ++n)
            for (int32_t k = from; k < end; ++k)
                panel[static_cast<size_t>(k) * step + static_cast<size_t>(n)] =
                    n < m.columns ? m.base[static_cast<size_t>(k) * m.kStep +
                                           static_cast<size_t>(n) * m.nStep]
                                  : 0.0f;
    }
}

}  // namespace

void packPanels(const PanelSource& matrix, int32_t from, int32_t depth, float* packed) {
    const int32_t width = panelWidth();
    const auto step = static_cast<size_t>(width);
    for (int32_t first = 0; first < matrix.columns; first += width) {
        const int32_t columns = std::min(width, matrix.columns - first);
        float* panel = packed + static_cast<size_t>(first) * static_cast<size_t>(depth) +
                       static_cast<size_t>(from) * step;
        packPanel({matrix.base + static_cast<size_t>(first) * matrix.nStep, matrix.depth, columns,
                   matrix.kStep, matrix.nStep},
                  step, panel);
    }
}

}  // namespace learning
#endif  // HWY_ONCE
