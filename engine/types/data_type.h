// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DataType: element types of tensors, with the codes stored in a .tflite file.

#include <cstdint>
#include <string>

namespace types {

enum class DataType : int8_t {
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    String = 5,
    Bool = 6,
    Int16 = 7,
    Complex64 = 8,
    Int8 = 9,
    Float64 = 10,
    Complex128 = 11,
    UInt64 = 12,
    Resource = 13,
    Variant = 14,
    UInt32 = 15,
    UInt16 = 16,
    Int4 = 17,
    BFloat16 = 18,
    Int2 = 19,
    UInt4 = 20,
    Float8E4M3FN = 21,
    Float8E5M2 = 22,
};

constexpr int kDataTypeCount = 23;

/// False for a code that only a forged file can contain.
bool isKnown(DataType type);

/// Bits of one element; 0 where an element has no fixed size (String, Resource, Variant).
int bitsOf(DataType type);

/// "int8", "float32", ... as in NumPy.
std::string dataTypeName(DataType type);

/// Smallest and largest code of an integer type of up to 32 bits; those of int32 for all others.
struct CodeRange {
    int64_t lowest = 0, highest = 0;
};
CodeRange codeRange(DataType type);

/// Bytes of `count` packed elements, rounded up to whole bytes (two 4-bit or four 2-bit codes per
/// byte, the first in the lowest bits).
int64_t bytesOf(DataType type, int64_t count);

}  // namespace types
