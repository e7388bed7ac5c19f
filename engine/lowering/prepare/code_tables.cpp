// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/code_tables.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "lowering/prepare/quantized.h"
#include "runtime/fixed_point.h"
#include "runtime/kernels/unary.h"

namespace lowering {
namespace {

using runtime::Factor;
using types::OpKind;

using CodeFunction = std::function<int32_t(int32_t)>;

constexpr int32_t kLowestCode8 = -128, kHighestCode8 = 127;

struct Scales {
    float input, output;
    int32_t inputZero, outputZero;
};

Scales scalesOf(const OpView& op) {
    return {scaleOf(op, op.input(0)), scaleOf(op, op.output()), zeroPointOf(op, op.input(0)),
            zeroPointOf(op, op.output())};
}

// TFLM divides these scales in float, those of ABS in double.
CodeFunction relu(const OpView& op) {
    const Scales s = scalesOf(op);
    const Factor factor = factorOf(op, static_cast<double>(s.input / s.output));
    return [=](int32_t code) {
        return std::max(s.outputZero,
                        s.outputZero + runtime::multiplyByFactor(code - s.inputZero, factor));
    };
}

// Codes are clamped, not rescaled.
CodeFunction relu6(const OpView& op) {
    const Scales s = scalesOf(op);
    const auto six = static_cast<int32_t>(std::round(std::min(6.0f / s.input, 1e6f)));
    const int32_t highest = std::clamp(s.inputZero + six, kLowestCode8, kHighestCode8);
    return [=](int32_t code) { return std::clamp(code, s.inputZero, highest); };
}

CodeFunction leakyRelu(const OpView& op) {
    const Scales s = scalesOf(op);
    const float alpha = op.options<types::LeakyReluOptions>().alpha;
    op.require(alpha >= 0.0f, "with a negative slope has no kernel for integers");
    const Factor above = factorOf(op, static_cast<double>(s.input / s.output));
    const Factor below = factorOf(op, static_cast<double>(s.input * alpha / s.output));
    return [=](int32_t code) {
        const int32_t x = code - s.inputZero;
        return s.outputZero + runtime::multiplyByFactor(x, x >= 0 ? above : below);
    };
}

CodeFunction absolute(const OpView& op) {
    const Scales s = scalesOf(op);
    const Factor factor =
        factorOf(op, static_cast<double>(s.input) / static_cast<double>(s.output));
    return [=](int32_t code) {
        const int32_t x = std::abs(code - s.inputZero);
        return s.outputZero + (s.input == s.output ? x : runtime::multiplyByFactor(x, factor));
    };
}

CodeFunction rsqrt(const OpView& op) {
    const Scales s = scalesOf(op);
    const double root = std::sqrt(static_cast<double>(s.input));
    const runtime::RsqrtParams params{-s.inputZero, s.outputZero,
                                      factorOf(op, 1.0 / (root * static_cast<double>(s.output)))};
    return [=](int32_t code) {
        return code < s.inputZero ? 0
                                  : runtime::rsqrtCode(code, params, kLowestCode8, kHighestCode8);
    };
}

CodeFunction elu(const OpView& op) {
    const Scales s = scalesOf(op);
    const float codes = 1 / s.output;
    op.require(std::isfinite(codes), "has an output scale too small to divide by");
    return [=](int32_t code) {
        const float x = s.input * static_cast<float>(code - s.inputZero);
        const float y = x < 0.0f ? std::exp(x) - 1.0f : x;
        const float rounded = std::round(y * codes) + static_cast<float>(s.outputZero);
        return static_cast<int32_t>(std::clamp(rounded, -1e6f, 1e6f));
    };
}

/// The input with four integer bits, clamped where the function saturates.
struct FourBits {
    Factor factor;
    int32_t radius;
};
FourBits fourBits(const OpView& op, const Scales& s) {
    const double real = static_cast<double>(s.input) * static_cast<double>(1 << 27);
    const Factor factor = factorOf(op, real);
    op.require(factor.shift >= 0, "has an input scale too small for its fixed point");
    const double radius = 15.0 * (1 << 27) / static_cast<double>(int64_t{1} << factor.shift);
    return {factor, static_cast<int32_t>(std::floor(radius))};
}

CodeFunction logistic(const OpView& op) {
    const Scales s = scalesOf(op);
    op.require(s.outputZero == kLowestCode8, "of int8 needs output zero point -128");
    const FourBits input = fourBits(op, s);
    return [=](int32_t code) {
        const int32_t x = code - s.inputZero;
        if (x <= -input.radius) return kLowestCode8;
        if (x >= input.radius) return kHighestCode8;
        const int32_t y = runtime::logisticFixed(runtime::multiplyByFactor(x, input.factor), 4);
        return runtime::roundingDivideByPowerOfTwo(y, 23) + kLowestCode8;
    };
}

CodeFunction tanh(const OpView& op) {
    const Scales s = scalesOf(op);
    const FourBits input = fourBits(op, s);
    return [=](int32_t code) {
        const int32_t x = code - s.inputZero;
        if (x <= -input.radius) return kLowestCode8;
        if (x >= input.radius) return kHighestCode8;
        const int32_t y = runtime::tanhFixed(runtime::multiplyByFactor(x, input.factor), 4);
        return runtime::roundingDivideByPowerOfTwo(y, 24);
    };
}

int16_t saturate16(int64_t value) {
    return static_cast<int16_t>(std::clamp<int64_t>(value, -32768, 32767));
}
// round(a * b / 2^15), halves away from zero.
int16_t highMul16(int32_t a, int32_t b) {
    const int32_t product = a * b;
    return saturate16((product + (product >= 0 ? 1 << 14 : 1 - (1 << 14))) / (1 << 15));
}
int16_t to16Bits(int32_t multiplier) {
    constexpr int32_t kHalf = 1 << 15;
    if (multiplier >= runtime::kInt32Max - kHalf) return 32767;
    return static_cast<int16_t>((multiplier + kHalf) >> 16);
}

// x * relu6(x + 3) / 6 in 16 bits: x on a scale 128 times finer, and (x + 3) / 6 clamped to
// [0, 1] by saturation. Source: TFLite's reference HardSwish.
CodeFunction hardSwish(const OpView& op) {
    const Scales s = scalesOf(op);
    const float fine = (1.0f / 128.0f) * s.input;
    const Factor out = factorOf(op, static_cast<double>(fine / s.output));
    const Factor relu = factorOf(op, static_cast<double>(fine / (3.0f / 32768.0f)));
    op.require(out.shift <= 0, "has an output scale too small for its fixed point");
    return [=](int32_t code) {
        const auto x = static_cast<int16_t>((code - s.inputZero) * 128);
        const int16_t scaled = highMul16(x, to16Bits(out.multiplier));
        int16_t gate = x;
        if (relu.shift > 0) gate = saturate16(int64_t{gate} * (int64_t{1} << (relu.shift - 1)));
        gate = highMul16(gate, to16Bits(relu.multiplier));
        if (relu.shift > 0) gate = saturate16(int64_t{gate} * 2);
        if (relu.shift < 0)
            gate = static_cast<int16_t>(runtime::roundingDivideByPowerOfTwo(gate, -relu.shift));
        const int32_t share = (gate + (1 << 15)) >> 1;
        const int32_t product = share * scaled / (1 << 15);
        return runtime::roundingDivideByPowerOfTwo(product, -out.shift) + s.outputZero;
    };
}

CodeFunction functionOf(const OpView& op) {
    switch (op.kind()) {
        case OpKind::RELU:
            return relu(op);
        case OpKind::RELU6:
            return relu6(op);
        case OpKind::LEAKY_RELU:
            return leakyRelu(op);
        case OpKind::ABS:
            return absolute(op);
        case OpKind::RSQRT:
            return rsqrt(op);
        case OpKind::ELU:
            return elu(op);
        case OpKind::LOGISTIC:
            return logistic(op);
        case OpKind::TANH:
            return tanh(op);
        case OpKind::HARD_SWISH:
            return hardSwish(op);
        default:
            op.refuse("of int8 has no kernel, neither in TFLM");
    }
}

}  // namespace

std::vector<int8_t> codeTable(const OpView& op) {
    const CodeFunction function = functionOf(op);
    std::vector<int8_t> table;
    for (int32_t code = kLowestCode8; code <= kHighestCode8; ++code)
        table.push_back(
            static_cast<int8_t>(std::clamp(function(code), kLowestCode8, kHighestCode8)));
    return table;
}

}  // namespace lowering
