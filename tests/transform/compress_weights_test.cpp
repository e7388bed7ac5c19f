// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/compression/compress_weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <set>

#include "analysis/decode.h"
#include "lowering/requirements.h"
#include "same_outputs.h"
#include "support/golden.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "transform/compression/cluster.h"
#include "transform/compression/encode.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;
using transform::Encoded;

Variation compressing(Compression method, std::optional<int32_t> clusterBits = std::nullopt) {
    Variation variation;
    variation.compress = {method, clusterBits};
    return variation;
}

transform::Varied compressed(const GraphPtr& graph, const Variation& variation) {
    auto result = transform::apply(graph, variation);
    EXPECT_TRUE(result) << result.error().message();
    return result ? std::move(*result) : transform::Varied{graph, {}};
}

GraphPtr variedGraph(const GraphPtr& graph, const Variation& variation) {
    return compressed(graph, variation).graph;
}

size_t countOf(const Graph& graph, OpKind kind) {
    return static_cast<size_t>(std::ranges::count(graph.ops, kind, &Op::kind));
}

size_t fileBytes(const Graph& graph) {
    return tflite::writeBytes(graph).size();
}

/// A model whose weights take 16 values per channel.
GraphPtr fewValues() {
    return variedGraph(zoo::keywordDsCnn(zoo::Precision::Int8).value(),
                       compressing(Compression::AsStored, 4));
}

/// A tensor with `channels` scales along an axis, and data of a few values.
struct Sample {
    Tensor tensor;
    std::vector<uint8_t> data;
};

Sample sampleOf(DataType type, int32_t channels, int32_t axis, int values, std::mt19937& random) {
    Sample sample;
    sample.tensor.type = type;
    sample.tensor.shape = {6, 5, 4, 3};
    sample.tensor.shape[static_cast<size_t>(axis)] = channels == 1 ? 2 : channels;
    if (type == DataType::Int8)
        sample.tensor.quantization = {std::vector<float>(static_cast<size_t>(channels), 0.1f),
                                      std::vector<int64_t>(static_cast<size_t>(channels), 2), axis};
    const auto width = static_cast<size_t>(bitsOf(type)) / 8;
    for (int64_t i = 0; i < sample.tensor.elements(); ++i) {
        const auto value = static_cast<uint8_t>(random() % static_cast<uint32_t>(values));
        for (size_t b = 0; b < width; ++b)
            sample.data.push_back(b == 0 ? value : static_cast<uint8_t>(value / 3 * 7));
    }
    return sample;
}

TEST(CompressWeights, WhatIsEncodedDecodesToTheSame) {
    std::mt19937 random(1);
    for (DataType type : {DataType::Int8, DataType::Int16, DataType::Int32, DataType::Float32})
        for (int values : {1, 2, 3, 9, 60, 250})
            for (int32_t axis : {0, 3})
                for (int32_t channels : {1, 7}) {
                    if (channels == 1 && axis != 0) continue;
                    const Sample sample = sampleOf(type, channels, axis, values, random);
                    const std::optional<Encoded> all[] = {
                        transform::encodeLut(sample.tensor, sample.data),
                        transform::encodeHuffman(sample.tensor, sample.data),
                        transform::encodePruned(sample.tensor, sample.data)};
                    for (const auto& encoded : all) {
                        if (!encoded) continue;
                        const auto decoded =
                            analysis::decode(sample.tensor, encoded->codes, encoded->ancillary);
                        ASSERT_TRUE(decoded) << decoded.error().message();
                        EXPECT_EQ(*decoded, sample.data) << encoded->how << " of " << values;
                    }
                    EXPECT_TRUE(all[0].has_value() || values > 128);
                    EXPECT_EQ(all[1].has_value(),
                              type == DataType::Int8 || type == DataType::Int16);
                    EXPECT_TRUE(all[2].has_value());
                }
}

// Frequencies as Fibonacci numbers make the deepest trees: look-ups nest.
TEST(CompressWeights, DeepCodesNestTheirTables) {
    for (DataType type : {DataType::Int8, DataType::Int16}) {
        Sample sample;
        sample.tensor.type = type;
        size_t a = 1, b = 1;
        for (int symbol = 0; symbol < 24; ++symbol, std::swap(a, b), b += a)
            for (size_t i = 0; i < a; ++i) {
                sample.data.push_back(static_cast<uint8_t>(symbol * 11));
                if (type == DataType::Int16) sample.data.push_back(static_cast<uint8_t>(symbol));
            }
        sample.tensor.shape = {
            static_cast<int32_t>(sample.data.size() / (type == DataType::Int8 ? 1 : 2))};
        const auto encoded = transform::encodeHuffman(sample.tensor, sample.data);
        ASSERT_TRUE(encoded);
        EXPECT_EQ(analysis::decode(sample.tensor, encoded->codes, encoded->ancillary).value(),
                  sample.data);
        EXPECT_LT(encoded->bytes(), sample.data.size() / 2);
    }
}

