// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of every core on random operators: the runner compares each output with the plain
// kernels' on this machine.

#include <rapidcheck.h>

#include <cstdlib>
#include <functional>

#include "boards.h"
#include "joined_graph.h"
#include "random_op.h"

namespace {

using types::DataType;
using types::OpKind;

constexpr char kRapidcheckParameters[] = "seed=3 max_success=40";

class PackedKernels : public testing::TestWithParam<test::Board> {
protected:
    static void SetUpTestSuite() { setenv("RC_PARAMS", kRapidcheckParameters, 0); }
};

INSTANTIATE_TEST_SUITE_P(Boards, PackedKernels, testing::ValuesIn(test::kBoards),
                         [](const auto& board) { return std::string(board.param.name); });

/// All operators that rapidcheck draws from these generators, as one graph.
types::GraphPtr drawnFrom(const std::vector<std::function<types::Graph()>>& generators) {
    auto all = std::make_shared<types::Graph>();
    all->name = "random operators";
    for (const auto& generate : generators)
        rc::check([&] { test::append(*all, generate()); });
    return all;
}

void expectEqualOutputs(const types::GraphPtr& graph) {
    const auto session = test::runOn(PackedKernels::GetParam(), graph);
    EXPECT_TRUE(session.has_value()) << session.error().message();
}

TEST_P(PackedKernels, EqualThePlainOnes) {
    SKIP_WITHOUT_EMULATOR();
    expectEqualOutputs(drawnFrom({
        [] { return test::randomConvolution(DataType::Int8); },
        [] { return test::randomDepthwise(DataType::Int8); },
        [] { return test::randomFullyConnected(DataType::Int8); },
        [] { return test::randomBinary(OpKind::ADD, DataType::Int8); },
        [] { return test::randomPool(OpKind::AVERAGE_POOL_2D, DataType::Int8); },
    }));
}

}  // namespace
