// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/quantized.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/float_math.h"

namespace lowering {

using runtime::Factor;
using types::Activation;
using types::DataType;
using types::Tensor;

Factor factorOf(const OpView& op, double real) {
    if (real == 0.0) return {};
    op.require(std::isfinite(real) && real > 0.0, "has scales whose ratio is not a number");
    int exponent = 0;
    const double fraction = std::frexp(real, &exponent);
    int64_t multiplier = std::llround(fraction * static_cast<double>(int64_t{1} << 31));
    if (multiplier == int64_t{1} << 31) {
        multiplier /= 2;
        ++exponent;
    }
    if (exponent < -31) return {};  // too small to change any code
    op.require(exponent <= 31, "has scales that differ by more than a factor of 2^31");
    return {static_cast<int32_t>(multiplier), exponent};
}

Factor wideFactorOf(const OpView& op, double real) {
    const Factor factor = factorOf(op, real);
    op.require(factor.shift < 8, "has scales that differ by more than a factor of 2^8");
    return factor;
}

Factor fiveBitFactor(const OpView& op, double scale) {
    constexpr double kMax = 2147483647.0;
    const double real = std::min(scale * static_cast<double>(1 << 26), kMax);
    op.require(real > 1.0, "has an input scale too small for its fixed point");
    return factorOf(op, real);
}

int32_t fiveBitRadius(Factor factor) {
    const double largest = 31.0 * static_cast<double>(1 << 26);
    return static_cast<int32_t>(
        std::floor(largest / static_cast<double>(int64_t{1} << factor.shift)));
}

float scaleOf(const OpView& op, const Tensor& tensor) {
    op.require(tensor.quantization.present(), "of " + types::dataTypeName(op.input(0).type) +
                                                  " has a tensor without quantization");
    return tensor.quantization.scale.front();
}

int32_t zeroPointOf(const OpView& op, const Tensor& tensor) {
    op.require(!tensor.quantization.perChannel(), "has activations quantized per channel");
    return tensor.quantization.firstZeroPoint();
}

void requireSymmetric(const OpView& op, const Tensor& tensor, const char* role) {
    const auto& zeroPoints = tensor.quantization.zeroPoint;
    op.require(std::all_of(zeroPoints.begin(), zeroPoints.end(), [](int64_t z) { return z == 0; }),
               std::string("needs zero point 0 for its ") + role);
}

void requireSameQuantization(const OpView& op, const Tensor& a, const Tensor& b) {
    const double difference = static_cast<double>(scaleOf(op, a)) - scaleOf(op, b);
    op.require(std::abs(difference) <= 1e-6 && zeroPointOf(op, a) == zeroPointOf(op, b),
               "needs input and output quantized alike");
}

IntRange codesOf(DataType type) {
    const auto [lowest, highest] = types::codeRange(type);
    return {static_cast<int32_t>(lowest), static_cast<int32_t>(highest)};
}

namespace {

// Code of a real bound; saturates far outside all codes instead of failing.
int32_t codeOf(const OpView& op, float real, const Tensor& output) {
    const float steps = std::round(real / scaleOf(op, output));
    return zeroPointOf(op, output) + std::clamp(runtime::toInt32(steps), -(1 << 30), 1 << 30);
}

}  // namespace

IntRange activationRange(const OpView& op, Activation activation, const Tensor& output) {
    const IntRange codes = codesOf(output.type);
    if (activation == Activation::None || output.type == DataType::Int32) return codes;
    const FloatRange real = activationRange(op, activation);
    IntRange range{std::max(codes.lowest, codeOf(op, real.lowest, output)), codes.highest};
    if (real.highest < runtime::kFloatMax)
        range.highest = std::min(codes.highest, codeOf(op, real.highest, output));
    return range;
}

FloatRange activationRange(const OpView& op, Activation activation) {
    switch (activation) {
        case Activation::None:
            return {-runtime::kFloatMax, runtime::kFloatMax};
        case Activation::Relu:
            return {0.0f, runtime::kFloatMax};
        case Activation::ReluN1To1:
            return {-1.0f, 1.0f};
        case Activation::Relu6:
            return {0.0f, 6.0f};
        case Activation::Tanh:
            op.refuse("with a fused TANH has no kernel");
        case Activation::SignBit:
            op.refuse("with a fused SIGN_BIT has no kernel");
    }
    op.refuse("has an unknown fused activation");
}

}  // namespace lowering
