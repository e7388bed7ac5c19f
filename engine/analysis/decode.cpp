// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/decode.h"

#include <algorithm>
#include <cstring>

namespace analysis {
namespace {

using types::DataType;
using types::Result;
using types::Tensor;

using Data = std::span<const uint8_t>;
using Decoded = Result<std::vector<uint8_t>>;

constexpr size_t kMethodAt = 0, kVersionAt = 1, kMethodVersionAt = 4, kParamsAt = 5, kStrideAt = 6;

tl::unexpected<types::Error> broken(const std::string& what) {
    return types::fail(what, "TFLM_DECODE");
}

/// Size of an element that LUT and pruning decode; 0: TFLM decodes no such tensors.
size_t elementBytes(DataType type) {
    switch (type) {
        case DataType::Bool:
        case DataType::Int8:
        case DataType::Int16:
        case DataType::Float32:
        case DataType::Int32:
        case DataType::Int64:
            return static_cast<size_t>(types::bitsOf(type)) / 8;
        default:
            return 0;
    }
}

/// Bits, the most significant one of each byte first.
class BitReader {
public:
    explicit BitReader(Data data) : m_data(data) {}

    /// Zeros behind the end.
    uint32_t next(size_t count) {
        uint32_t bits = 0;
        for (size_t i = 0; i < count; ++i, ++m_at) {
            const size_t byte = m_at / 8;
            const uint32_t bit = byte < m_data.size() ? m_data[byte] >> (7 - m_at % 8) & 1 : 0;
            bits = bits << 1 | bit;
        }
        return bits;
    }
    void putBack(size_t count) { m_at -= count; }
    bool isBehindEnd() const { return m_at > 8 * m_data.size(); }

private:
    Data m_data;
    size_t m_at = 0;
};

Decoded decodeLut(const Tensor& output, Data encoded, Data ancillary) {
    const size_t width = elementBytes(output.type);
    if (width == 0) return broken("look-up tables do not decode " + dataTypeName(output.type));
    const auto channels = decodeChannels(output);
    if (!channels) return tl::unexpected(channels.error());
    const auto elements = static_cast<size_t>(output.elements());
    const size_t bits = ancillary[kParamsAt] & 7, stride = ancillary[kStrideAt];
    const Data values = ancillary.subspan(kDecodeHeaderBytes);
    if (bits == 0) return broken("its indices have no bits");
    if (encoded.size() < (elements * bits + 7) / 8) return broken("its indices are cut short");
    std::vector<uint8_t> bytes(elements * width);
    BitReader indices(encoded);
    for (size_t i = 0; i < elements; ++i) {
        const size_t at = channels->of(i, elements) * stride + indices.next(bits);
        if ((at + 1) * width > values.size()) return broken("an index lies outside its table");
        std::memcpy(bytes.data() + i * width, values.data() + at * width, width);
    }
    return bytes;
}

Decoded decodePruned(const Tensor& output, Data encoded, Data ancillary) {
    const size_t width = elementBytes(output.type);
    if (width == 0) return broken("pruning does not decode " + dataTypeName(output.type));
    const auto channels = decodeChannels(output);
    if (!channels) return tl::unexpected(channels.error());
    const auto elements = static_cast<size_t>(output.elements());
    const auto zeros = pruningZeros(output);
    const bool hasZeros = std::ranges::any_of(zeros, [](int64_t zero) { return zero != 0; });
    if (hasZeros && output.type != DataType::Int8)
        return broken("pruning needs zero points of 0 for " + dataTypeName(output.type));
    if (encoded.size() < (elements + 7) / 8) return broken("its bits are cut short");
    const Data values = ancillary.subspan(kDecodeHeaderBytes);
    std::vector<uint8_t> bytes(elements * width);
    BitReader present(encoded);
    size_t at = 0;
    for (size_t i = 0; i < elements; ++i) {
        if (present.next(1) == 0) {
            if (!hasZeros) continue;
            const size_t channel = zeros.size() == 1 ? 0 : channels->of(i, elements);
            bytes[i] = static_cast<uint8_t>(zeros[channel]);
            continue;
        }
        if (at + width > values.size()) return broken("it has fewer values than bits that are set");
        std::memcpy(bytes.data() + i * width, values.data() + at, width);
        at += width;
    }
    return bytes;
}

/// Tables of look-ups as the header describes them.
class HuffmanTables {
public:
    explicit HuffmanTables(Data ancillary)
        : m_tables(ancillary.subspan(kDecodeHeaderBytes)),
          m_isWide((ancillary[kParamsAt] & 1) != 0),
          m_firstBits(static_cast<size_t>(ancillary[kParamsAt] >> 4) + 1) {}

    bool isWide() const { return m_isWide; }

    /// Nothing where a look-up leaves the tables or the codes.
    std::optional<uint32_t> symbol(BitReader& codes) const {
        size_t used = m_firstBits;
        size_t at = codes.next(used);
        for (;;) {
            const auto entry = entryAt(at);
            if (!entry || codes.isBehindEnd() || used > kMaxBits) return std::nullopt;
            if (entry->isFound) {
                if (used > entry->count) codes.putBack(used - entry->count);
                return entry->value;
            }
            used = entry->count + 1;
            at += entry->value + codes.next(used);
        }
    }

private:
    static constexpr size_t kMaxBits = 31;
    struct Entry {
        bool isFound;
        size_t count;
        uint32_t value;
    };

