// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/value_histograms.h"

#include <gtest/gtest.h>

#include <numeric>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "calibration/run_samples.h"
#include "zoo/reference_models.h"

namespace {

using namespace calibration;

int64_t sumOf(const types::ValueHistogram& histogram) {
    return std::accumulate(histogram.counts.begin(), histogram.counts.end(), int64_t{0});
}

TEST(ValueHistograms, OfConstantsHoldEveryValue) {
    for (const auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = zoo::imageResNet8(precision);
        ASSERT_TRUE(graph);
        const int32_t filter = (*graph)->ops[0].input(1);
        const auto histogram = constantHistogram(**graph, filter);
        ASSERT_TRUE(histogram);
        const std::vector<float> values = analysis::constantValues(**graph, filter);
        double sum = 0;
        for (float value : values)
            sum += double{value};
        EXPECT_EQ(histogram->values, std::ssize(values));
        EXPECT_EQ(sumOf(*histogram), std::ssize(values));
        EXPECT_NEAR(histogram->mean, sum / double(values.size()), 1e-6);
        EXPECT_LE(histogram->counts.size(), 48u);
        EXPECT_FALSE(constantHistogram(**graph, (*graph)->inputs[0]));
    }
}

TEST(ValueHistograms, BinsHoldWholeNumbersOfCodes) {
    types::Graph graph;
    types::Tensor tensor;
    tensor.type = types::DataType::Int8;
    tensor.shape = {200};
    tensor.quantization = {{0.5f}, {0}};
    tensor.buffer = 1;
    graph.tensors = {tensor};
    std::vector<uint8_t> codes(200);
    for (size_t i = 0; i < codes.size(); ++i)
        codes[i] = static_cast<uint8_t>(static_cast<int8_t>(int(i) - 100));
    graph.buffers = {types::Bytes(), types::Bytes(codes)};
    const auto histogram = constantHistogram(graph, 0);
    ASSERT_TRUE(histogram);
    EXPECT_EQ(histogram->counts, std::vector<int64_t>(40, 5));  // evenly, without a comb
    EXPECT_EQ(histogram->zeros, 1);
    EXPECT_DOUBLE_EQ(histogram->low, -50);
}

TEST(ValueHistograms, EqualValuesHaveNoBins) {
    types::Graph graph;
    types::Tensor tensor;
    tensor.shape = {3};
    tensor.buffer = 1;
    graph.tensors = {tensor};
    graph.buffers = {types::Bytes(), types::Bytes(std::vector<uint8_t>(12, 0))};
    const auto histogram = constantHistogram(graph, 0);
    ASSERT_TRUE(histogram);
    EXPECT_TRUE(histogram->counts.empty());
    EXPECT_EQ(histogram->values, 3);
    EXPECT_EQ(histogram->zeros, 3);
}

TEST(ValueHistograms, OfActivationsAgreeWithThePlainTwin) {
    for (const auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = zoo::imageResNet8(precision);
        ASSERT_TRUE(graph);
        const auto inputs = randomInputs(**graph, 2, 1);
        const int32_t tensor = (*graph)->ops[2].output(0);
        const auto seen = activationHistograms(**graph, {tensor}, *inputs);
        ASSERT_TRUE(seen) << seen.error().message();
        const types::ValueHistogram& histogram = seen->front();
        double sum = 0, least = 0, most = 0;
        int64_t values = 0;
        types::Work alone;
        alone.threads = 1;
        const auto visit = [&](size_t, size_t, std::span<const float> real) {
            for (float value : real) {
                sum += double{value};
                least = std::min(least, double{value});
                most = std::max(most, double{value});
            }
            values += std::ssize(real);
        };
        ASSERT_TRUE(runSamples(**graph, {tensor}, inputs->samples, visit, alone));
        EXPECT_EQ(histogram.values, values);
        EXPECT_EQ(sumOf(histogram), values);
        EXPECT_NEAR(histogram.mean, sum / double(values), (most - least) / 2000);
        EXPECT_DOUBLE_EQ(histogram.high, most);
        EXPECT_EQ(histogram.tensor, tensor);
    }
}

}  // namespace
