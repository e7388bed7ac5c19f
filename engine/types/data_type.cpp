// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/data_type.h"

#include <array>
#include <limits>

namespace types {
namespace {

struct TypeFacts {
    const char* name;
    int bits;
};

constexpr std::array<TypeFacts, kDataTypeCount> kFacts = {{
    {"float32", 32}, {"float16", 16},     {"int32", 32},      {"uint8", 8},      {"int64", 64},
    {"string", 0},   {"bool", 8},         {"int16", 16},      {"complex64", 64}, {"int8", 8},
    {"float64", 64}, {"complex128", 128}, {"uint64", 64},     {"resource", 0},   {"variant", 0},
    {"uint32", 32},  {"uint16", 16},      {"int4", 4},        {"bfloat16", 16},  {"int2", 2},
    {"uint4", 4},    {"float8_e4m3", 8},  {"float8_e5m2", 8},
}};

}  // namespace

bool isKnown(DataType type) {
    const int code = static_cast<int>(type);
    return code >= 0 && code < kDataTypeCount;
}

int bitsOf(DataType type) {
    return isKnown(type) ? kFacts[static_cast<size_t>(type)].bits : 0;
}

std::string dataTypeName(DataType type) {
    if (!isKnown(type)) return "type " + std::to_string(static_cast<int>(type));
    return kFacts[static_cast<size_t>(type)].name;
}

CodeRange codeRange(DataType type) {
    switch (type) {
        case DataType::Int2:
            return {-2, 1};
        case DataType::Int4:
            return {-8, 7};
        case DataType::UInt4:
            return {0, 15};
        case DataType::Int8:
            return {-128, 127};
        case DataType::UInt8:
            return {0, 255};
        case DataType::Int16:
            return {-32768, 32767};
        case DataType::UInt16:
            return {0, 65535};
        default:
            return {std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()};
    }
}

int64_t bytesOf(DataType type, int64_t count) {
    return (count * bitsOf(type) + 7) / 8;
}

}  // namespace types
