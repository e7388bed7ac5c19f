// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/real_values.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace analysis {
namespace {

using namespace types;

template <typename Code>
std::vector<float> codes(std::span<const uint8_t> bytes, size_t count) {
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i) {
        Code code;
        std::memcpy(&code, bytes.data() + i * sizeof code, sizeof code);
        values[i] = static_cast<float>(code);
    }
    return values;
}

/// Unpacks codes of 2 or 4 bits, the first in the lowest bits of a byte.
std::vector<float> packedCodes(std::span<const uint8_t> bytes, size_t count, size_t bits,
                               bool isSigned) {
    std::vector<float> values(count);
    const size_t perByte = 8 / bits;
    const int range = 1 << bits;
    for (size_t i = 0; i < count; ++i) {
        const int code = bytes[i / perByte] >> (i % perByte * bits) & (range - 1);
        values[i] = static_cast<float>(isSigned && code >= range / 2 ? code - range : code);
    }
    return values;
}

/// A float of `exponentBits` and `fractionBits` with IEEE's bias and subnormal numbers. Without
/// `hasInfinity` only the code of all ones is not a number (FLOAT8_E4M3FN).
float smallFloat(uint32_t code, int exponentBits, int fractionBits, bool hasInfinity) {
    const uint32_t fraction = code & ((1u << fractionBits) - 1);
    const int top = (1 << exponentBits) - 1, bias = top / 2;
    const int exponent = static_cast<int>(code >> fractionBits) & top;
    const float sign = code >> (exponentBits + fractionBits) & 1 ? -1.0f : 1.0f;
    if (exponent == top && hasInfinity)
        return fraction == 0 ? sign * std::numeric_limits<float>::infinity()
                             : std::numeric_limits<float>::quiet_NaN();
    if (exponent == top && fraction == (1u << fractionBits) - 1)
        return std::numeric_limits<float>::quiet_NaN();
    const auto lead = exponent == 0 ? 0u : 1u << fractionBits;
    return sign * std::ldexp(static_cast<float>(lead | fraction),
                             std::max(exponent, 1) - bias - fractionBits);
}

template <typename Code>
std::vector<float> smallFloats(std::span<const uint8_t> bytes, size_t count, int exponentBits,
                               int fractionBits, bool hasInfinity = true) {
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i) {
        Code code;
        std::memcpy(&code, bytes.data() + i * sizeof code, sizeof code);
        values[i] = smallFloat(code, exponentBits, fractionBits, hasInfinity);
    }
    return values;
}

std::vector<float> rawValues(DataType type, std::span<const uint8_t> bytes, size_t count) {
    switch (type) {
        case DataType::Float32:
            return codes<float>(bytes, count);
        case DataType::Float16:
            return smallFloats<uint16_t>(bytes, count, 5, 10);
        case DataType::BFloat16:
            return smallFloats<uint16_t>(bytes, count, 8, 7);
        case DataType::Float8E4M3FN:
            return smallFloats<uint8_t>(bytes, count, 4, 3, false);
        case DataType::Float8E5M2:
            return smallFloats<uint8_t>(bytes, count, 5, 2);
        case DataType::Int2:
            return packedCodes(bytes, count, 2, true);
        case DataType::Int4:
            return packedCodes(bytes, count, 4, true);
        case DataType::UInt4:
            return packedCodes(bytes, count, 4, false);
        case DataType::Int8:
            return codes<int8_t>(bytes, count);
        case DataType::Bool:
        case DataType::UInt8:
            return codes<uint8_t>(bytes, count);
        case DataType::Int16:
            return codes<int16_t>(bytes, count);
        case DataType::UInt16:
            return codes<uint16_t>(bytes, count);
        case DataType::Int32:
            return codes<int32_t>(bytes, count);
        case DataType::Int64:
            return codes<int64_t>(bytes, count);
        case DataType::UInt32:
            return codes<uint32_t>(bytes, count);
        case DataType::UInt64:
            return codes<uint64_t>(bytes, count);
        default:
            return {};
    }
}

/// Calls visit(i, scale, zero point) for every element.
template <typename Visit>
void forEachCode(const Tensor& tensor, size_t count, Visit visit) {
    const Quantization& q = tensor.quantization;
    if (!q.perChannel() && q.zeroPoint.size() <= 1) {
        const float scale = q.present() ? q.scale[0] : 1.0f;
        const float zero = q.zeroPoint.empty() ? 0.0f : static_cast<float>(q.zeroPoint[0]);
        for (size_t i = 0; i < count; ++i)
            visit(i, scale, zero);
        return;
    }
    size_t stride = 1;  // distance between two slices of the quantized axis, in elements
    const auto axis = tensor.shape.size() == 1 ? size_t{0} : static_cast<size_t>(q.axis);
    for (size_t d = axis + 1; d < tensor.shape.size(); ++d)
        stride *= static_cast<size_t>(tensor.shape[d]);
    for (size_t i = 0; i < count; ++i) {
        const size_t channel = q.perChannel() ? i / stride % q.scale.size() : 0;
        const size_t offset = q.zeroPoint.size() > 1 ? channel : 0;
        const float zero = q.zeroPoint.empty() ? 0.0f : static_cast<float>(q.zeroPoint[offset]);
        visit(i, q.present() ? q.scale[channel] : 1.0f, zero);
    }
}

