// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/real_values.h"

#include <algorithm>
#include <cstring>

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

/// Two signed codes a byte, the first in the low half.
std::vector<float> packedCodes(std::span<const uint8_t> bytes, size_t count) {
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i) {
        const int nibble = bytes[i / 2] >> (i % 2 * 4) & 0xF;
        values[i] = static_cast<float>(nibble < 8 ? nibble : nibble - 16);
    }
    return values;
}

std::vector<float> rawValues(DataType type, std::span<const uint8_t> bytes, size_t count) {
    switch (type) {
        case DataType::Float32: return codes<float>(bytes, count);
        case DataType::Int4: return packedCodes(bytes, count);
        case DataType::Int8: return codes<int8_t>(bytes, count);
        case DataType::Bool:
        case DataType::UInt8: return codes<uint8_t>(bytes, count);
        case DataType::Int16: return codes<int16_t>(bytes, count);
        case DataType::UInt16: return codes<uint16_t>(bytes, count);
        case DataType::Int32: return codes<int32_t>(bytes, count);
        case DataType::Int64: return codes<int64_t>(bytes, count);
        default: return {};
    }
}

}  // namespace

std::vector<float> dequantize(const Tensor& tensor, std::span<const uint8_t> bytes) {
    auto values = rawValues(tensor.type, bytes, static_cast<size_t>(tensor.elements()));
    const Quantization& q = tensor.quantization;
    if (!q.present() || tensor.type == DataType::Float32) return values;
    size_t stride = 1;  // elements from one slice of the quantized axis to the next
    const auto axis = tensor.shape.size() == 1 ? size_t{0} : static_cast<size_t>(q.axis);
    for (size_t d = axis + 1; d < tensor.shape.size(); ++d)
        stride *= static_cast<size_t>(tensor.shape[d]);
    for (size_t i = 0; i < values.size(); ++i) {
        const size_t channel = q.perChannel() ? i / stride % q.scale.size() : 0;
        const size_t offset = q.zeroPoint.size() > 1 ? channel : 0;
        const float zero = q.zeroPoint.empty() ? 0.0f : static_cast<float>(q.zeroPoint[offset]);
        values[i] = (values[i] - zero) * q.scale[channel];
    }
    return values;
}

size_t firstChoice(const std::vector<float>& scores) {
    return static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

}  // namespace analysis
