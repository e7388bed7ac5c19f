// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/tensor_data.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

namespace onnx {
namespace {

using types::DataType;
using types::Shape;

/// Codes of element types in the file.
enum Stored : int32_t {
    kFloat = 1,
    kUInt8 = 2,
    kInt8 = 3,
    kUInt16 = 4,
    kInt16 = 5,
    kInt32 = 6,
    kInt64 = 7,
    kBool = 9,
    kFloat16 = 10,
    kDouble = 11,
    kUInt32 = 12,
    kUInt64 = 13,
    kBFloat16 = 16,
    kUInt4 = 21,
    kInt4 = 22,
};

[[noreturn]] void refuseTensor(const std::string& what, const std::string& where,
                               const std::string& remedy = "export the model again") {
    throw Unmappable{{what, where, remedy}};
}

int bitsOfStored(int32_t type) {
    switch (type) {
        case kUInt4:
        case kInt4:
            return 4;
        case kUInt8:
        case kInt8:
        case kBool:
            return 8;
        case kUInt16:
        case kInt16:
        case kFloat16:
        case kBFloat16:
            return 16;
        case kInt64:
        case kDouble:
        case kUInt64:
            return 64;
        default:
            return 32;
    }
}

double halfToDouble(uint16_t bits) {
    const int exponent = (bits >> 10) & 31, fraction = bits & 1023;
    double value = exponent == 0    ? std::ldexp(fraction, -24)
                   : exponent == 31 ? (fraction != 0 ? std::nan("") : HUGE_VAL)
                                    : std::ldexp(1024 + fraction, exponent - 25);
    return (bits & 0x8000) != 0 ? -value : value;
}

template <typename Number>
Number numberAt(const char* bytes, size_t index) {
    Number value;
    std::memcpy(&value, bytes + index * sizeof value, sizeof value);
    return value;
}

double nibbleAt(const char* bytes, size_t index, bool isSigned) {
    const auto byte = static_cast<uint8_t>(bytes[index / 2]);
    const int code = index % 2 == 0 ? byte & 15 : byte >> 4;
    return isSigned && code > 7 ? code - 16 : code;
}

static_assert(std::endian::native == std::endian::little);

double rawAt(int32_t type, const char* bytes, size_t index) {
    switch (type) {
        case kFloat:
            return static_cast<double>(numberAt<float>(bytes, index));
        case kUInt8:
        case kBool:
            return numberAt<uint8_t>(bytes, index);
        case kInt8:
            return numberAt<int8_t>(bytes, index);
        case kUInt16:
            return numberAt<uint16_t>(bytes, index);
        case kInt16:
            return numberAt<int16_t>(bytes, index);
        case kInt32:
            return numberAt<int32_t>(bytes, index);
        case kInt64:
            return static_cast<double>(numberAt<int64_t>(bytes, index));
        case kFloat16:
            return halfToDouble(numberAt<uint16_t>(bytes, index));
        case kDouble:
            return numberAt<double>(bytes, index);
        case kUInt32:
            return numberAt<uint32_t>(bytes, index);
        case kUInt64:
            return static_cast<double>(numberAt<uint64_t>(bytes, index));
        case kBFloat16:
            return static_cast<double>(
                std::bit_cast<float>(uint32_t{numberAt<uint16_t>(bytes, index)} << 16));
        default:
            return nibbleAt(bytes, index, type == kInt4);
    }
}

/// Small types share the field int32_data, one element or (4 bits) two a number.
double fromInt32Field(int32_t type, const schema::TensorProto& stored, size_t index) {
    const bool isPacked = bitsOfStored(type) == 4;
    const int32_t number = stored.int32_data(static_cast<int>(isPacked ? index / 2 : index));
    if (isPacked) {
        const int code = (number >> (index % 2 == 0 ? 0 : 4)) & 15;
        return type == kInt4 && code > 7 ? code - 16 : code;
    }
    if (type == kFloat16) return halfToDouble(static_cast<uint16_t>(number));
    if (type == kBFloat16)
        return static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(number) << 16));
    return number;
}

size_t countOfTyped(int32_t type, const schema::TensorProto& stored) {
    switch (type) {
        case kFloat:
            return static_cast<size_t>(stored.float_data_size());
        case kDouble:
            return static_cast<size_t>(stored.double_data_size());
        case kInt64:
            return static_cast<size_t>(stored.int64_data_size());
        case kUInt32:
        case kUInt64:
            return static_cast<size_t>(stored.uint64_data_size());
        default: {
            const auto count = static_cast<size_t>(stored.int32_data_size());
            return bitsOfStored(type) == 4 ? 2 * count : count;
        }
    }
}

double typedAt(int32_t type, const schema::TensorProto& stored, size_t index) {
    const int i = static_cast<int>(index);
    switch (type) {
        case kFloat:
            return static_cast<double>(stored.float_data(i));
        case kDouble:
            return stored.double_data(i);
        case kInt64:
            return static_cast<double>(stored.int64_data(i));
        case kUInt32:
        case kUInt64:
            return static_cast<double>(stored.uint64_data(i));
        default:
            return fromInt32Field(type, stored, index);
    }
}

