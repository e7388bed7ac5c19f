// SPDX-License-Identifier: GPL-3.0-or-later
// The four models of MLPerf Tiny on the emulated RISC-V core: outputs as on this machine (the
// runner compares), counts the same every time, and the core's own kernels against the plain ones.

#include <cstdio>

#include "boards.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

using lowering::Kernels;

constexpr double kLargestShare = 0.8;  // of the plain kernels' instructions

class RiscVModels : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(MlperfTiny, RiscVModels, testing::Values("kws", "vww96", "resnet", "ad01"),
                         [](const auto& model) { return std::string(model.param); });

double instructionsOf(const types::Result<types::Session>& session) {
    EXPECT_TRUE(session.has_value()) << session.error().message();
    if (!session) return 0;
    for (const types::Measurement& m : session->measurements)
        if (m.key == types::kWhole && m.quantity == types::Quantity::Instructions)
            return m.samples.at(0);
    return 0;
}

TEST_P(RiscVModels, TakeFewerInstructionsThanWithPlainKernels) {
    SKIP_WITHOUT_SHARED();
    SKIP_WITHOUT_BOARD(test::kRv32);
    const auto file =
        *support::sharedDir() / "models" / ("mlpt_" + std::string(GetParam()) + "_int8.tflite");
    const auto graph = tflite::read(file);
    ASSERT_TRUE(graph) << graph.error().message();
    const auto own = test::runOn(test::kRv32, *graph);
    const auto again = test::runOn(test::kRv32, *graph);
    const auto plain = test::runOn(test::kRv32, *graph, 1, Kernels::Reference);
    const double count = instructionsOf(own), plainCount = instructionsOf(plain);
    ASSERT_GT(count, 0);
    EXPECT_EQ(count, instructionsOf(again));
    EXPECT_EQ(own->conditions.kernels, "RV32IM");
    EXPECT_EQ(plain->conditions.kernels, "reference");
    EXPECT_EQ(own->conditions.core, "RISC-V RV32IMC");
    std::printf("%-8s own %10.0f, plain %10.0f: %.3f\n", GetParam(), count, plainCount,
                count / plainCount);
    EXPECT_LE(count, kLargestShare * plainCount);
}

}  // namespace