/// The nearest integer, halves away from zero; without a call for the usual small numbers.
double nearestInteger(double value) {
    if (!(std::fabs(value) < 0x1p30)) return std::round(value);
    const auto whole = static_cast<double>(static_cast<int32_t>(value));
    const double rest = value - whole;
    return whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
}

/// Nearest code of an integer type; NaN gives the zero point.
template <typename Code>
Code nearestCode(float value, float scale, float zero) {
    const double code = nearestInteger(static_cast<double>(value) / scale) + zero;
    if (std::isnan(code)) return static_cast<Code>(zero);
    constexpr double kLow = static_cast<double>(std::numeric_limits<Code>::min());
    constexpr double kHigh = static_cast<double>(std::numeric_limits<Code>::max());
    if (code >= kHigh) return std::numeric_limits<Code>::max();
    return static_cast<Code>(std::max(code, kLow));
}

template <typename Code>
std::vector<uint8_t> encodeCodes(const Tensor& tensor, std::span<const float> values) {
    std::vector<uint8_t> bytes(values.size() * sizeof(Code));
    forEachCode(tensor, values.size(), [&](size_t i, float scale, float zero) {
        const Code code = nearestCode<Code>(values[i], scale, zero);
        std::memcpy(bytes.data() + i * sizeof code, &code, sizeof code);
    });
    return bytes;
}

std::vector<uint8_t> encodePacked(const Tensor& tensor, std::span<const float> values) {
    std::vector<uint8_t> bytes((values.size() + 1) / 2, 0);
    forEachCode(tensor, values.size(), [&](size_t i, float scale, float zero) {
        const int code = std::clamp<int>(nearestCode<int8_t>(values[i], scale, zero), -8, 7);
        bytes[i / 2] = static_cast<uint8_t>(bytes[i / 2] | (code & 0xF) << (i % 2 * 4));
    });
    return bytes;
}

}  // namespace

std::vector<float> dequantize(const Tensor& tensor, std::span<const uint8_t> bytes) {
    auto values = rawValues(tensor.type, bytes, static_cast<size_t>(tensor.elements()));
    if (!tensor.quantization.present() || tensor.type == DataType::Float32) return values;
    forEachCode(tensor, values.size(),
                [&](size_t i, float scale, float zero) { values[i] = (values[i] - zero) * scale; });
    return values;
}

std::vector<float> constantValues(const Graph& graph, int32_t index) {
    const Tensor& tensor = graph.tensor(index);
    const Bytes& data = graph.constantData(index);
    if (tensor.isSparse || data.size() < static_cast<size_t>(tensor.bytes())) return {};
    if (!tensor.blockScales) return dequantize(tensor, data.view());
    const BlockScales& blocks = *tensor.blockScales;
    if (!blocks.axes.empty() || blocks.blockSize <= 0) return {};
    auto values = rawValues(tensor.type, data.view(), static_cast<size_t>(tensor.elements()));
    const auto scales = constantValues(graph, blocks.scales);
    const auto zeros =
        blocks.zeroPoints < 0 ? std::vector<float>() : constantValues(graph, blocks.zeroPoints);
    const auto block = static_cast<size_t>(blocks.blockSize);
    if (scales.size() != (values.size() + block - 1) / block) return {};
    if (!zeros.empty() && zeros.size() != scales.size()) return {};
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = (values[i] - (zeros.empty() ? 0.0f : zeros[i / block])) * scales[i / block];
    return values;
}

std::vector<uint8_t> encode(const Tensor& tensor, std::span<const float> values) {
    switch (tensor.type) {
        case DataType::Float32: {
            std::vector<uint8_t> bytes(values.size_bytes());
            if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
            return bytes;
        }
        case DataType::Int4:
            return encodePacked(tensor, values);
        case DataType::Int8:
            return encodeCodes<int8_t>(tensor, values);
        case DataType::Bool:
        case DataType::UInt8:
            return encodeCodes<uint8_t>(tensor, values);
        case DataType::Int16:
            return encodeCodes<int16_t>(tensor, values);
        case DataType::UInt16:
            return encodeCodes<uint16_t>(tensor, values);
        case DataType::Int32:
            return encodeCodes<int32_t>(tensor, values);
        case DataType::Int64:
            return encodeCodes<int64_t>(tensor, values);
        default:
            return {};
    }
}

size_t firstChoice(const std::vector<float>& scores) {
    return static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace analysis
