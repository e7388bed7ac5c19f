// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/table16.h"

namespace runtime {
namespace {

constexpr int kEntries = kLogisticEntries;

struct Table {
    uint16_t value[kEntries];
};

// exp(-x) for x >= 0 in double: Taylor series of exp(-x / 16), raised to the 16th power.
constexpr double expMinus(double x) {
    const double small = -x / 16.0;
    double term = 1.0, sum = 1.0;
    for (int i = 1; i < 24; ++i) {
        term *= small / i;
        sum += term;
    }
    for (int i = 0; i < 4; ++i)
        sum *= sum;
    return sum;
}

// logistic(i / 24) with 16 fraction bits. Each entry is raised by half of the largest error of a
// straight line to the next entry, |f''| step^2 / 16, so that interpolation errs equally in both
// directions; this reproduces TFLite's table, whose last entry is 2^16 - 1.
constexpr Table makeTable() {
    Table table{};
    for (int i = 0; i < kEntries; ++i) {
        const double s = 1.0 / (1.0 + expMinus(i / 24.0));
        const double bend = s * (1.0 - s) * (2.0 * s - 1.0) / (24.0 * 24.0 * 16.0);
        table.value[i] = static_cast<uint16_t>(65536.0 * (s + bend) + 0.5);
    }
    table.value[kEntries - 1] = 65535;
    return table;
}

constexpr Table kLogistic = makeTable();

struct Scaling {
    explicit Scaling(TableScale scale)
        : multiplier(scale.multiplier),
          shift(scale.shift),
          half(scale.shift > 0 ? 1 << (scale.shift - 1) : 0) {}
    int32_t operator()(int16_t code) const { return (code * multiplier + half) >> shift; }

    int32_t multiplier, shift, half;
};

// Interpolated table value at |x|, with 16 + fractionBits fraction bits.
inline uint32_t interpolated(uint32_t size, uint32_t fractionBits, uint32_t saturated) {
    const uint32_t index = size >> fractionBits;
    if (index >= kEntries - 1) return saturated;
    const uint32_t low = kLogistic.value[index], high = kLogistic.value[index + 1];
    const uint32_t part = size & ((1u << fractionBits) - 1);
    return (low << fractionBits) + part * (high - low);
}

inline uint32_t magnitude(int32_t x) {
    return static_cast<uint32_t>(x < 0 ? -x : x);
}

inline int16_t logisticAt(int32_t x) {
    const uint32_t value = interpolated(magnitude(x), 9, 0x7fffu << 10);
    const uint32_t rounded = x >= 0 ? value + (1u << 9) : (1u << 25) - value + (1u << 9) - 1;
    return static_cast<int16_t>(rounded >> 10);
}

inline int16_t tanhAt(int32_t x) {
    const int32_t value = static_cast<int32_t>(interpolated(magnitude(x), 8, 0xffffu << 8));
    const int32_t rounded =
        x >= 0 ? value - (1 << 23) + (1 << 7) : -value + (1 << 23) + (1 << 7) - 1;
    return static_cast<int16_t>(rounded >> 8);
}

}  // namespace

int16_t logisticInt16(int16_t code, TableScale scale) {
    return logisticAt(Scaling(scale)(code));
}
int16_t tanhInt16(int16_t code, TableScale scale) {
    return tanhAt(Scaling(scale)(code));
}

const uint16_t* logisticTable() {
    return kLogistic.value;
}

void logisticInt16(const int16_t* codes, int32_t count, TableScale scale, int16_t* results) {
    const Scaling scaled(scale);
    for (int32_t i = 0; i < count; ++i)
        results[i] = logisticAt(scaled(codes[i]));
}
void tanhInt16(const int16_t* codes, int32_t count, TableScale scale, int16_t* results) {
    const Scaling scaled(scale);
    for (int32_t i = 0; i < count; ++i)
        results[i] = tanhAt(scaled(codes[i]));
}

}  // namespace runtime
