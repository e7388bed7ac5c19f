// SPDX-License-Identifier: GPL-3.0-or-later
// Products of blocks of rows against their plain twins, for layers that mix channels and for
// depthwise ones.
#include "transform/recovery/linear_problem.h"

#include <gtest/gtest.h>

#include "zoo/random_weights.h"

namespace {

using transform::LinearProblem;
using transform::RowBlocks;

constexpr size_t kProblemRoom = 64;  ///< for vectors that read behind the end

std::vector<float> problemFloats(zoo::RandomWeights& random, size_t count) {
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.normal());
    return values;
}

void expectClose(const std::vector<float>& a, const std::vector<float>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i)
        ASSERT_NEAR(a[i], b[i], 1e-3) << i;
}

struct ProblemShape {
    bool isDepthwise;
    size_t taps, channels;
    bool hasOthers;
};

class ProblemBlocks : public testing::TestWithParam<ProblemShape> {
protected:
    ProblemBlocks() {
        const ProblemShape& shape = GetParam();
        m_problem.isDepthwise = shape.isDepthwise;
        m_problem.outputs.resize(kRows, shape.channels);
        m_problem.inputs.resize(kRows, shape.taps * (shape.isDepthwise ? shape.channels : 1));
        for (float& value : m_problem.inputs.values)
            value = static_cast<float>(m_random.normal());
        if (!shape.hasOthers) return;
        m_problem.others.resize(kRows, shape.channels);
        for (float& value : m_problem.others.values)
            value = static_cast<float>(m_random.normal());
    }

    static constexpr size_t kRows = 150, kFrom = 70;

    zoo::RandomWeights m_random{4};
    LinearProblem m_problem;
};

TEST_P(ProblemBlocks, AgreeWithTheirTwins) {
    const size_t taps = GetParam().taps, channels = GetParam().channels;
    const RowBlocks blocks(m_problem);
    const auto weights = problemFloats(m_random, taps * channels);
    const auto bias = problemFloats(m_random, channels);
    for (size_t rows : {size_t{1}, size_t{7}, RowBlocks::kMost}) {
        std::vector<float> fast(rows * channels + kProblemRoom), exact = fast;
        blocks.predict(kFrom, rows, blocks.packed(weights), bias.data(), fast.data());
        transform::plain::predict(m_problem, kFrom, rows, weights, bias.data(), exact.data());
        expectClose(fast, exact);

        const auto rest = problemFloats(m_random, rows * channels + kProblemRoom);
        auto slopes = problemFloats(m_random, taps * channels + kProblemRoom), exactSlopes = slopes;
        blocks.addSlopes(kFrom, rows, rest.data(), slopes.data());
        transform::plain::addSlopes(m_problem, kFrom, rows, rest.data(), exactSlopes.data());
        expectClose(slopes, exactSlopes);
    }
}

TEST_P(ProblemBlocks, SquaresAgreeWithTheirTwin) {
    const size_t taps = GetParam().taps, columns = m_problem.inputs.columns;
    const size_t each = GetParam().isDepthwise ? GetParam().channels : 1;
    const RowBlocks blocks(m_problem);
    std::vector<float> fast(columns * taps + kProblemRoom), exact = fast, scratch;
    blocks.addSquares(kFrom, 61, scratch, fast.data());
    transform::plain::addSquares(m_problem, kFrom, 61, exact.data());
    for (size_t k = 0; k < taps; ++k)
        for (size_t l = 0; l <= k; ++l)
            for (size_t c = 0; c < each; ++c)
                ASSERT_NEAR(fast[(k * taps + l) * each + c], exact[(k * taps + l) * each + c],
                            1e-3);
    std::vector<float> sums(columns + kProblemRoom, 1.0f);
    blocks.addSums(kFrom, 2, sums.data());
    for (size_t i = 0; i < columns; ++i)
        ASSERT_NEAR(sums[i],
                    1 + m_problem.inputs.row(kFrom)[i] + m_problem.inputs.row(kFrom + 1)[i], 1e-5);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ProblemBlocks,
    testing::Values(ProblemShape{false, 1, 1, false}, ProblemShape{false, 27, 5, true},
                    ProblemShape{false, 64, 40, false}, ProblemShape{false, 100, 17, true},
                    ProblemShape{true, 9, 12, false}, ProblemShape{true, 9, 37, true},
                    ProblemShape{true, 25, 8, false}, ProblemShape{true, 4, 3, true},
                    ProblemShape{true, 40, 16, false}));

}  // namespace