std::vector<double> decodeRaw(int32_t type, std::string_view raw, size_t count,
                              const std::string& where) {
    const size_t bytes = (count * static_cast<size_t>(bitsOfStored(type)) + 7) / 8;
    if (raw.size() < bytes)
        refuseTensor("has " + std::to_string(raw.size()) + " bytes of data, its shape needs " +
                         std::to_string(bytes),
                     where);
    std::vector<double> values(count);
    for (size_t i = 0; i < count; ++i)
        values[i] = rawAt(type, raw.data(), i);
    return values;
}

/// Where the data of a tensor lie in another file.
struct Elsewhere {
    std::string location;
    int64_t offset = 0, length = -1;
};

int64_t fileNumber(const std::string& text, const std::string& where) {
    const bool isNumber = !text.empty() && text.size() < 12 &&
                          text.find_first_not_of("0123456789") == std::string::npos;
    if (!isNumber) refuseTensor("names external data at '" + text + "'", where);
    return std::stoll(text);
}

Elsewhere elsewhereOf(const schema::TensorProto& stored, const std::string& where) {
    Elsewhere result;
    for (const auto& entry : stored.external_data()) {
        if (entry.key() == "location") result.location = entry.value();
        if (entry.key() == "offset") result.offset = fileNumber(entry.value(), where);
        if (entry.key() == "length") result.length = fileNumber(entry.value(), where);
    }
    return result;
}

/// Only a file beside the model: a path could name any file of the user's.
std::string readElsewhere(const schema::TensorProto& stored, size_t bytes, const std::string& where,
                          const std::filesystem::path& directory) {
    const Elsewhere place = elsewhereOf(stored, where);
    const std::filesystem::path file(place.location);
    const bool isBeside =
        !place.location.empty() && file.filename() == file && file != ".." && !directory.empty();
    if (!isBeside)
        refuseTensor("its data lie in another file, '" + place.location + "'", where,
                     "export the model into one file, or open it where that file lies beside it");
    if (place.length >= 0 && static_cast<size_t>(place.length) < bytes)
        refuseTensor("has fewer external data than its shape needs", where);
    std::string data(bytes, '\0');
    std::ifstream stream(directory / file, std::ios::binary);
    stream.seekg(place.offset);
    if (!stream.read(data.data(), static_cast<std::streamsize>(bytes)))
        refuseTensor("its data could not be read from '" + place.location + "'", where,
                     "put that file beside the model");
    return data;
}

Shape shapeOfStored(const schema::TensorProto& stored, const std::string& where) {
    if (stored.dims_size() > kMaxRank)
        refuseTensor("has " + std::to_string(stored.dims_size()) + " dimensions", where,
                     "at most 6 are supported");
    Shape shape;
    for (int64_t dim : stored.dims()) {
        if (dim < 0 || dim > kMaxDimension)
            refuseTensor("has the dimension " + std::to_string(dim), where);
        shape.push_back(static_cast<int32_t>(dim));
    }
    double elements = 1;
    for (int32_t dim : shape)
        elements *= std::max(dim, 1);
    if (elements > static_cast<double>(kMaxElements))
        refuseTensor("has the shape " + types::shapeText(shape), where,
                     "models for microcontrollers are smaller");
    return shape;
}

}  // namespace

bool isSane(const Shape& shape) {
    if (shape.size() > static_cast<size_t>(kMaxRank)) return false;
    int64_t elements = 1;
    for (int32_t dim : shape) {
        if (dim < 1 || dim > kMaxDimension) return false;
        elements *= dim;
        if (elements > kMaxElements) return false;
    }
    return true;
}

DataType dataTypeOf(int32_t onnxType, const std::string& where) {
    switch (onnxType) {
        case kFloat:
        case kFloat16:
        case kDouble:
        case kBFloat16:
            return DataType::Float32;
        case kUInt8:
            return DataType::UInt8;
        case kInt8:
            return DataType::Int8;
        case kUInt16:
            return DataType::UInt16;
        case kInt16:
            return DataType::Int16;
        case kInt32:
            return DataType::Int32;
        case kInt64:
            return DataType::Int64;
        case kBool:
            return DataType::Bool;
        case kUInt32:
            return DataType::UInt32;
        case kUInt64:
            return DataType::UInt64;
        case kUInt4:
            return DataType::UInt4;
        case kInt4:
            return DataType::Int4;
        default:
            refuseTensor("has the element type " + std::to_string(onnxType), where,
                         "export the model with numbers of at most 64 bits");
    }
}

ConstantArray readTensor(const schema::TensorProto& stored, const std::string& where,
                         const std::filesystem::path& directory) {
    const int32_t type = stored.data_type();
    const DataType ours = dataTypeOf(type, where);
    Shape shape = shapeOfStored(stored, where);
    const auto count = static_cast<size_t>(types::elementCount(shape));
    if (stored.data_location() == 1) {
        const size_t bytes = (count * static_cast<size_t>(bitsOfStored(type)) + 7) / 8;
        const std::string data = readElsewhere(stored, bytes, where, directory);
        return makeArray(ours, std::move(shape), decodeRaw(type, data, count, where));
    }
    if (stored.has_raw_data())
        return makeArray(ours, std::move(shape), decodeRaw(type, stored.raw_data(), count, where));
    if (countOfTyped(type, stored) < count)
        refuseTensor("has fewer data than its shape " + types::shapeText(shape) + " needs", where);
    std::vector<double> values(count);
    for (size_t i = 0; i < count; ++i)
        values[i] = typedAt(type, stored, i);
    return makeArray(ours, std::move(shape), std::move(values));
}

}  // namespace onnx
