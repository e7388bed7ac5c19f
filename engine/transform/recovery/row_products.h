// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Products of rows of floats, with the vectors of this machine's instruction set. Each function has
// a plain twin of the same name in `plain`.
//
// Thread rules: functions of their arguments. Sums run in an order that depends on the sizes only.

#include <cstddef>

namespace transform {

/// c[i][j] += sum over k < depth of a[i * aRow + k * aStep] * b[k * bRow + j], for i < rows and
/// j < columns: a product with `a` or, with aRow 1, with its transpose.
struct AddedProduct {
    const float* a = nullptr;
    size_t aRow = 0, aStep = 1;
    const float* b = nullptr;
    size_t bRow = 0;
    float* c = nullptr;
    size_t cRow = 0;
    size_t rows = 0, columns = 0, depth = 0;
};
void addProduct(const AddedProduct& product);

/// c[i] += a[i] * b[i].
void addScaled(const float* a, const float* b, float* c, size_t count);

/// predicted[i] becomes wanted[i] - predicted[i], or 0 where both lie at or beyond the same bound.
void clampedResidual(const float* wanted, float low, float high, float* predicted, size_t count);

namespace plain {
void addProduct(const AddedProduct& product);
void addScaled(const float* a, const float* b, float* c, size_t count);
void clampedResidual(const float* wanted, float low, float high, float* predicted, size_t count);
}  // namespace plain

}  // namespace transform
