// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/unary.h"

namespace runtime {

Status tableInt8(const Call& call) {
    const auto& p = call.params<TableParams>();
    const int8_t* table = call.array<int8_t>(p.table);
    const int8_t* input = call.input<int8_t>(0);
    int8_t* output = call.output<int8_t>();
    for (uint32_t i = 0; i < call.outputBytes(); ++i) {
        if (input[i] < p.lowestCode) return Status::BadData;
        output[i] = table[input[i] + 128];
    }
    return Status::Ok;
}

Status slopesInt16(const Call& call) {
    const auto& p = call.params<SlopesParams>();
    const int16_t* input = call.input<int16_t>(0);
    int16_t* output = call.output<int16_t>();
    for (uint32_t i = 0; i < call.outputBytes() / sizeof(int16_t); ++i) {
        const int32_t x = input[i] + p.inputOffset;
        const int32_t value = x >= 0 ? multiplyByFactor(x, p.above)
                                     : multiplyByFactor(p.mirrored != 0 ? -x : x, p.below);
        output[i] =
            static_cast<int16_t>(clamp(wrapAdd(value, p.outputOffset), p.lowest, p.highest));
    }
    return Status::Ok;
}

Status logisticInt16Codes(const Call& call) {
    logisticInt16(call.input<int16_t>(0), static_cast<int32_t>(call.outputBytes() / 2),
                  call.params<Table16Params>().scale, call.output<int16_t>());
    return Status::Ok;
}
Status tanhInt16Codes(const Call& call) {
    tanhInt16(call.input<int16_t>(0), static_cast<int32_t>(call.outputBytes() / 2),
              call.params<Table16Params>().scale, call.output<int16_t>());
    return Status::Ok;
}

// 20 extra fraction bits keep the root of a small code accurate.
int32_t rsqrtCode(int32_t code, const RsqrtParams& p, int32_t lowest, int32_t highest) {
    constexpr int32_t kHeadStart = 20;
    const int32_t x = code + p.inputOffset;
    if (x == 0) return highest;
    Factor root = inverseSqrt(x);
    root.shift += kHeadStart;
    const int32_t value = multiplyByFactor(int32_t{1}, root);
    const Factor factor{p.factor.multiplier, p.factor.shift - kHeadStart};
    if (factor.shift < -31) return clamp(p.outputOffset, lowest, highest);
    return clamp(wrapAdd(multiplyByFactor(value, factor), p.outputOffset), lowest, highest);
}

Status rsqrtInt16(const Call& call) {
    const auto& p = call.params<RsqrtParams>();
    const int16_t* input = call.input<int16_t>(0);
    int16_t* output = call.output<int16_t>();
    for (uint32_t i = 0; i < call.outputBytes() / sizeof(int16_t); ++i) {
        if (input[i] + p.inputOffset < 0) return Status::BadData;
        output[i] = static_cast<int16_t>(rsqrtCode(input[i], p, INT16_MIN, INT16_MAX));
    }
    return Status::Ok;
}

}  // namespace runtime
