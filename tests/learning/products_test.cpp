// SPDX-License-Identifier: GPL-3.0-or-later
// Vector kernels against their plain twins on random shapes.

#include "learning/kernels/products.h"

#include <gtest/gtest.h>

#include <random>

#include "learning/kernels/depthwise_products.h"
#include "learning/kernels/element_loops.h"

namespace {

using namespace learning;

class Products : public testing::TestWithParam<int> {
protected:
    int draw(int low, int high) {
        return low + static_cast<int>(m_random() % static_cast<unsigned>(high - low + 1));
    }
    std::vector<float> values(int count) {
        std::uniform_real_distribution<float> uniform(-1, 1);
        std::vector<float> result(static_cast<size_t>(count) + kSlack);
        for (float& value : result)
            value = uniform(m_random);
        return result;
    }
    static void expectEqual(const std::vector<float>& fast, const std::vector<float>& exact) {
        ASSERT_EQ(fast.size(), exact.size());
        for (size_t i = 0; i < fast.size(); ++i)
            ASSERT_NEAR(fast[i], exact[i], 1e-4f) << i;
    }
    /// Rows at random places of a buffer.
    Rows rows() {
        m_rowPlaces.assign(static_cast<size_t>(draw(1, 40)), 0);
        for (int32_t& place : m_rowPlaces)
            place = draw(0, 500);
        m_runPlaces.assign(static_cast<size_t>(draw(1, 4)), 0);
        for (int32_t& place : m_runPlaces)
            place = draw(0, 300);
        m_buffer = values(1000);
        return {m_buffer.data(),
                m_rowPlaces.data(),
                static_cast<int32_t>(m_rowPlaces.size()),
                m_runPlaces.data(),
                static_cast<int32_t>(m_runPlaces.size()),
                draw(1, 70)};
    }

    std::mt19937 m_random{static_cast<unsigned>(GetParam())};
    std::vector<float> m_buffer;
    std::vector<int32_t> m_rowPlaces, m_runPlaces;
};

TEST_P(Products, OfRows) {
    RowProduct p;
    p.a = rows();
    p.columns = draw(1, 70);
    const auto b = values(p.a.length() * p.columns), bias = values(p.columns);
    std::vector<float> packed(packedSize(p.a.length(), p.columns));
    packPanels({b.data(), p.a.length(), p.columns, static_cast<size_t>(p.columns), 1}, 0,
               p.a.length(), packed.data());
    p.b = packed.data();
    p.cStep = p.columns + draw(0, 3);
    p.bias = draw(0, 1) == 0 ? nullptr : bias.data();
    p.lowest = -2, p.highest = 3;
    p.add = draw(0, 1) == 1;
    auto fast = values(p.a.count * p.cStep), exact = fast;
    p.c = fast.data();
    rowProduct(p);
    p.c = exact.data();
    plain::rowProduct(p);
    expectEqual(fast, exact);
}

TEST_P(Products, OfColumns) {
    OuterProduct p;
    p.b = rows();
    p.count = draw(1, 30);
    p.aStep = p.count + draw(0, 3);
    const auto a = values(p.b.count * p.aStep);
    p.a = a.data();
    p.cStep = p.b.length();
    auto fast = values(p.count * p.cStep), exact = fast;
    p.c = fast.data();
    outerProduct(p);
    p.c = exact.data();
    plain::outerProduct(p);
    expectEqual(fast, exact);
}

TEST_P(Products, OfChannels) {
    DepthwiseShape s;
    s.channels = draw(1, 37);
    s.outHeight = draw(1, 6), s.outWidth = draw(1, 18);
    s.height = draw(1, 5), s.width = draw(1, 5);
    s.strideHeight = draw(1, 2), s.strideWidth = draw(1, 2);
    s.dilationHeight = draw(1, 2), s.dilationWidth = draw(1, 2);
    s.paddedWidth = (s.outWidth - 1) * s.strideWidth + (s.width - 1) * s.dilationWidth + 1;
    const int height = (s.outHeight - 1) * s.strideHeight + (s.height - 1) * s.dilationHeight + 1;
    const int outputs = s.outHeight * s.outWidth * s.channels;
    const auto input = values(height * s.paddedWidth * s.channels), gradient = values(outputs);
    const auto weights = values(s.height * s.width * s.channels), bias = values(s.channels);
    auto fast = values(outputs), exact = fast;
    DepthwiseForward task{input.data(),   weights.data(), bias.data(), fast.data(), -1, 2,
                          draw(0, 1) == 1};
    depthwise(s, task);
    task.output = exact.data();
    plain::depthwise(s, task);
    expectEqual(fast, exact);
    auto fastWeights = weights, exactWeights = weights;
    depthwiseWeights(s, input.data(), gradient.data(), fastWeights.data());
    plain::depthwiseWeights(s, input.data(), gradient.data(), exactWeights.data());
    expectEqual(fastWeights, exactWeights);
    auto fastInput = input, exactInput = input;
    depthwiseSpread(s, gradient.data(), weights.data(), fastInput.data());
    plain::depthwiseSpread(s, gradient.data(), weights.data(), exactInput.data());
    expectEqual(fastInput, exactInput);
}

TEST_P(Products, OfElements) {
    ClampBackward task;
    task.rows = static_cast<size_t>(draw(1, 40)), task.channels = static_cast<size_t>(draw(1, 150));
    task.lowest = -0.5f, task.highest = 0.7f;
    const int count = static_cast<int>(task.rows * task.channels);
    const auto value = values(count), gradient = values(count);
    auto fast = gradient, exact = gradient;
    auto fastSums = values(static_cast<int>(task.channels)), exactSums = fastSums;
    const bool hasSums = draw(0, 3) > 0;
    task.value = value.data();
    for (bool isFast : {true, false}) {
        task.gradient = task.to = isFast ? fast.data() : exact.data();
        task.sums = hasSums ? (isFast ? fastSums : exactSums).data() : nullptr;
        (isFast ? clampBackward : plain::clampBackward)(task);
    }
    expectEqual(fast, exact);
    expectEqual(fastSums, exactSums);

    const auto size = static_cast<size_t>(count);
    addTo(fast.data(), value.data(), size);
    plain::addTo(exact.data(), value.data(), size);
    expectEqual(fast, exact);
    addClamped(gradient.data(), value.data(), size, -0.9f, 0.8f, fast.data());
    plain::addClamped(gradient.data(), value.data(), size, -0.9f, 0.8f, exact.data());
    expectEqual(fast, exact);
}

TEST_P(Products, OfSteps) {
    const int channels = draw(1, 40), count = channels * draw(1, 20);
    auto resolutions = values(channels);
    for (float& resolution : resolutions)
        resolution = 20 + 10 * resolution;
    const Steps steps{0.0625f, -9, 7, draw(0, 1) == 0 ? nullptr : resolutions.data(),
                      static_cast<size_t>(channels)};
    auto fast = values(count), exact = fast;
    roundToSteps(fast.data(), static_cast<size_t>(count), steps);
    plain::roundToSteps(exact.data(), static_cast<size_t>(count), steps);
    expectEqual(fast, exact);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Products, testing::Range(1, 41));

}  // namespace
