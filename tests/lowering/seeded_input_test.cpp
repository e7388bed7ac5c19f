// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/seeded_input.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace {

using lowering::SplitMix64;
using types::DataType;

template <typename Element>
std::vector<Element> draw(DataType type, size_t count) {
    SplitMix64 generator(1);
    std::vector<uint8_t> bytes(count * sizeof(Element));
    lowering::fillSeeded(generator, type, bytes);
    std::vector<Element> values(count);
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

TEST(SeededInput, GeneratorGivesItsPublishedSequence) {
    SplitMix64 generator(1234567);
    EXPECT_EQ(generator.next(), 6457827717110365317u);
    EXPECT_EQ(generator.next(), 3203168211198807973u);
    EXPECT_EQ(generator.next(), 9817491932198370423u);
}

TEST(SeededInput, EveryTypeTakesTheTopOfOneDraw) {
    SplitMix64 generator(1);
    const uint64_t z = generator.next();
    EXPECT_EQ(draw<int8_t>(DataType::Int8, 1)[0], static_cast<int>(z >> 56) - 128);
    EXPECT_EQ(draw<uint8_t>(DataType::UInt8, 1)[0], z >> 56);
    EXPECT_EQ(draw<int16_t>(DataType::Int16, 1)[0], static_cast<int>(z >> 48) - 32768);
    EXPECT_EQ(draw<uint32_t>(DataType::Int32, 1)[0], z >> 32);
    EXPECT_EQ(draw<uint64_t>(DataType::Int64, 1)[0], z);
    EXPECT_EQ(draw<uint8_t>(DataType::Bool, 1)[0], z >> 63);
    EXPECT_EQ(draw<float>(DataType::Float32, 1)[0],
              (static_cast<float>(z >> 40) - 8388608.0f) / 8388608.0f);
}

TEST(SeededInput, OneDrawPerElement) {
    const auto bytes = draw<int8_t>(DataType::Int8, 3);
    SplitMix64 generator(1);
    for (int8_t value : bytes)
        EXPECT_EQ(value, static_cast<int>(generator.next() >> 56) - 128);
}

/// Eight ids into a table of `rows`.
types::Graph idModel(int32_t rows) {
    types::Graph graph;
    graph.buffers.resize(1);
    graph.tensors.resize(3);
    graph.tensors[0].type = DataType::Int32;
    graph.tensors[0].shape = {8};
    graph.tensors[1].shape = {rows, 2};
    graph.tensors[2].shape = {8, 2};
    types::Op op;
    op.kind = types::OpKind::GATHER;
    op.inputs = {1, 0};
    op.outputs = {2};
    op.options = types::GatherOptions{};
    graph.ops = {op};
    graph.inputs = {0};
    graph.outputs = {2};
    return graph;
}

std::vector<int32_t> ids(int32_t rows) {
    lowering::SeededInputs inputs(idModel(rows), 1);
    std::vector<uint8_t> bytes(8 * sizeof(int32_t));
    inputs.fill(0, bytes);
    std::vector<int32_t> values(8);
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

TEST(SeededInput, IdsLieInTheTable) {
    for (int32_t id : ids(100)) {
        EXPECT_GE(id, 0);
        EXPECT_LT(id, 100);
    }
    EXPECT_NE(ids(100), std::vector<int32_t>(8, ids(100)[0]));
}

// The contract of --input-seed holds wherever the model accepts its values.
TEST(SeededInput, DrawsThatTheModelAcceptsStayAsTheyAre) {
    const auto plain = draw<int32_t>(DataType::Int32, 8);
    const auto kept = ids(2'000'000'000);
    for (size_t i = 0; i < plain.size(); ++i) {
        if (plain[i] >= 0 && plain[i] < 2'000'000'000) {
            EXPECT_EQ(kept[i], plain[i]);
        }
    }
}

}  // namespace
