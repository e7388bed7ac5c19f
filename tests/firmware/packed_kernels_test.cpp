// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of every core on random operators: the runner compares each output with the plain
// kernels' on this machine.

#include <rapidcheck.h>

#include <cstdlib>
#include <functional>

#include "boards.h"
#include "joined_graph.h"
#include "lowering/requirements.h"
#include "random_op.h"
#include "single_op.h"

namespace {

using types::DataType;
using types::OpKind;

constexpr char kRapidcheckParameters[] = "seed=3 max_success=40";

class PackedKernels : public testing::TestWithParam<test::Board> {
protected:
    static void SetUpTestSuite() { setenv("RC_PARAMS", kRapidcheckParameters, 0); }
};

INSTANTIATE_TEST_SUITE_P(Boards, PackedKernels, testing::ValuesIn(test::kAllBoards),
                         [](const auto& board) { return std::string(board.param.name); });

/// Some weights become -128, which quantizers avoid but files may contain.
types::Graph withSmallestWeights(types::Graph graph) {
    const types::Tensor& weights = graph.tensor(graph.ops[0].inputs[1]);
    if (weights.type != DataType::Int8) return graph;
    const auto view = graph.buffers[weights.buffer].view();
    std::vector<uint8_t> bytes(view.begin(), view.end());
    for (size_t i = 0; i < bytes.size(); i += static_cast<size_t>(test::number(2, 99)))
        bytes[i] = 0x80;
    graph.buffers[weights.buffer] = types::Bytes(std::move(bytes));
    return graph;
}

using Generator = std::function<types::Graph()>;

/// All operators that rapidcheck draws from the generator, as one graph; those with a factor that
/// no kernel takes are left out.
types::GraphPtr drawnFrom(const Generator& generate) {
    auto all = std::make_shared<types::Graph>();
    all->name = "random operators";
    rc::check([&] {
        const types::Graph next = generate();
        if (lowering::checkRunnable(next)) test::append(*all, next);
    });
    return all;
}

/// Runs twice, so that state kept between runs is tested.
void expectEqualOutputs(const std::vector<Generator>& generators) {
    for (const Generator& generator : generators) {
        const auto session = test::runOn(PackedKernels::GetParam(), drawnFrom(generator), 2);
        EXPECT_TRUE(session.has_value()) << session.error().message();
    }
}

TEST_P(PackedKernels, EqualThePlainOnes) {
    SKIP_WITHOUT_BOARD(GetParam());
    expectEqualOutputs({
        [] { return test::randomConvolution(DataType::Int8); },
        [] { return test::randomDepthwise(DataType::Int8); },
        [] { return test::randomDepthwise3x3(); },
        [] { return test::randomFullyConnected(DataType::Int8); },
        [] { return test::randomBinary(OpKind::ADD, DataType::Int8); },
        [] { return test::randomBinary(OpKind::MUL, DataType::Int8); },
        [] { return test::randomPool(OpKind::AVERAGE_POOL_2D, DataType::Int8); },
        [] { return test::randomPool(OpKind::MAX_POOL_2D, DataType::Int8); },
    });
}

TEST_P(PackedKernels, EqualThePlainOnesWithTheSmallestWeights) {
    SKIP_WITHOUT_BOARD(GetParam());
    expectEqualOutputs({
        [] { return withSmallestWeights(test::randomConvolution(DataType::Int8)); },
        [] { return withSmallestWeights(test::randomDepthwise(DataType::Int8)); },
    });
}

TEST_P(PackedKernels, EqualThePlainOnesWithSixteenBits) {
    SKIP_WITHOUT_BOARD(GetParam());
    expectEqualOutputs({
        [] { return test::randomConvolution(DataType::Int16); },
        [] { return test::randomDepthwise(DataType::Int16); },
        [] { return test::randomFullyConnected(DataType::Int16); },
        [] { return test::randomBinary(OpKind::ADD, DataType::Int16); },
        [] { return test::randomBinary(OpKind::MUL, DataType::Int16); },
        [] { return test::randomPool(OpKind::AVERAGE_POOL_2D, DataType::Int16); },
        [] { return test::randomPool(OpKind::MAX_POOL_2D, DataType::Int16); },
    });
}

TEST_P(PackedKernels, EqualThePlainOnesOverTime) {
    SKIP_WITHOUT_BOARD(GetParam());
    expectEqualOutputs({
        [] { return test::randomLstm(); },
        [] { return test::randomSvdf(DataType::Int8); },
        [] { return test::randomSvdf(DataType::Int16); },
    });
}

// Operators without a packed kernel use inner products and factors that cores compute differently.
TEST_P(PackedKernels, PlainOnesAreTheSameEverywhere) {
    SKIP_WITHOUT_BOARD(GetParam());
    expectEqualOutputs({
        [] { return test::randomTransposed(DataType::Int8); },
        [] { return test::randomMean(OpKind::MEAN, DataType::Int8); },
        [] { return test::randomMean(OpKind::MEAN, DataType::Int16); },
        [] { return test::randomSoftmax(DataType::Int8); },
        [] { return test::randomSoftmax(DataType::Int16); },
        [] { return test::randomConversion(OpKind::QUANTIZE, DataType::Int8, DataType::Int8); },
        [] { return test::randomConversion(OpKind::QUANTIZE, DataType::Int16, DataType::Int8); },
    });
}

}  // namespace
