// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/symmetric_codes.h"

#include <algorithm>
#include <cmath>

namespace zoo {
namespace {

/// Scales must be positive, also for weights that are all zero.
float scaleFor(float largest) {
    return largest > 0 ? largest / 127.0f : 1.0f / 127.0f;
}

int8_t codeOf(float weight, float scale) {
    const double code = std::nearbyint(static_cast<double>(weight) / scale);
    return static_cast<int8_t>(std::clamp(code, -127.0, 127.0));
}

types::Quantization symmetric(const std::vector<float>& scale, int32_t axis) {
    types::Quantization quantization;
    quantization.scale = scale;
    quantization.zeroPoint.assign(scale.size(), 0);
    quantization.axis = scale.size() > 1 ? axis : 0;
    return quantization;
}

}  // namespace

types::Quantization SymmetricCodes::quantization(int32_t axis) const {
    return symmetric(scale, axis);
}

types::Quantization BiasCodes::quantization() const {
    return symmetric(scale, 0);
}

SymmetricCodes codesPerTensor(const std::vector<float>& weights) {
    return codesPerChannel(weights, {1}, 0);
}

SymmetricCodes codesPerChannel(const std::vector<float>& weights, const types::Shape& shape,
                               size_t axis) {
    const auto channels = static_cast<size_t>(shape[axis]);
    size_t inner = 1;
    for (size_t i = axis + 1; i < shape.size(); ++i)
        inner *= static_cast<size_t>(shape[i]);
    // The shape {1} means per tensor, whatever the tensor's length.
    const auto channelOf = [&](size_t i) { return channels == 1 ? 0 : i / inner % channels; };
    std::vector<float> largest(channels, 0.0f);
    for (size_t i = 0; i < weights.size(); ++i)
        largest[channelOf(i)] = std::max(largest[channelOf(i)], std::fabs(weights[i]));
    SymmetricCodes result;
    for (float weight : largest)
        result.scale.push_back(scaleFor(weight));
    result.codes.reserve(weights.size());
    for (size_t i = 0; i < weights.size(); ++i)
        result.codes.push_back(codeOf(weights[i], result.scale[channelOf(i)]));
    return result;
}

BiasCodes codesOfBias(const std::vector<float>& bias, float inputScale,
                      const std::vector<float>& weightScale) {
    BiasCodes result;
    for (float scale : weightScale)
        result.scale.push_back(inputScale * scale);
    for (size_t i = 0; i < bias.size(); ++i) {
        const double scale = result.scale[result.scale.size() == 1 ? 0 : i];
        const double code = std::nearbyint(static_cast<double>(bias[i]) / scale);
        result.codes.push_back(static_cast<int32_t>(std::clamp(code, -2147483648.0, 2147483647.0)));
    }
    return result;
}

}  // namespace zoo