TEST(CompressWeights, TheModelComputesTheSameFromASmallerFile) {
    const auto graph = fewValues();
    const auto result = compressed(graph, compressing(Compression::Smallest));
    const GraphPtr& compressed = result.graph;
    EXPECT_GT(countOf(*compressed, OpKind::TFLM_DECODE), 0u);
    EXPECT_LT(fileBytes(*compressed), fileBytes(*graph));
    surgery::expectSameOutputs(*graph, *compressed);
    for (size_t i = 0; i < compressed->ops.size(); ++i) {
        if (compressed->ops[i].kind != OpKind::TFLM_DECODE) continue;
        ASSERT_LT(i + 1, compressed->ops.size());
        const auto& readers = compressed->ops[i + 1].inputs;
        EXPECT_NE(std::ranges::find(readers, compressed->ops[i].outputs[0]), readers.end());
    }
    const auto read = tflite::readBytes(tflite::writeBytes(*compressed), "compressed");
    ASSERT_TRUE(read) << read.error().message();
    surgery::expectSameOutputs(*graph, **read);
}

TEST(CompressWeights, DecodingGivesTheModelBack) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    const auto compressed = variedGraph(graph, compressing(Compression::Huffman));
    const auto plain = variedGraph(compressed, compressing(Compression::None));
    EXPECT_EQ(countOf(*plain, OpKind::TFLM_DECODE), 0u);
    EXPECT_EQ(plain->ops.size(), graph->ops.size());
    EXPECT_LT(fileBytes(*plain), fileBytes(*graph) + 2000);
    for (size_t i = 0; i < graph->ops.size(); ++i) {
        const int32_t t = graph->ops[i].input(1);
        if (t < 0 || !graph->isConstant(t)) continue;
        EXPECT_TRUE(std::ranges::equal(graph->constantData(t).view(),
                                       plain->constantData(plain->ops[i].inputs[1]).view()));
    }
}

TEST(CompressWeights, OtherKnobsSeeWhatIsEncoded) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Float32).value();
    const auto compressed = variedGraph(graph, compressing(Compression::Lut, 5));
    EXPECT_GT(countOf(*compressed, OpKind::TFLM_DECODE), 0u);
    const auto clustered = variedGraph(graph, compressing(Compression::AsStored, 5));
    EXPECT_EQ(countOf(*clustered, OpKind::TFLM_DECODE), 0u);
    Variation narrow;
    narrow.width = 0.5;
    const auto a = variedGraph(compressed, narrow), b = variedGraph(clustered, narrow);
    EXPECT_EQ(countOf(*a, OpKind::TFLM_DECODE), 0u);
    surgery::expectSameOutputs(*a, *b);
    narrow.compress.method = Compression::Lut;
    EXPECT_GT(countOf(*variedGraph(compressed, narrow), OpKind::TFLM_DECODE), 0u);
}

TEST(CompressWeights, ClustersHaveFewValuesAndKeepZero) {
    std::mt19937 random(3);
    for (int32_t bits : {1, 2, 4, 7}) {
        const Sample sample = sampleOf(DataType::Int8, 7, 0, 250, random);
        const auto data = transform::clustered(sample.tensor, sample.data, bits);
        ASSERT_TRUE(data);
        std::vector<std::set<uint8_t>> values(7);
        int64_t error = 0;
        for (size_t i = 0; i < data->size(); ++i) {
            values[i / (data->size() / 7)].insert((*data)[i]);
            error +=
                std::abs(static_cast<int8_t>((*data)[i]) - static_cast<int8_t>(sample.data[i]));
        }
        for (const auto& channel : values)
            EXPECT_LE(channel.size(), size_t{1} << bits);
        EXPECT_LT(error, static_cast<int64_t>(data->size()) * (140 >> bits));
    }
    Tensor tensor;
    tensor.shape = {6};
    std::vector<float> weights = {0, 0.1f, 0.11f, 5, 5.1f, 0};
    std::vector<uint8_t> bytes(weights.size() * sizeof(float));
    std::memcpy(bytes.data(), weights.data(), bytes.size());
    const auto moved = transform::clustered(tensor, bytes, 1).value();
    std::memcpy(weights.data(), moved.data(), moved.size());
    EXPECT_EQ(weights[0], 0);
    EXPECT_EQ(weights[3], weights[4]);
}

