// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Functions of 16-bit codes by table and linear interpolation, as in the TFLM reference kernels.

#include <stdint.h>

namespace runtime {

/// Value of a 513-entry table at a code: 9 bits select the entry, 7 interpolate.
inline int16_t lookUp(const int16_t* table, int16_t code) {
    const int32_t index = 256 + (code >> 7);
    const int32_t slope = static_cast<int16_t>(table[index + 1] - table[index]);
    return static_cast<int16_t>(table[index] + ((slope * (code & 0x7f) + 64) >> 7));
}

/// Scales a code for the table: (code * multiplier + half) >> shift. A multiplier of 3 means an
/// input with 3 integer bits.
struct TableScale {
    int32_t multiplier = 3;
    int32_t shift = 0;
};

/// logistic(x), result with 15 fraction bits.
int16_t logisticInt16(int16_t code, TableScale scale);
/// tanh(x) = 2 logistic(2x) - 1, result with 15 fraction bits.
int16_t tanhInt16(int16_t code, TableScale scale);

/// logistic(i / 24) with 16 fraction bits, i from 0 to kLogisticEntries - 1, for callers that
/// interpolate themselves.
constexpr int kLogisticEntries = 256;
const uint16_t* logisticTable();

/// The same for many codes; `results` may equal `codes`.
void logisticInt16(const int16_t* codes, int32_t count, TableScale scale, int16_t* results);
void tanhInt16(const int16_t* codes, int32_t count, TableScale scale, int16_t* results);

}  // namespace runtime