    std::optional<Entry> entryAt(size_t index) const {
        const size_t width = m_isWide ? 4 : 2;
        if (index >= m_tables.size() / width) return std::nullopt;
        uint32_t raw = 0;
        for (size_t i = width; i-- > 0;)
            raw = raw << 8 | m_tables[index * width + i];
        const int top = m_isWide ? 31 : 15, countAt = top - 4;
        return Entry{(raw >> top & 1) != 0, raw >> countAt & 15, raw & ((1u << countAt) - 1)};
    }

    Data m_tables;
    bool m_isWide;
    size_t m_firstBits;
};

Decoded decodeHuffman(const Tensor& output, Data encoded, Data ancillary) {
    // Codes may have no bits at all, so the size of the data limits nothing.
    constexpr int64_t kMaxElements = int64_t{1} << 28;
    if (output.elements() > kMaxElements) return broken("its output is larger than 256 M elements");
    const HuffmanTables tables(ancillary);
    const bool isByte = output.type == DataType::Int8;
    if (!isByte && !(output.type == DataType::Int16 && tables.isWide()))
        return broken("this Huffman table does not decode " + dataTypeName(output.type));
    const auto elements = static_cast<size_t>(output.elements());
    const size_t width = isByte ? 1 : 2;
    std::vector<uint8_t> bytes(elements * width);
    BitReader codes(encoded);
    for (size_t i = 0; i < elements; ++i) {
        const auto symbol = tables.symbol(codes);
        if (!symbol) return broken("its codes or tables are cut short");
        for (size_t b = 0; b < width; ++b)
            bytes[i * width + b] = static_cast<uint8_t>(*symbol >> (8 * b));
    }
    return bytes;
}

}  // namespace

std::optional<DecodeMethod> decodeMethod(std::span<const uint8_t> ancillary) {
    if (ancillary.size() < kDecodeHeaderBytes) return std::nullopt;
    const auto method = static_cast<DecodeMethod>(ancillary[kMethodAt]);
    return method <= DecodeMethod::Pruning ? std::optional(method) : std::nullopt;
}

Result<DecodeChannels> decodeChannels(const Tensor& output) {
    const types::Quantization& q = output.quantization;
    if (!q.present() || q.zeroPoint.empty()) return DecodeChannels();
    DecodeChannels channels{q.scale.size(), false};
    channels.isLast = q.perChannel() && q.axis == static_cast<int32_t>(output.shape.size()) - 1;
    if (!channels.isLast && q.axis != 0)
        return broken("its output has scales along axis " + std::to_string(q.axis) +
                      ", neither the first nor the last");
    if (output.elements() % static_cast<int64_t>(channels.count) != 0)
        return broken("its output has more scales than slices");
    return channels;
}

std::vector<int64_t> pruningZeros(const Tensor& output) {
    const types::Quantization& q = output.quantization;
    if (!q.present() || q.zeroPoint.empty()) return {0};
    const bool same = std::ranges::all_of(q.zeroPoint, [](int64_t zero) { return zero == 0; });
    if (same || q.zeroPoint.size() != q.scale.size()) return {q.zeroPoint[0]};
    return q.zeroPoint;
}

Decoded decode(const Tensor& output, Data encoded, Data ancillary) {
    if (ancillary.size() < kDecodeHeaderBytes) return broken("its ancillary data have no header");
    if (ancillary[kVersionAt] != 1)
        return broken("its header has version " + std::to_string(ancillary[kVersionAt]) +
                      ", not 1");
    const auto method = decodeMethod(ancillary);
    if (!method)
        return broken("its method " + std::to_string(ancillary[kMethodAt]) +
                      " is not one of TFLM's");
    if (ancillary[kMethodVersionAt] != 1)
        return broken("its method has version " + std::to_string(ancillary[kMethodVersionAt]) +
                      ", not 1");
    switch (*method) {
        case DecodeMethod::Lut:
            return decodeLut(output, encoded, ancillary);
        case DecodeMethod::Huffman:
            return decodeHuffman(output, encoded, ancillary);
        case DecodeMethod::Pruning:
            break;
    }
    return decodePruned(output, encoded, ancillary);
}

bool isDecode(const types::Graph& graph, const types::Op& op) {
    return op.kind == types::OpKind::TFLM_DECODE && !op.outputs.empty() &&
           op.inputs.size() == 2 * op.outputs.size() &&
           std::ranges::all_of(op.inputs, [&](int32_t t) { return t >= 0 && graph.isConstant(t); });
}

Decoded decodeOutput(const types::Graph& graph, const types::Op& op, size_t i) {
    if (!isDecode(graph, op)) return broken("it does not read two constants for each output");
    return decode(graph.tensor(op.outputs[i]), graph.constantData(op.inputs[2 * i]).view(),
                  graph.constantData(op.inputs[2 * i + 1]).view());
}

}  // namespace analysis
