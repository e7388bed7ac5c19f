// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Encodes a constant for TFLM_DECODE (analysis/decode.h has the formats): the encoded bytes and the
// ancillary bytes. Each function returns nothing for data that the method cannot hold, for types
// that TFLM does not decode with it, and for scales along an axis that TFLM refuses.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/decode.h"
#include "types/graph.h"
#include "types/variation.h"

namespace transform {

struct Encoded {
    std::vector<uint8_t> codes, ancillary;
    std::string how;  ///< "LUT of 4 bits", "Huffman", "pruning"

    size_t bytes() const { return codes.size() + ancillary.size(); }
};

/// Indices of the least width into the values of each channel; at most 128 values.
std::optional<Encoded> encodeLut(const types::Tensor& tensor, std::span<const uint8_t> data);
/// Codes by frequency, for int8 and int16; look-ups are as wide as makes the tables smallest.
std::optional<Encoded> encodeHuffman(const types::Tensor& tensor, std::span<const uint8_t> data);
/// A bit for each element, and the elements that are not the zero point.
std::optional<Encoded> encodePruned(const types::Tensor& tensor, std::span<const uint8_t> data);

/// The encoding by one method, or the smallest of all. Decodes to the same bytes.
std::optional<Encoded> encode(const types::Tensor& tensor, std::span<const uint8_t> data,
                              types::Compression method);

/// The 16 bytes that ancillary data begin with.
std::vector<uint8_t> decodeHeader(analysis::DecodeMethod method, uint8_t parameters,
                                  uint8_t stride = 0);

/// Collects bits, the most significant one of each byte first.
class BitWriter {
public:
    void add(uint32_t value, size_t count) {
        for (size_t i = count; i-- > 0; ++m_bits) {
            if (m_bits % 8 == 0) m_bytes.push_back(0);
            m_bytes.back() |= static_cast<uint8_t>((value >> i & 1) << (7 - m_bits % 8));
        }
    }
    std::vector<uint8_t> take() { return std::move(m_bytes); }

private:
    std::vector<uint8_t> m_bytes;
    size_t m_bits = 0;
};

}  // namespace transform
