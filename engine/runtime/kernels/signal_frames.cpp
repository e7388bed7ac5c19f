// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_frames.h"

#include "runtime/fixed_point.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

template <typename T>
void copyValues(T* to, const T* from, uint32_t count) {
    if (count > 0) __builtin_memcpy(to, from, count * sizeof(T));
}

template <typename T>
void moveValues(T* to, const T* from, uint32_t count) {
    if (count > 0) __builtin_memmove(to, from, count * sizeof(T));
}

/// Gives one row, `held` samples of which came before the input.
void delayRow(const SignalDelayParams& p, const int16_t* input, int16_t* held, int16_t* output) {
    const uint32_t old = p.delay < p.frame ? p.delay : p.frame;
    copyValues(output, held, old);
    copyValues(output + old, input, p.frame - old);
    moveValues(held, held + old, p.delay - old);
    copyValues(held + p.delay - old, input + p.frame - old, old);
}

/// Takes one step of samples; returns false where they do not fill a frame.
bool frameStep(const SignalFramerParams& p, const int16_t* input, int32_t& extra, int16_t* held,
               int16_t* output) {
    const uint32_t count = p.first + static_cast<uint32_t>(extra);
    if (count + p.step < p.frame) {
        copyValues(held + count, input, p.step);
        extra += static_cast<int32_t>(p.step);
        return false;
    }
    const uint32_t old = count < p.frame ? count : p.frame;
    copyValues(output, held, old);
    copyValues(output + old, input, p.frame - old);
    const uint32_t dropped = count < p.step ? count : p.step;
    moveValues(held, held + dropped, count - dropped);
    copyValues(held + count - dropped, input + p.step - dropped, dropped);
    return true;
}

int16_t addValues(int16_t a, int16_t b) {
    return static_cast<int16_t>(clamp<int32_t>(int32_t{a} + b, INT16_MIN, INT16_MAX));
}
float addValues(float a, float b) {
    return b + a;
}

template <typename T>
Status overlapAdd(const Call& call) {
    const auto& p = call.params<SignalOverlapAddParams>();
    const T* input = call.input<T>(0);
    T *sums = call.state<T>(1), *output = call.output<T>();
    for (uint32_t row = 0; row < p.rows; ++row, sums += p.frame)
        for (uint32_t frame = 0; frame < p.frames; ++frame, input += p.frame, output += p.step) {
            for (uint32_t i = 0; i < p.frame; ++i)
                sums[i] = addValues(input[i], sums[i]);
            copyValues(output, sums, p.step);
            moveValues(sums, sums + p.step, p.frame - p.step);
            __builtin_memset(sums + p.frame - p.step, 0, p.step * sizeof(T));
        }
    return Status::Ok;
}

}  // namespace

Status signalDelay(const Call& call) {
    const auto& p = call.params<SignalDelayParams>();
    const int16_t* input = call.input<int16_t>(0);
    int16_t* output = call.output<int16_t>();
    int16_t* held = p.delay > 0 ? call.state<int16_t>(1) : nullptr;
    for (uint32_t row = 0; row < p.rows; ++row, input += p.frame, output += p.frame)
        delayRow(p, input, p.delay > 0 ? held + row * p.delay : nullptr, output);
    return Status::Ok;
}

Status signalFramer(const Call& call) {
    const auto& p = call.params<SignalFramerParams>();
    const int16_t* input = call.input<int16_t>(0);
    uint8_t* state = call.state<uint8_t>(1);
    int16_t* output = call.output<int16_t>(0);
    bool valid = true;
    for (uint32_t row = 0; row < p.rows; ++row, state += p.rowBytes()) {
        auto& extra = *reinterpret_cast<int32_t*>(state);
        auto* held = reinterpret_cast<int16_t*>(state + 4);
        for (uint32_t i = 0; i < p.frames; ++i, input += p.step, output += p.frame)
            valid = frameStep(p, input, extra, held, output) && valid;
    }
    *call.output<uint8_t>(1) = valid ? 1 : 0;
    return Status::Ok;
}

Status signalStacker(const Call& call) {
    const auto& p = call.params<SignalStackerParams>();
    const int16_t* input = call.input<int16_t>(0);
    auto* state = call.state<int32_t>(1);
    auto* held = reinterpret_cast<int16_t*>(state + 2);
    auto count = static_cast<uint32_t>(state[1]);
    for (uint32_t copies = state[0] == 0 ? p.leftContext + 1 : 1; copies > 0; --copies) {
        copyValues(held + count, input, p.slice);
        count += p.slice;
    }
    state[0] = 1;
    const bool valid = count >= p.stack;
    if (valid) {
        copyValues(call.output<int16_t>(0), held, p.stack);
        count -= p.step;
        moveValues(held, held + p.step, count);
    }
    state[1] = static_cast<int32_t>(count);
    *call.output<uint8_t>(1) = valid ? 1 : 0;
    return Status::Ok;
}

Status signalOverlapAddInt16(const Call& call) {
    return overlapAdd<int16_t>(call);
}
Status signalOverlapAddFloat32(const Call& call) {
    return overlapAdd<float>(call);
}

}  // namespace runtime
