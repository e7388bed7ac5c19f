// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/add_n_cumsum.h"

#include "runtime/kernels/add.h"
#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

int32_t scaled(const AddNCumsumParams& p, int32_t code) {
    return rescaled(code, p.inputOffset, p.leftShift, p.inputFactor);
}

int8_t codeOf(const AddNCumsumParams& p, int32_t sum) {
    const int32_t code = wrapAdd(multiplyByFactor(sum, p.outputFactor), p.outputOffset);
    return static_cast<int8_t>(clamp<int32_t>(code, INT8_MIN, INT8_MAX));
}

// Calls visit(index) along every line of depth, in the order of summation, and start() before each
// line.
template <typename Start, typename Visit>
void forEachLine(const AddNCumsumParams& p, Start start, Visit visit) {
    for (int32_t outer = 0; outer < p.outer; ++outer) {
        for (int32_t inner = 0; inner < p.inner; ++inner) {
            start();
            for (int32_t i = 0; i < p.depth; ++i) {
                const int32_t d = p.reverse != 0 ? p.depth - 1 - i : i;
                visit((static_cast<size_t>(outer) * p.depth + d) * p.inner + inner);
            }
        }
    }
}

}  // namespace

Status addNInt8(const Call& call) {
    const auto& p = call.params<AddNCumsumParams>();
    int8_t* output = call.output<int8_t>();
    for (uint32_t at = 0; at < call.outputBytes(); ++at) {
        int32_t sum = scaled(p, 0);
        for (uint32_t i = 0; i < call.inputCount(); ++i)
            sum = wrapAdd(sum, scaled(p, call.input<int8_t>(i)[at]));
        output[at] = codeOf(p, sum);
    }
    return Status::Ok;
}

Status addNFloat32(const Call& call) {
    float* output = call.output<float>();
    for (uint32_t at = 0; at < call.outputBytes() / sizeof(float); ++at) {
        float sum = 0.0f;
        for (uint32_t i = 0; i < call.inputCount(); ++i)
            sum += call.input<float>(i)[at];
        output[at] = sum;
    }
    return Status::Ok;
}

Status cumsumInt8(const Call& call) {
    const auto& p = call.params<AddNCumsumParams>();
    const int8_t* input = call.input<int8_t>(0);
    int8_t* output = call.output<int8_t>();
    int32_t sum = 0;
    forEachLine(
        p, [&] { sum = scaled(p, 0); },
        [&](size_t at) {
            const int32_t before = sum;
            sum = wrapAdd(sum, scaled(p, input[at]));
            output[at] = codeOf(p, p.exclusive != 0 ? before : sum);
        });
    return Status::Ok;
}

Status cumsumFloat32(const Call& call) {
    const auto& p = call.params<AddNCumsumParams>();
    const float* input = call.input<float>(0);
    float* output = call.output<float>();
    float sum = 0.0f;
    forEachLine(
        p, [&] { sum = 0.0f; },
        [&](size_t at) {
            const float before = sum;
            sum += input[at];
            output[at] = p.exclusive != 0 ? before : sum;
        });
    return Status::Ok;
}

}  // namespace runtime
