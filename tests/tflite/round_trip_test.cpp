// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "support/golden.h"
#include "tflite/read.h"
#include "tflite/write.h"

namespace {

using namespace types;

void expectSameTensor(const Graph& a, const Graph& b, int32_t t) {
    const Tensor &x = a.tensor(t), &y = b.tensor(t);
    EXPECT_EQ(x.name, y.name);
    EXPECT_EQ(x.type, y.type);
    EXPECT_EQ(x.shape, y.shape);
    EXPECT_EQ(x.shapeSignature, y.shapeSignature);
    EXPECT_EQ(x.isVariable, y.isVariable);
    EXPECT_EQ(x.quantization.scale, y.quantization.scale);
    EXPECT_EQ(x.quantization.zeroPoint, y.quantization.zeroPoint);
    EXPECT_EQ(x.quantization.axis, y.quantization.axis);
    const auto left = a.constantData(t).view(), right = b.constantData(t).view();
    EXPECT_TRUE(std::equal(left.begin(), left.end(), right.begin(), right.end())) << x.name;
}

void expectSameOp(const Op& x, const Op& y) {
    EXPECT_EQ(x.kind, y.kind);
    EXPECT_EQ(x.customCode, y.customCode);
    EXPECT_EQ(x.version, y.version);
    EXPECT_EQ(x.inputs, y.inputs);
    EXPECT_EQ(x.outputs, y.outputs);
    EXPECT_EQ(x.intermediates, y.intermediates);
    EXPECT_EQ(x.options.index(), y.options.index());
}

/// Packs the graph anew, although its original bytes are known.
Bytes repacked(Graph graph) {
    graph.original = Bytes();
    return tflite::writeBytes(graph);
}

void expectRoundTrip(const std::filesystem::path& file) {
    SCOPED_TRACE(file.filename().string());
    const auto first = tflite::read(file);
    ASSERT_TRUE(first) << first.error().message();
    const Bytes bytes = repacked(**first);
    const auto second = tflite::readBytes(bytes, (*first)->name);
    ASSERT_TRUE(second) << second.error().message();
    const Graph &a = **first, &b = **second;
    ASSERT_EQ(a.tensors.size(), b.tensors.size());
    for (size_t t = 0; t < a.tensors.size(); ++t)
        expectSameTensor(a, b, static_cast<int32_t>(t));
    ASSERT_EQ(a.ops.size(), b.ops.size());
    for (size_t i = 0; i < a.ops.size(); ++i)
        expectSameOp(a.ops[i], b.ops[i]);
    EXPECT_EQ(a.inputs, b.inputs);
    EXPECT_EQ(a.outputs, b.outputs);
    EXPECT_EQ(a.description, b.description);
    EXPECT_EQ(a.subgraphCount, b.subgraphCount);
    // The first packing preserved everything if packing again changes no byte: also options,
    // metadata, signatures and subgraphs that the engine does not interpret.
    const Bytes again = repacked(b);
    const auto once = bytes.view();
    EXPECT_TRUE(std::equal(once.begin(), once.end(), again.view().begin(), again.view().end()));
}

TEST(RoundTrip, ReferenceModelsSurvive) {
    SKIP_WITHOUT_SHARED();
    for (const auto& file : support::filesOf(*support::sharedDir() / "models", ".tflite"))
        expectRoundTrip(file);
}

TEST(RoundTrip, ConformanceModelsSurvive) {
    SKIP_WITHOUT_SHARED();
    for (const auto& file :
         support::filesOf(*support::sharedDir() / "conformance/models", ".tflite"))
        expectRoundTrip(file);
}

TEST(RoundTrip, RecentModelsSurvive) {
    SKIP_WITHOUT_SHARED();
    for (const char* folder : {"recent", "faults"}) {
        if (!std::filesystem::is_directory(*support::sharedDir() / folder)) continue;
        for (const auto& file : support::filesOf(*support::sharedDir() / folder, ".tflite"))
            expectRoundTrip(file);
    }
}

TEST(RoundTrip, AnUnchangedGraphGivesItsFileBack) {
    SKIP_WITHOUT_SHARED();
    const auto graph = tflite::read(*support::sharedDir() / "models/mlpt_kws_int8.tflite");
    ASSERT_TRUE(graph);
    EXPECT_EQ(tflite::writeBytes(**graph).data(), (*graph)->original.data());
}

}  // namespace
