// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels for RISC-V against their plain twins on random operators, on this machine.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <cstring>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "random_op.h"
#include "runtime/riscv/riscv_kernels.h"
#include "runtime/run.h"

namespace {

using types::DataType;

class RiscVKernels : public testing::Test {
protected:
    static void SetUpTestSuite() { setenv("RC_PARAMS", "seed=5 max_success=300", 0); }
};

std::vector<uint8_t> outputWith(const runtime::KernelSet& kernels, const types::Graph& graph,
                                const lowering::Lowered& lowered, uint64_t seed) {
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered.words->data());
    std::vector<uint64_t> arena(program.arenaBytes / 8 + 3), state(program.stateBytes / 8 + 3);
    const auto aligned = [](std::vector<uint64_t>& words) {
        auto* bytes = reinterpret_cast<uint8_t*>(words.data());
        return bytes + (16 - reinterpret_cast<uintptr_t>(bytes) % 16) % 16;
    };
    const runtime::Memory memory{aligned(arena), aligned(state)};
    lowering::SplitMix64 generator(seed);
    for (uint32_t i = 0; i < program.inputs.count; ++i)
        lowering::fillSeeded(generator, graph.tensor(graph.inputs[i]).type,
                             {runtime::addressOf(program, memory, program.input(i)),
                              program.tensor(program.input(i)).bytes});
    RC_ASSERT(runtime::run(program, kernels, memory) == runtime::Status::Ok);
    const auto* output = runtime::addressOf(program, memory, program.output(0));
    return {output, output + program.tensor(program.output(0)).bytes};
}

void expectSameOnRiscV(const types::Graph& graph) {
    if (!lowering::checkRunnable(graph)) RC_DISCARD("has no plain kernel");
    const auto seed = *rc::gen::arbitrary<uint64_t>();
    const auto lowered = lowering::lower(graph, lowering::netcaliperPlan(graph));
    RC_ASSERT(lowered.has_value());
    const auto plain = outputWith(runtime::referenceKernels(), graph, *lowered, seed);
    RC_ASSERT(outputWith(runtime::riscvKernels(), graph, *lowered, seed) == plain);
}

TEST_F(RiscVKernels, Convolution) {
    EXPECT_TRUE(rc::check([] { expectSameOnRiscV(test::randomConvolution(DataType::Int8)); }));
}
TEST_F(RiscVKernels, Depthwise) {
    EXPECT_TRUE(rc::check([] { expectSameOnRiscV(test::randomDepthwise(DataType::Int8)); }));
}
TEST_F(RiscVKernels, FullyConnected) {
    EXPECT_TRUE(rc::check([] { expectSameOnRiscV(test::randomFullyConnected(DataType::Int8)); }));
}
TEST_F(RiscVKernels, Add) {
    EXPECT_TRUE(rc::check(
        [] { expectSameOnRiscV(test::randomBinary(types::OpKind::ADD, DataType::Int8)); }));
}

}  // namespace
