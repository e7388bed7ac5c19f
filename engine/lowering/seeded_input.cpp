// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/seeded_input.h"

#include <algorithm>
#include <cstring>
#include <limits>

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

template <typename Element>
void keepWithin(const analysis::InputRange& range, std::span<uint8_t> bytes) {
    using Limits = std::numeric_limits<Element>;
    const int64_t lowest = std::max<int64_t>(range.lowest, Limits::min());
    const int64_t highest = std::min<int64_t>(range.highest, Limits::max());
    if (lowest > highest) return;
    const auto count = static_cast<uint64_t>(highest - lowest) + 1;
    for (size_t at = 0; at + sizeof(Element) <= bytes.size(); at += sizeof(Element)) {
        Element element;
        std::memcpy(&element, bytes.data() + at, sizeof element);
        if (element >= lowest && element <= highest) continue;
        const auto draw = static_cast<uint64_t>(static_cast<int64_t>(element));
        element = static_cast<Element>(lowest + static_cast<int64_t>(draw % count));
        std::memcpy(bytes.data() + at, &element, sizeof element);
    }
}

void keepWithin(const analysis::InputRange& range, types::DataType type, std::span<uint8_t> bytes) {
    switch (type) {
        case types::DataType::Int8:
            return keepWithin<int8_t>(range, bytes);
        case types::DataType::UInt8:
            return keepWithin<uint8_t>(range, bytes);
        case types::DataType::Int16:
            return keepWithin<int16_t>(range, bytes);
        case types::DataType::Int32:
            return keepWithin<int32_t>(range, bytes);
        case types::DataType::Int64:
            return keepWithin<int64_t>(range, bytes);
        default:
            return;  // a float in [-1, 1) becomes the id 0
    }
}

}  // namespace

SeededInputs::SeededInputs(const types::Graph& graph, uint64_t seed)
    : m_random(seed), m_ranges(analysis::inputRanges(graph)) {
    for (int32_t input : graph.inputs)
        m_types.push_back(graph.tensor(input).type);
}

void SeededInputs::fill(size_t input, std::span<uint8_t> bytes) {
    fillSeeded(m_random, m_types[input], bytes);
    if (m_ranges[input]) keepWithin(*m_ranges[input], m_types[input], bytes);
}

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
