// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/value_spread.h"

#include <algorithm>
#include <cmath>

namespace zoo {
namespace {

constexpr double kDeviations = 4.0;
constexpr double kHalfPi = 1.5707963267948966;
constexpr double kTwoOverPi = 0.6366197723675814;

Spread rectified(const Spread& before) {
    const double deviation = std::sqrt(std::max(before.variance(), 0.0));
    const double t = deviation > 0 ? before.mean / deviation : (before.mean > 0 ? 1e6 : -1e6);
    Spread after;
    after.mean =
        (before.mean + std::sqrt(before.mean * before.mean + kTwoOverPi * deviation * deviation)) /
        2;
    after.square = before.square * (1 + t / std::sqrt(t * t + kHalfPi)) / 2;
    after.low = std::max(before.low, 0.0);
    after.high = std::max(before.high, 0.0);
    return after;
}

Spread clamped(Spread spread, double low, double high) {
    spread.low = std::clamp(spread.low, low, high);
    spread.high = std::clamp(spread.high, low, high);
    spread.square = std::min(spread.square, high * high);
    return spread;
}

}  // namespace

Spread uniformSpread(double low, double high) {
    return {(low + high) / 2, (low * low + low * high + high * high) / 3, low, high};
}

Spread normalSpread(double mean, double variance) {
    const double reach = kDeviations * std::sqrt(variance);
    return {mean, variance + mean * mean, mean - reach, mean + reach};
}

Spread sumOf(const Spread& a, const Spread& b) {
    Spread sum = normalSpread(a.mean + b.mean, a.variance() + b.variance());
    sum.low = std::max(sum.low, a.low + b.low);
    sum.high = std::min(sum.high, a.high + b.high);
    return sum;
}

Spread productOf(const Spread& a, const Spread& b) {
    const double corners[] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    return {a.mean * b.mean, a.square * b.square, *std::min_element(corners, corners + 4),
            *std::max_element(corners, corners + 4)};
}

Spread activated(const Spread& before, types::Activation activation) {
    switch (activation) {
        case types::Activation::Relu:
            return rectified(before);
        case types::Activation::Relu6:
            return clamped(rectified(before), 0, 6);
        case types::Activation::ReluN1To1:
        case types::Activation::Tanh:
            return clamped(before, -1, 1);
        case types::Activation::SignBit:
            return uniformSpread(0, 1);
        case types::Activation::None:
            break;
    }
    return before;
}

Spread averaged(Spread spread, double count) {
    spread.square = spread.mean * spread.mean + spread.variance() / std::sqrt(count);
    return spread;
}

Spread joined(const Spread& a, const Spread& b) {
    return {(a.mean + b.mean) / 2, (a.square + b.square) / 2, std::min(a.low, b.low),
            std::max(a.high, b.high)};
}

types::Quantization int8Quantization(double low, double high) {
    low = std::min(low, 0.0);
    high = std::max({high, 0.0, low + 1e-6});
    types::Quantization quantization;
    const auto scale = static_cast<float>((high - low) / 255);
    const double zeroPoint = std::nearbyint(-128 - low / static_cast<double>(scale));
    quantization.scale = {scale};
    quantization.zeroPoint = {static_cast<int64_t>(std::clamp(zeroPoint, -128.0, 127.0))};
    return quantization;
}

types::Quantization probabilityQuantization() {
    types::Quantization quantization;
    quantization.scale = {1.0f / 256};
    quantization.zeroPoint = {-128};
    return quantization;
}

types::Quantization tanhQuantization() {
    types::Quantization quantization;
    quantization.scale = {1.0f / 128};
    quantization.zeroPoint = {0};
    return quantization;
}

}  // namespace zoo
