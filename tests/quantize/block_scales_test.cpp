// SPDX-License-Identifier: GPL-3.0-or-later
// Weights with scales in blocks: another layer changes, and they lose nothing.
#include <gtest/gtest.h>

#include <cstring>

#include "analysis/real_values.h"
#include "quantize/float_model.h"
#include "quantize/model_edits.h"
#include "quantize/quantize_graph.h"

namespace {

using namespace types;

template <typename Element>
Bytes bytesOf(const std::vector<Element>& elements) {
    std::vector<uint8_t> bytes(elements.size() * sizeof(Element));
    std::memcpy(bytes.data(), elements.data(), bytes.size());
    return Bytes(std::move(bytes));
}

Tensor tensorOf(DataType type, Shape shape, uint32_t buffer = 0) {
    Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    tensor.hasRank = true;
    tensor.buffer = buffer;
    return tensor;
}

Op dense(int32_t input, int32_t weights, int32_t output, int32_t origin) {
    Op op;
    op.kind = OpKind::FULLY_CONNECTED;
    op.options = FullyConnectedOptions{};
    op.inputs = {input, weights, -1};
    op.outputs = {output};
    op.origin = origin;
    return op;
}

/// Two dense layers; the weights of the first have one scale per two elements.
Graph twoLayers() {
    Graph graph;
    graph.name = "blocks";
    graph.buffers = {Bytes(), bytesOf(std::vector<int8_t>{1, 2, 3, 4, -1, -2, -3, -4}),
                     bytesOf(std::vector<float>{0.5f, 1, 2, 4}),
                     bytesOf(std::vector<float>{1, -1, 0.5f, 0.25f})};
    graph.tensors = {tensorOf(DataType::Float32, {1, 4}),    tensorOf(DataType::Int8, {2, 4}, 1),
                     tensorOf(DataType::Float32, {2, 2}, 2), tensorOf(DataType::Float32, {1, 2}),
                     tensorOf(DataType::Float32, {2, 2}, 3), tensorOf(DataType::Float32, {1, 2})};
    graph.tensors[1].blockScales = BlockScales{2, -1, 2, {}};
    graph.ops = {dense(0, 1, 3, 0), dense(3, 4, 5, 1)};
    graph.inputs = {0};
    graph.outputs = {5};
    return graph;
}

TEST(BlockScales, GiveTheirValues) {
    const auto values = analysis::constantValues(twoLayers(), 1);
    EXPECT_EQ(values, (std::vector<float>{0.5f, 1, 3, 4, -2, -4, -12, -16}));
}

TEST(BlockScales, AreKeptWhenNothingChanges) {
    const Graph kept = quantize::ModelEdits(twoLayers()).finish();
    EXPECT_EQ(kept.constantData(2).size(), 16u);
    EXPECT_EQ(kept.tensor(2).shape, (Shape{2, 2}));
}

TEST(BlockScales, AreKeptWhereAnotherLayerIsQuantized) {
    const auto graph = std::make_shared<const Graph>(twoLayers());
    Variation variation;
    variation.layers[1].precision = Precision::Int8;
    std::vector<std::string> changes;
    const auto quantized = quantize::quantize(graph, variation, nullptr, Work(), changes);
    ASSERT_TRUE(quantized) << quantized.error().message();
    const Graph& result = **quantized;
    const Op& first = result.ops[0];
    ASSERT_EQ(first.origin, 0);
    const Tensor& weights = result.tensor(first.inputs[1]);
    ASSERT_TRUE(weights.blockScales);
    EXPECT_EQ(weights.type, DataType::Int8);
    EXPECT_EQ(result.constantData(weights.blockScales->scales).size(), 16u);
    EXPECT_EQ(analysis::constantValues(result, first.inputs[1]),
              analysis::constantValues(*graph, 1));
}

}  // namespace
