// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signal operators around a spectrum: window, scale, FFT, energy. A complex number is a real part,
// then an imaginary one. Source: tflite-micro 90b983c2, signal/src; its FFTs are those of KISS FFT
// 130: mixed radix, decimation in time, each stage of fixed-point numbers divided by its radix.

#include "runtime/program.h"

namespace runtime {

/// SignalWindow: samples times weights (int16), repeated, shifted right, saturated.
/// Operands: samples, weights; output.
struct SignalWindowParams {
    uint32_t windows = 0, length = 0;
    int32_t shift = 0;
};

/// SignalFftAutoScale: int16 values shifted left as far as the greatest allows.
/// Operands: values; output, shift (int32).
struct SignalFftAutoScaleParams {
    uint32_t count = 0;
};

/// SignalEnergy: squares of the magnitudes (uint32) of complex int16 numbers [start, end); others
/// stay as they were. Operands: spectrum; energies.
struct SignalEnergyParams {
    uint32_t start = 0, end = 0;
};

/// SignalRfft and SignalIrfft. A real transform of `length` values is a complex one of half the
/// length. Operands: values, state: `length` values of no meaning between runs; output; scratch of
/// `length` values (SignalRfft).
struct SignalFftParams {
    uint32_t rows = 0;
    uint32_t inputStep = 0, outputStep = 0;  ///< values per row
    uint32_t length = 0;
    Part stages;    ///< int32 pairs: radix, length of the transforms that it joins
    Part twiddles;  ///< complex: exp(-2 pi i k / half); inverse: exp(2 pi i k / half)
    Part ends;      ///< complex: factors between the complex transform and the real one
};

}  // namespace runtime