TEST(CompressWeights, ClustersSaveWhereLookUpTablesCannot) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    const auto lossless = compressed(graph, compressing(Compression::Smallest));
    const auto clustered = compressed(graph, compressing(Compression::Smallest, 4));
    EXPECT_LT(fileBytes(*clustered.graph), fileBytes(*lossless.graph));
    EXPECT_NE(clustered.changes[0].find("the model computes something else"), std::string::npos);
    for (const std::string& change : lossless.changes)
        EXPECT_EQ(change.find("something else"), std::string::npos) << change;
}

TEST(CompressWeights, ALayerOfItsOwnIsLeftOut) {
    const auto graph = fewValues();
    const auto all = variedGraph(graph, compressing(Compression::Smallest, 4));
    const auto decode = std::ranges::find(all->ops, OpKind::TFLM_DECODE, &Op::kind);
    ASSERT_NE(decode, all->ops.end());
    Variation variation = compressing(Compression::Smallest, 4);
    variation.layers[(decode + 1)->origin].compression = Compression::AsStored;
    const auto some = variedGraph(graph, variation);
    EXPECT_EQ(countOf(*some, OpKind::TFLM_DECODE) + 1, countOf(*all, OpKind::TFLM_DECODE));
    Variation one;
    one.layers[(decode + 1)->origin].compression = Compression::Lut;
    EXPECT_EQ(countOf(*variedGraph(graph, one), OpKind::TFLM_DECODE), 1u);
}

TEST(CompressWeights, ZerosAreLeftOut) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Float32).value();
    Variation variation = compressing(Compression::Pruning);
    variation.prune.weights = 0.8;
    const auto sparse = compressed(graph, variation);
    EXPECT_GT(countOf(*sparse.graph, OpKind::TFLM_DECODE), 0u);
    EXPECT_LT(fileBytes(*sparse.graph), fileBytes(*graph) / 2);
    variation.compress.method = Compression::AsStored;
    surgery::expectSameOutputs(*sparse.graph, *variedGraph(graph, variation));
}

// Every byte of the headers, tables and codes of the goldens.
TEST(CompressWeights, DamagedDataAreRefusedOrDecoded) {
    for (const char* name : {"decode_lut_int8_00", "decode_huffman_00", "decode_pruning_00"}) {
        const auto graph = tflite::read(std::string(NETCALIPER_SOURCE_DIR) +
                                        "/tests/golden/models/" + name + ".tflite");
        ASSERT_TRUE(graph) << name;
        size_t refused = 0;
        for (const Op& op : (*graph)->ops) {
            if (op.kind != OpKind::TFLM_DECODE) continue;
            for (int32_t input : op.inputs) {
                const auto stored = (*graph)->constantData(input);
                for (size_t at = 0; at < stored.size(); at += at < 64 ? 1 : 7)
                    for (uint8_t flip : {0x01, 0x80, 0xff}) {
                        Graph damaged = **graph;
                        std::vector<uint8_t> data(stored.data(), stored.data() + stored.size());
                        data[at] ^= flip;
                        damaged.buffers[damaged.tensor(input).buffer] = Bytes(std::move(data));
                        refused += lowering::checkRunnable(damaged) ? 0 : 1;
                    }
            }
        }
        EXPECT_GT(refused, 10u) << name;
    }
}

