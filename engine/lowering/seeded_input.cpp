// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/seeded_input.h"

#include <algorithm>
#include <cstring>

namespace lowering {
namespace {

template <typename Element, typename Convert>
void fill(SplitMix64& generator, std::span<uint8_t> bytes, Convert convert) {
    for (size_t at = 0; at + sizeof(Element) <= bytes.size(); at += sizeof(Element)) {
        const Element element = convert(generator.next());
        std::memcpy(bytes.data() + at, &element, sizeof element);
    }
}

float toUnitFloat(uint64_t z) {
    return static_cast<float>(static_cast<int32_t>(z >> 40) - 8388608) * 0x1p-23f;
}

}  // namespace

uint64_t SplitMix64::next() {
    m_state += 0x9E3779B97F4A7C15u;
    uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

void fillSeeded(SplitMix64& generator, types::DataType type, std::span<uint8_t> bytes) {
    using types::DataType;
    switch (type) {
        case DataType::Int8:
            return fill<int8_t>(generator, bytes,
                                [](uint64_t z) { return static_cast<int8_t>(int(z >> 56) - 128); });
        case DataType::UInt8:
            return fill<uint8_t>(generator, bytes,
                                 [](uint64_t z) { return static_cast<uint8_t>(z >> 56); });
        case DataType::Bool:
            return fill<uint8_t>(generator, bytes,
                                 [](uint64_t z) { return static_cast<uint8_t>(z >> 63); });
        case DataType::Int16:
            return fill<int16_t>(generator, bytes, [](uint64_t z) {
                return static_cast<int16_t>(int(z >> 48) - 32768);
            });
        case DataType::Int32:
            return fill<uint32_t>(generator, bytes,
                                  [](uint64_t z) { return static_cast<uint32_t>(z >> 32); });
        case DataType::Int64:
            return fill<uint64_t>(generator, bytes, [](uint64_t z) { return z; });
        case DataType::Float32:
            return fill<float>(generator, bytes, toUnitFloat);
        default:
            std::fill(bytes.begin(), bytes.end(), uint8_t{0});
    }
}

}  // namespace lowering
