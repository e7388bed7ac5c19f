// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/npy.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "bytes/write_file.h"

namespace data {
namespace {

using namespace types;

constexpr std::array<uint8_t, 6> kMagic = {0x93, 'N', 'U', 'M', 'P', 'Y'};
constexpr size_t kPreamble = 10;
constexpr int64_t kMaxElements = int64_t{1} << 30;

struct Descr {
    const char* text;
    DataType type;
};

constexpr std::array<Descr, 12> kDescrs = {{{"<f4", DataType::Float32},
                                            {"<f2", DataType::Float16},
                                            {"<f8", DataType::Float64},
                                            {"|i1", DataType::Int8},
                                            {"|u1", DataType::UInt8},
                                            {"<i2", DataType::Int16},
                                            {"<u2", DataType::UInt16},
                                            {"<i4", DataType::Int32},
                                            {"<u4", DataType::UInt32},
                                            {"<i8", DataType::Int64},
                                            {"<u8", DataType::Int64},
                                            {"|b1", DataType::Bool}}};

/// The value after 'key': in the header's Python dictionary, up to `end`.
std::string valueOf(const std::string& header, const std::string& key, char begin, char end) {
    const size_t at = header.find("'" + key + "'");
    if (at == std::string::npos) return {};
    const size_t from = header.find(begin, at + key.size() + 2);
    if (from == std::string::npos) return {};
    const size_t to = header.find(end, from + 1);
    if (to == std::string::npos) return {};
    return header.substr(from + 1, to - from - 1);
}

std::optional<Shape> parseShape(const std::string& text) {
    Shape shape;
    int64_t elements = 1;
    for (size_t at = 0; at < text.size();) {
        const size_t digit = text.find_first_of("0123456789", at);
        if (digit == std::string::npos) break;
        int64_t dimension = 0;
        for (at = digit; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            dimension = dimension * 10 + (text[at] - '0');
            if (dimension > kMaxElements) return std::nullopt;
        }
        elements *= dimension;
        if (elements > kMaxElements || shape.size() >= 8) return std::nullopt;
        shape.push_back(static_cast<int32_t>(dimension));
    }
    return shape;
}

/// Length and start of the dictionary.
std::optional<std::pair<size_t, size_t>> headerPlace(std::span<const uint8_t> bytes) {
    if (bytes.size() < kPreamble || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return std::nullopt;
    size_t start = kPreamble, length = bytes[8] | size_t{bytes[9]} << 8;
    if (bytes[6] >= 2) {
        start += 2;
        if (bytes.size() < start) return std::nullopt;
        length |= size_t{bytes[10]} << 16 | size_t{bytes[11]} << 24;
    }
    if (length > bytes.size() - start) return std::nullopt;
    return std::pair{start, length};
}

/// The order of the array's bytes is restored later.
std::optional<DataType> typeOf(std::string descr) {
    if (descr.starts_with('>') || descr.starts_with('=')) descr[0] = '<';
    // Single bytes have no byte order, so "<i1" and "|i1" are equal.
    for (const Descr& known : kDescrs) {
        const bool orderless = known.text[0] == '|' && descr.size() == 3;
        if (descr == known.text || (orderless && descr.substr(1) == known.text + 1))
            return known.type;
    }
    return std::nullopt;
}

/// Turns each element around.
void swapBytes(Array& array) {
    const auto size = static_cast<std::ptrdiff_t>(bytesOf(array.type, 1));
    for (auto at = array.bytes.begin(); at != array.bytes.end(); at += size)
        std::reverse(at, at + size);
}

/// Reorders elements whose first axis runs fastest to row-major.
void makeRowMajor(Array& array) {
    const auto size = static_cast<size_t>(bytesOf(array.type, 1));
    const size_t count = array.bytes.size() / size, rank = array.shape.size();
    std::vector<size_t> index(rank, 0), stride(rank, 1);
    for (size_t i = 1; i < rank; ++i)
        stride[i] = stride[i - 1] * static_cast<size_t>(array.shape[i - 1]);
    std::vector<uint8_t> ordered(array.bytes.size());
    size_t from = 0;
    for (size_t to = 0; to < count; ++to) {
        std::memcpy(ordered.data() + to * size, array.bytes.data() + from * size, size);
        for (size_t axis = rank; axis-- > 0;) {
            from += stride[axis];
            if (++index[axis] < static_cast<size_t>(array.shape[axis])) break;
            from -= stride[axis] * index[axis];
            index[axis] = 0;
        }
    }
    array.bytes = std::move(ordered);
}

std::string descrOf(DataType type) {
    for (const Descr& descr : kDescrs)
        if (descr.type == type) return descr.text;
    return "|u1";  // packed 4-bit and unknown types are kept as bytes
}

}  // namespace

Result<Array> parseNpy(std::span<const uint8_t> bytes, const std::string& name) {
    const auto place = headerPlace(bytes);
    if (!place) return fail("not a .npy file", name, "save it with numpy.save()");
    const std::string header(reinterpret_cast<const char*>(bytes.data()) + place->first,
                             place->second);
    const std::string descr = valueOf(header, "descr", '\'', '\'');
    const auto shape = parseShape(valueOf(header, "shape", '(', ')'));
    const auto type = typeOf(descr);
    if (!type)
        return fail("element type '" + descr + "' is not supported", name,
                    "save integers or float32");
    if (!shape) return fail("the shape is missing or too large", name, "save the array again");
    Array array{*type, *shape, {}};
    const size_t start = place->first + place->second;
    const auto needed = static_cast<size_t>(bytesOf(array.type, elementCount(array.shape)));
    if (bytes.size() - start < needed)
        return fail("the file ends after " + std::to_string(bytes.size() - start) + " of " +
                        std::to_string(needed) + " data bytes",
                    name, "save the array again");
    const auto body = bytes.subspan(start, needed);
    array.bytes.assign(body.begin(), body.end());
    if (descr.starts_with('>')) swapBytes(array);
    if (header.find("'fortran_order': True") != std::string::npos) makeRowMajor(array);
    return array;
}

Result<Array> readNpy(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    // std::ifstream throws when it reads a directory.
    std::error_code problem;
    if (!stream || !std::filesystem::is_regular_file(file, problem))
        return fail("cannot be read", file.string(), "check the path");
    const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
    return parseNpy(bytes, file.string());
}

std::vector<uint8_t> npyBytes(DataType type, const Shape& shape, std::span<const uint8_t> bytes) {
    std::string dims;
    for (int32_t dimension : shape)
        dims += std::to_string(dimension) + ",";
    std::string header =
        "{'descr': '" + descrOf(type) + "', 'fortran_order': False, 'shape': (" + dims + "), }";
    // The data start at a multiple of 64, and the dictionary ends with a line break.
    while ((kPreamble + header.size() + 1) % 64 != 0)
        header += ' ';
    header += '\n';
    const std::array<uint8_t, 4> versionAndLength = {
        1, 0, static_cast<uint8_t>(header.size() & 0xFF), static_cast<uint8_t>(header.size() >> 8)};
    std::vector<uint8_t> content(kPreamble + header.size() + bytes.size());
    auto end = std::copy(kMagic.begin(), kMagic.end(), content.begin());
    end = std::copy(versionAndLength.begin(), versionAndLength.end(), end);
    end = std::copy(header.begin(), header.end(), end);
    std::copy(bytes.begin(), bytes.end(), end);
    return content;
}

Result<void> writeNpy(const std::filesystem::path& file, DataType type, const Shape& shape,
                      std::span<const uint8_t> bytes) {
    return bytes::writeFile(file, std::span<const uint8_t>(npyBytes(type, shape, bytes)));
}

}  // namespace data