/// y = x * A + 0 * b in two layers: BATCH_MATMUL with a constant matrix, FULLY_CONNECTED with a
/// bias of few values.
GraphPtr matrixAndBias() {
    auto graph = std::make_shared<Graph>();
    graph->name = "products";
    graph->buffers.resize(1);
    const auto add = [&](const char* name, Shape shape, std::vector<float> values) {
        Tensor tensor;
        tensor.name = name;
        tensor.shape = std::move(shape);
        if (!values.empty()) {
            std::vector<uint8_t> bytes(values.size() * sizeof(float));
            std::memcpy(bytes.data(), values.data(), bytes.size());
            tensor.buffer = static_cast<uint32_t>(graph->buffers.size());
            graph->buffers.emplace_back(std::move(bytes));
        }
        graph->tensors.push_back(std::move(tensor));
        return static_cast<int32_t>(graph->tensors.size()) - 1;
    };
    constexpr size_t kSide = 32, kColumns = 400;
    std::vector<float> matrix(kSide * kSide), weights(kColumns * kSide), bias(kColumns);
    for (size_t i = 0; i < matrix.size(); ++i)
        matrix[i] = static_cast<float>(i % 3) - 1;
    for (size_t i = 0; i < weights.size(); ++i)
        weights[i] = static_cast<float>(i * 7919 % 1009);
    for (size_t i = 0; i < bias.size(); ++i)
        bias[i] = static_cast<float>(i % 2);
    const int32_t x = add("x", {4, 32}, {}), a = add("a", {32, 32}, matrix);
    const int32_t h = add("h", {4, 32}, {}), w = add("w", {400, 32}, weights);
    const int32_t b = add("b", {400}, bias), y = add("y", {4, 400}, {});
    Op product, dense;
    product.kind = OpKind::BATCH_MATMUL;
    product.options = BatchMatMulOptions{};
    product.inputs = {x, a};
    product.outputs = {h};
    product.origin = 0;
    dense.kind = OpKind::FULLY_CONNECTED;
    dense.options = FullyConnectedOptions{};
    dense.inputs = {h, w, b};
    dense.outputs = {y};
    dense.origin = 1;
    graph->ops = {product, dense};
    graph->inputs = {x};
    graph->outputs = {y};
    return graph;
}

TEST(CompressWeights, MatricesAndBiasesAreEncodedToo) {
    const auto graph = matrixAndBias();
    const auto result = compressed(graph, compressing(Compression::Lut));
    ASSERT_EQ(countOf(*result.graph, OpKind::TFLM_DECODE), 2u);
    surgery::expectSameOutputs(*graph, *result.graph);
    EXPECT_NE(result.changes[1].find("bytes of biases in"), std::string::npos) << result.changes[1];
    const auto read = tflite::readBytes(tflite::writeBytes(*result.graph), "compressed");
    ASSERT_TRUE(read) << read.error().message();
    surgery::expectSameOutputs(*graph, **read);
    EXPECT_EQ(
        countOf(*variedGraph(result.graph, compressing(Compression::None)), OpKind::TFLM_DECODE),
        0u);
}

TEST(CompressWeights, BiasesAreNotClustered) {
    const auto graph = matrixAndBias();
    const auto clustered = variedGraph(graph, compressing(Compression::AsStored, 1));
    const auto bytesOf = [](const Graph& of, size_t op, size_t operand) {
        const auto view = of.constantData(of.ops[op].input(operand)).view();
        return std::vector<uint8_t>(view.begin(), view.end());
    };
    EXPECT_NE(bytesOf(*clustered, 0, 1), bytesOf(*graph, 0, 1));
    EXPECT_EQ(bytesOf(*clustered, 1, 2), bytesOf(*graph, 1, 2));
}

TEST(CompressWeights, WhatCmsisNnReadsEarlyIsEncodedOnRequest) {
    SKIP_WITHOUT_SHARED();
    const auto read =
        tflite::read(*support::sharedDir() / "models" / "tflm_mnist_lstm_fp32.tflite");
    ASSERT_TRUE(read) << read.error().message();
    const auto layer =
        std::ranges::find((*read)->ops, OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, &Op::kind);
    ASSERT_NE(layer, (*read)->ops.end());
    const auto beforeLstm = [](const Graph& graph) {
        for (size_t i = 0; i + 1 < graph.ops.size(); ++i)
            if (graph.ops[i].kind == OpKind::TFLM_DECODE &&
                graph.ops[i + 1].kind == OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM)
                return graph.ops[i].outputs.size();
        return size_t{0};
    };
    EXPECT_EQ(beforeLstm(*variedGraph(*read, compressing(Compression::Smallest, 3))), 0u);
    Variation asked = compressing(Compression::AsStored, 3);
    asked.layers[layer->origin].compression = Compression::Smallest;
    const auto result = compressed(*read, asked);
    EXPECT_GT(beforeLstm(*result.graph), 1u) << "one operator decodes all of a layer";
    surgery::expectSameOutputs(*variedGraph(*read, compressing(Compression::AsStored, 3)),
                               *result.graph);
    EXPECT_TRUE(std::ranges::any_of(result.changes, [](const std::string& change) {
        return change.find("reference kernels only") != std::string::npos;
    }));
}

}  // namespace
