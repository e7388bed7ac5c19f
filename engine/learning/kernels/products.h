// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Products of matrices whose rows lie at any offsets of a buffer, so that the windows of a
// convolution are read in place. Each function has a plain twin of the same name in `plain`.
//
// A row consists of runs: element r * runLength + k of row m is at rows[m] + runs[r] + k. The
// vector kernels read up to kSlack floats behind the last row.
//
// Thread rules: functions of their arguments. Sums run in an order that depends on the sizes only.

#include <cstddef>
#include <cstdint>

namespace learning {

constexpr size_t kSlack = 64;

struct Rows {
    const float* base = nullptr;
    const int32_t* rows = nullptr;
    int32_t count = 0;
    const int32_t* runs = nullptr;
    int32_t runCount = 1, runLength = 0;

    int32_t length() const { return runCount * runLength; }
};

/// c[m][n] = clamp(sum over k of a[m][k] * b[k][n] + bias[n]); with `add`, c[m][n] += the sum.
struct RowProduct {
    Rows a;
    const float* b = nullptr;  ///< packed by packPanels()
    int32_t columns = 0;
    float* c = nullptr;
    int32_t cStep = 0;            ///< floats from row to row
    const float* bias = nullptr;  ///< null: none
    float lowest = 0, highest = 0;
    bool add = false;
};
void rowProduct(const RowProduct& product);

/// c[i][j] += sum over rows p of a[p * aStep + i] * b[p][j], for i < count.
struct OuterProduct {
    const float* a = nullptr;
    int32_t aStep = 0, count = 0;
    Rows b;
    float* c = nullptr;
    int32_t cStep = 0;
};
void outerProduct(const OuterProduct& product);

/// A matrix to pack: element (k, n) is at k * kStep + n * nStep.
struct PanelSource {
    const float* base = nullptr;
    int32_t depth = 0, columns = 0;
    size_t kStep = 0, nStep = 0;
};
/// Columns of a panel of packed columns on this machine, and floats of a packed matrix.
int32_t panelWidth();
size_t packedSize(int32_t depth, int32_t columns);
/// Packs rows [from, from + matrix.depth) of a product's b, which has `depth` rows.
void packPanels(const PanelSource& matrix, int32_t from, int32_t depth, float* packed);

namespace plain {
void rowProduct(const RowProduct& product);
void outerProduct(const OuterProduct& product);
}  // namespace plain

}  // namespace learning
