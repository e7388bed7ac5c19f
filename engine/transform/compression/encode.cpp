// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/compression/encode.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace transform {

using analysis::DecodeMethod;
using types::Compression;
using types::DataType;
using types::Tensor;

namespace {

using Data = std::span<const uint8_t>;

constexpr size_t kMaxLutValues = 128;

/// Width of an element in bytes; 0: look-up tables and pruning do not hold the type.
size_t widthOf(const Tensor& tensor) {
    switch (tensor.type) {
        case DataType::Int8:
        case DataType::Int16:
        case DataType::Int32:
        case DataType::Int64:
        case DataType::Float32:
            return static_cast<size_t>(types::bitsOf(tensor.type)) / 8;
        default:
            return 0;
    }
}

/// Elements as patterns of bits, so that -0.0 and 0.0 stay two values.
std::vector<uint64_t> patterns(Data data, size_t width) {
    std::vector<uint64_t> result(data.size() / width);
    for (size_t i = 0; i < result.size(); ++i)
        std::memcpy(&result[i], data.data() + i * width, width);
    return result;
}

void append(std::vector<uint8_t>& bytes, uint64_t pattern, size_t width) {
    for (size_t i = 0; i < width; ++i)
        bytes.push_back(static_cast<uint8_t>(pattern >> (8 * i)));
}

/// The values of each channel, sorted; empty where a channel has too many.
std::vector<std::vector<uint64_t>> valueTables(const std::vector<uint64_t>& elements,
                                               const analysis::DecodeChannels& channels) {
    std::vector<std::vector<uint64_t>> tables(channels.count);
    for (size_t i = 0; i < elements.size(); ++i) {
        auto& table = tables[channels.of(i, elements.size())];
        const auto place = std::ranges::lower_bound(table, elements[i]);
        if (place != table.end() && *place == elements[i]) continue;
        if (table.size() == kMaxLutValues) return {};
        table.insert(place, elements[i]);
    }
    return tables;
}

}  // namespace

std::vector<uint8_t> decodeHeader(DecodeMethod method, uint8_t parameters, uint8_t stride) {
    std::vector<uint8_t> header(analysis::kDecodeHeaderBytes, 0);
    header[0] = static_cast<uint8_t>(method);
    header[1] = 1;
    header[4] = 1;
    header[5] = parameters;
    header[6] = stride;
    return header;
}

std::optional<Encoded> encodeLut(const Tensor& tensor, Data data) {
    const size_t width = widthOf(tensor);
    const auto channels = analysis::decodeChannels(tensor);
    if (width == 0 || data.empty() || !channels) return std::nullopt;
    const auto elements = patterns(data, width);
    const auto tables = valueTables(elements, *channels);
    if (tables.empty()) return std::nullopt;
    size_t stride = 1;
    for (const auto& table : tables)
        stride = std::max(stride, table.size());
    const size_t bits = std::max<size_t>(1, static_cast<size_t>(std::bit_width(stride - 1)));
    Encoded encoded;
    encoded.how = "LUT of " + std::to_string(bits) + (bits == 1 ? " bit" : " bits");
    encoded.ancillary =
        decodeHeader(DecodeMethod::Lut, static_cast<uint8_t>(bits), static_cast<uint8_t>(stride));
    for (const auto& table : tables)
        for (size_t i = 0; i < stride; ++i)
            append(encoded.ancillary, i < table.size() ? table[i] : 0, width);
    BitWriter indices;
    for (size_t i = 0; i < elements.size(); ++i) {
        const auto& table = tables[channels->of(i, elements.size())];
        const auto place = std::ranges::lower_bound(table, elements[i]);
        indices.add(static_cast<uint32_t>(place - table.begin()), bits);
    }
    encoded.codes = indices.take();
    return encoded;
}

std::optional<Encoded> encodePruned(const Tensor& tensor, Data data) {
    const size_t width = widthOf(tensor);
    const auto channels = analysis::decodeChannels(tensor);
    if (width == 0 || data.empty() || !channels) return std::nullopt;
    const auto zeros = analysis::pruningZeros(tensor);
    const bool hasZeros = std::ranges::any_of(zeros, [](int64_t zero) { return zero != 0; });
    if (hasZeros && tensor.type != DataType::Int8) return std::nullopt;
    const auto elements = patterns(data, width);
    Encoded encoded;
    encoded.how = "pruning";
    encoded.ancillary = decodeHeader(DecodeMethod::Pruning, 0);
    BitWriter present;
    for (size_t i = 0; i < elements.size(); ++i) {
        const size_t channel = zeros.size() == 1 ? 0 : channels->of(i, elements.size());
        const uint64_t zero = hasZeros ? static_cast<uint8_t>(zeros[channel]) : 0;
        present.add(elements[i] != zero, 1);
        if (elements[i] != zero) append(encoded.ancillary, elements[i], width);
    }
    encoded.codes = present.take();
    return encoded;
}

std::optional<Encoded> encode(const Tensor& tensor, Data data, Compression method) {
    std::optional<Encoded> best;
    const auto tryOne = [&](Compression known, auto encodeOne) {
        if (method != known && method != Compression::Smallest) return;
        auto encoded = encodeOne(tensor, data);
        if (!encoded || (best && best->bytes() <= encoded->bytes())) return;
        const auto decoded = analysis::decode(tensor, encoded->codes, encoded->ancillary);
        if (decoded && std::ranges::equal(*decoded, data)) best = std::move(encoded);
    };
    tryOne(Compression::Lut, encodeLut);
    tryOne(Compression::Pruning, encodePruned);
    tryOne(Compression::Huffman, encodeHuffman);
    return best;
}

}  // namespace transform
