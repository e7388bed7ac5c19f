// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signal operators on the channels of a filter bank. Indices among the operands are checked at run
// time: one out of range stops the run with BadData. Source: tflite-micro 90b983c2, signal/src.

#include "runtime/program.h"

namespace runtime {

/// SignalFilterBank: weighted sums (uint64) of energies (uint32). Channel c sums its band with
/// `weights` and the band before with `unweights`. Operands: energies; int16: weights, unweights,
/// then of channels + 1 bands: first energy, first weight, width; output.
struct SignalFilterBankParams {
    int32_t energies = 0, weights = 0, channels = 0;
};

/// SignalFilterBankSquareRoot: rounded roots (uint32), shifted right. Operands: sums (uint64),
/// shift (int32); output.
struct SignalSquareRootParams {
    uint32_t channels = 0;
};

/// SignalFilterBankSpectralSubtraction: takes a smoothed estimate of the noise away. Smoothing and
/// least have `bits` fraction bits, the estimate has `smoothingBits`. Operands: values, estimate
/// (uint32 per channel, 0 before the first run); output, estimate.
struct SignalSubtractionParams {
    uint32_t channels = 0;
    uint32_t smoothing[2] = {}, oneMinusSmoothing[2] = {};  ///< of even and of odd channels
    uint32_t least = 0;  ///< of each value: what remains at least
    int32_t smoothingBits = 0, bits = 0;
    int32_t clamps = 0;  ///< 1: an estimate above the value falls to it
};

/// SignalPCAN: gain control per channel. The gain of a noise estimate is interpolated in a table of
/// intervals that double in length. Operands: values, estimates (uint32), table (int16); output.
struct SignalPcanParams {
    uint32_t channels = 0;
    uint32_t table = 0;  ///< entries
    int32_t shift = 0;   ///< from value times gain to a ratio of 12 fraction bits
};

/// SignalFilterBankLog: natural logarithms times a scale, at most 32767, in fixed-point arithmetic.
/// Operands: values (uint32); output (int16).
struct SignalLogParams {
    uint32_t channels = 0;
    uint32_t scale = 0;
    int32_t shift = 0;  ///< left, before the logarithm
    /// uint16: 65536 * (log2(1 + i / 128) - i / 128) of i = 0, ..., 128.
    Part table;
};
constexpr int kLogSegments = 128;

}  // namespace runtime
