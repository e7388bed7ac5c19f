// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/softmax.h"
#include "runtime/table16.h"

namespace runtime {
namespace {

// exp of the scaled distance to the maximum, with 15 fraction bits.
int16_t expOfDiff(const int16_t* table, const SoftmaxParams& p, int32_t diff) {
    const int32_t code = wrapAdd(multiplyByFactor(diff, p.inputFactor), INT16_MAX);
    return lookUp(table, static_cast<int16_t>(clamp<int32_t>(code, INT16_MIN, INT16_MAX)));
}

// 1 / sum: a table value for the sum scaled to [1, 2), and the shift that reverts the scaling.
struct Share {
    int64_t value;
    int32_t shift;
};

Share shareOf(const int16_t* table, int32_t sum) {
    const int32_t headroom = sum == 0 ? 31 : __builtin_clz(static_cast<uint32_t>(sum)) - 1;
    const int64_t aligned = ((static_cast<int64_t>(sum) << headroom) + (1 << 13)) >> 14;
    const int64_t code = aligned - (1 << 15) - (1 << 16);
    const auto saturated = static_cast<int16_t>(clamp<int64_t>(code, INT16_MIN, INT16_MAX));
    return {lookUp(table, saturated), 30 - headroom};
}

}  // namespace

Status softmaxInt16(const Call& call) {
    const auto& p = call.params<SoftmaxParams>();
    const int16_t* expTable = call.array<int16_t>(p.expTable);
    const int16_t* reciprocalTable = call.array<int16_t>(p.reciprocalTable);
    const int16_t* row = call.input<int16_t>(0);
    int16_t* output = call.output<int16_t>();
    for (int32_t r = 0; r < p.rows; ++r, row += p.depth, output += p.depth) {
        int16_t best = INT16_MIN;
        for (int32_t i = 0; i < p.depth; ++i)
            best = row[i] > best ? row[i] : best;
        int32_t sum = 0;
        for (int32_t i = 0; i < p.depth; ++i) {
            output[i] = expOfDiff(expTable, p, row[i] - best);
            sum = wrapAdd(sum, output[i]);
        }
        const Share share = shareOf(reciprocalTable, sum);
        const int64_t half = share.shift > 0 ? int64_t{1} << (share.shift - 1) : 0;
        for (int32_t i = 0; i < p.depth; ++i) {
            const int64_t value = (output[i] * share.value + half) >> clamp(share.shift, 0, 62);
            output[i] = static_cast<int16_t>(clamp<int64_t>(value, 0, INT16_MAX));
        }
    }
    return Status::Ok;
}

}  // namespace runtime
