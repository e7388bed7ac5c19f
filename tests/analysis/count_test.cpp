// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/count.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <sstream>

#include "support/golden.h"
#include "tflite/read.h"

namespace {

TEST(Count, MacsOfEveryOperatorEqualTheGoldens) {
    SKIP_WITHOUT_SHARED();
    for (const auto& golden : support::goldenCases("")) {
        SCOPED_TRACE(golden.name());
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        const auto counts = analysis::countOps(**graph);
        for (const auto& op : golden.golden["ops"])
            EXPECT_EQ(counts[op["op_index"].get<size_t>()].macs, op["macs"].get<int64_t>())
                << op["op"] << " #" << op["op_index"];
    }
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> result;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
        result.push_back(cell);
    return result;
}

TEST(Count, TotalsEqualThePublishedFactsOfTheSameFiles) {
    SKIP_WITHOUT_SHARED();
    // Files are recognised by size and number of operators; MACs there are counted independently.
    std::map<std::pair<size_t, size_t>, int64_t> facts;
    std::ifstream stream(*support::sharedDir() / "measurements/model_facts.csv");
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        const auto row = cells(line);
        if (row.size() > 6 && !row[6].empty())
            facts[{std::stoul(row[3]), std::stoul(row[5])}] = std::stoll(row[6]);
    }
    int compared = 0;
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite")) {
        const auto graph = tflite::read(file);
        ASSERT_TRUE(graph);
        const auto known = facts.find({(*graph)->original.size(), (*graph)->ops.size()});
        if (known == facts.end()) continue;
        int64_t macs = 0;
        for (const auto& op : (*graph)->ops)
            if (op.kind != types::OpKind::SVDF &&
                op.kind != types::OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM)
                macs += analysis::countMacs(**graph, op);
        EXPECT_EQ(macs, known->second) << file;
        ++compared;
    }
    EXPECT_GT(compared, 10);
}

TEST(Count, LayersSumToTheConstantsOfTheModel) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    ASSERT_TRUE(graph);
    int64_t params = 0, bytes = 0, expectedBytes = 0;
    for (const auto& count : analysis::countOps(**graph)) {
        params += count.params;
        bytes += count.weightBytes;
    }
    for (size_t t = 0; t < (*graph)->tensors.size(); ++t)
        if ((*graph)->isConstant(static_cast<int32_t>(t)))
            expectedBytes += (*graph)->tensors[t].bytes();
    EXPECT_EQ(bytes, expectedBytes);
    // 10x4x64 + 64, four times 3x3x64 + 64 + 64x64 + 64, 64x12 + 12.
    EXPECT_EQ(params, 22604);
}

TEST(Count, AWindowLargerThanItsImageCountsTheImage) {
    types::Graph graph;
    types::Tensor image;
    image.type = types::DataType::Int8;
    image.shape = {1, 3, 5, 7};
    graph.buffers.resize(1);
    graph.tensors = {image, image};
    types::Op pool;
    pool.kind = types::OpKind::AVERAGE_POOL_2D;
    types::WindowOptions window;
    window.filterHeight = window.filterWidth = 2147483647;
    pool.options = window;
    pool.inputs = {0};
    pool.outputs = {1};
    graph.ops = {pool};
    EXPECT_EQ(analysis::countOps(graph)[0].ops, 3 * 5 * 7 * (3 * 5));
}

TEST(Count, ATransformWithoutItsOperandCostsNothing) {
    types::Graph graph;
    graph.tensors.resize(1);
    graph.tensors[0].shape = {16};
    types::Op op;
    op.kind = types::OpKind::SIGNAL_IRFFT;
    op.inputs = {-1};
    op.outputs = {0};
    graph.ops = {op};
    EXPECT_EQ(analysis::countOps(graph).at(0).ops, 0);
}

}  // namespace
