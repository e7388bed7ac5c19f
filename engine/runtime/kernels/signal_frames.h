// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signal operators that keep samples from run to run. Their states are zero before the first run,
// and each row of the input has a state of its own. Samples are int16; SignalOverlapAdd has floats,
// too. Source: tflite-micro 90b983c2, signal/micro/kernels and signal/src.

#include "runtime/program.h"

namespace runtime {

/// SignalDelay. Operands: samples, the last `delay` samples; output. Without delay no state.
struct SignalDelayParams {
    uint32_t rows = 0;
    uint32_t frame = 0;
    uint32_t delay = 0;
};

/// SignalFramer: frames that overlap by frame - step samples. Where the samples do not fill a frame
/// yet, it stays as it was and the second output is false. Operands: samples, state; frames, valid.
struct SignalFramerParams {
    uint32_t rows = 0, frames = 0;  ///< per row
    uint32_t frame = 0, step = 0;
    uint32_t first = 0;  ///< samples (zeros) held before the first run
    uint32_t most = 0;   ///< samples held between runs, at most
    /// Bytes of a row's state: a count of samples beyond `first`, then `most` samples.
    uint32_t rowBytes() const { return 4 + (2 * most + 3) / 4 * 4; }
};

/// SignalStacker: the last slices side by side, every `step` slices; before the first one stand
/// copies of it. Operands: slice, state; stack, valid.
struct SignalStackerParams {
    uint32_t slice = 0;  ///< channels
    uint32_t stack = 0;  ///< channels of all slices
    uint32_t leftContext = 0;
    uint32_t step = 0;  ///< channels to drop after each stack
    /// Two int32 (has a first slice, channels held), then the channels.
    uint32_t stateBytes() const { return 8 + 2 * stack; }
};

/// SignalOverlapAdd: adds frames that overlap by frame - step values. Operands: frames, sums not
/// yet given; output.
struct SignalOverlapAddParams {
    uint32_t rows = 0, frames = 0;  ///< per row
    uint32_t frame = 0, step = 0;
};

}  // namespace runtime
