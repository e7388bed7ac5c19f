// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Comparisons and logic of two operands; the output is bool. 8- and 16-bit operands are first
// rescaled to a common scale where the parameters request it.

#include "runtime/kernels/add.h"

namespace runtime {

enum class Comparison : int32_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

struct CompareParams {
    BinaryParams binary;
    Comparison comparison{};
};

template <typename T>
bool holds(Comparison comparison, T a, T b) {
    switch (comparison) {
        case Comparison::Equal:
            return a == b;
        case Comparison::NotEqual:
            return a != b;
        case Comparison::Less:
            return a < b;
        case Comparison::LessEqual:
            return a <= b;
        case Comparison::Greater:
            return a > b;
        case Comparison::GreaterEqual:
            return a >= b;
    }
    return false;
}

}  // namespace runtime
