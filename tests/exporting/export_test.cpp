// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "exporting/c_array.h"
#include "exporting/layers_csv.h"
#include "exporting/op_resolver.h"
#include "support/temporary_dir.h"
#include "tflite/write.h"

namespace {

using namespace types;

Evaluation reluEvaluation() {
    auto graph = std::make_shared<Graph>();
    graph->name = "tiny";
    graph->buffers.emplace_back();
    graph->tensors.resize(2);
    for (Tensor& t : graph->tensors) {
        t.type = DataType::Int8;
        t.shape = {1, 4};
        t.quantization.scale = {0.5f};
        t.quantization.zeroPoint = {-3};
    }
    Op op;
    op.kind = OpKind::RELU;
    op.inputs = {0};
    op.outputs = {1};
    graph->ops = {op};
    graph->inputs = {0};
    graph->outputs = {1};
    Evaluation e;
    e.graph = graph;
    LayerEvaluation layer;
    layer.op = "RELU";
    layer.name = "a \"quoted\", name";
    layer.type = DataType::Int8;
    layer.inputShapes = layer.outputShapes = {{1, 4}};
    layer.ops = 4;
    e.layers = {layer};
    return e;
}

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(CArray, CompilesToTheVeryBytesOfTheModel) {
    const support::TemporaryDir dir;
    const Evaluation e = reluEvaluation();
    const auto files = exporting::writeCArray(e, dir / "my-model.cc");
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2u);
    const std::string source = contentOf((*files)[0]), header = contentOf((*files)[1]);
    EXPECT_NE(source.find("alignas(16) const unsigned char my_model[]"), std::string::npos);
    EXPECT_NE(header.find("real = 0.5 * (code - -3)"), std::string::npos);
    EXPECT_NE(header.find("resolver.AddRelu();"), std::string::npos);
    // Every byte stands as 0x.., in order.
    std::vector<uint8_t> bytes;
    for (size_t at = source.find("0x"); at != std::string::npos; at = source.find("0x", at + 1))
        bytes.push_back(static_cast<uint8_t>(std::stoi(source.substr(at, 4), nullptr, 16)));
    const auto model = tflite::writeBytes(*e.graph);
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), model.view().begin(), model.view().end()));
}

TEST(LayersCsv, QuotesWhatNeedsIt) {
    const std::string csv = exporting::layersCsv(reluEvaluation());
    EXPECT_NE(csv.find("0,RELU,\"a \"\"quoted\"\", name\",int8,1x4,1x4,0,4,"), std::string::npos);
}

TEST(LayersCsv, SaysWhereItCannotWrite) {
    const auto written = exporting::writeLayersCsv(reluEvaluation(), "no/such/directory/x.csv");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().where, "no/such/directory/x.csv");
}

TEST(OpResolver, NamesTheMethodsOfTflm) {
    Graph graph;
    for (OpKind kind :
         {OpKind::CONV_2D, OpKind::DEPTHWISE_CONV_2D, OpKind::CONV_2D,
          OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, OpKind::L2_POOL_2D, OpKind::RESIZE_NEAREST_NEIGHBOR,
          OpKind::SPACE_TO_BATCH_ND, OpKind::CIRCULAR_BUFFER, OpKind::SIGNAL_PCAN,
          OpKind::SIGNAL_FILTER_BANK_SQUARE_ROOT, OpKind::TFLM_DECODE}) {
        Op op;
        op.kind = kind;
        graph.ops.push_back(op);
    }
    EXPECT_EQ(exporting::resolverMethods(graph),
              (std::vector<std::string>{
                  "AddConv2D", "AddDepthwiseConv2D", "AddUnidirectionalSequenceLSTM", "AddL2Pool2D",
                  "AddResizeNearestNeighbor", "AddSpaceToBatchNd", "AddCircularBuffer", "AddPCAN",
                  "AddFilterBankSquareRoot", "AddDecode"}));
}

}  // namespace
