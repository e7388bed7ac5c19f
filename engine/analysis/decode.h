// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TFLM_DECODE: TFLM's custom operator that decodes constants in every inference. Inputs are pairs,
// an encoded tensor and its ancillary tensor; output i is what pair i holds. The ancillary data are
// a header of 16 bytes and what the method needs behind it:
//   byte 0    method (DecodeMethod), byte 1 version 1, byte 4 version 1 of the method
//   LUT       byte 5 (low 3 bits): width of an index in bits, 1 to 7; byte 6: values per channel;
//             then the values of every channel. Indices lie most significant bit first.
//   Huffman   byte 5: bit 0 set for table entries of 32 bits, else of 16; high 4 bits: bits of the
//             first look-up - 1; then the tables. An entry has a bit "found" at the top, four bits
//             of a count, and a value. Found: the symbol, of which the last look-up used `count`
//             bits. Not found: the next look-up takes count + 1 bits and lies `value` entries
//             behind this one.
//   Pruning   the values that are not zero; the encoded tensor has a bit for each element, set
//             where the next value belongs there, else it is the zero point.
// Source: tflite-micro 90b983c2, kernels/decode*.cc.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

enum class DecodeMethod : uint8_t { Lut = 0, Huffman = 1, Pruning = 2 };
constexpr size_t kDecodeHeaderBytes = 16;

/// Returns the method of an ancillary tensor's data; nothing where TFLM has none of that number.
std::optional<DecodeMethod> decodeMethod(std::span<const uint8_t> ancillary);

/// Slices of a tensor that have values of their own: one per scale.
struct DecodeChannels {
    size_t count = 1;
    bool isLast = false;  ///< along the last axis, else along the first

    size_t of(size_t element, size_t elements) const {
        return isLast ? element % count : element / (elements / count);
    }
};
/// Returns an Error for scales along another axis, which TFLM does not decode.
types::Result<DecodeChannels> decodeChannels(const types::Tensor& output);

/// Returns the zero point of each channel that pruning puts where no value is; one for all channels
/// where that is enough.
std::vector<int64_t> pruningZeros(const types::Tensor& output);

/// Returns the bytes of a tensor like `output`, or an Error whose `what` says why TFLM would refuse
/// the data or read outside of them.
types::Result<std::vector<uint8_t>> decode(const types::Tensor& output,
                                           std::span<const uint8_t> encoded,
                                           std::span<const uint8_t> ancillary);

/// The same for output `i` of an operator.
types::Result<std::vector<uint8_t>> decodeOutput(const types::Graph& graph, const types::Op& op,
                                                 size_t i);

/// True for a TFLM_DECODE of constants, one pair for each output.
bool isDecode(const types::Graph& graph, const types::Op& op);

}  // namespace analysis
