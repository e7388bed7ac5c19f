// SPDX-License-Identifier: GPL-3.0-or-later
// run() itself: refusals, state, missing kernels.
#include "runtime/run.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace runtime;

TEST(Run, RefusesAnotherVersion) {
    Program program;
    EXPECT_EQ(run(program, referenceKernels(), {}), Status::Ok);
    program.version = kProgramVersion + 1;
    EXPECT_EQ(run(program, referenceKernels(), {}), Status::BadProgram);
    program.version = kProgramVersion;
    program.magic = 0;
    EXPECT_EQ(run(program, referenceKernels(), {}), Status::BadProgram);
}

TEST(Run, EveryIdHasAReferenceKernel) {
    for (uint32_t id = 0; id < kKernelCount; ++id)
        EXPECT_NE(referenceKernels().table[id], nullptr) << id;
}

struct SmallProgram {
    Program header;
    alignas(16) TensorRecord tensor;
    alignas(16) OpRecord op;
};

TEST(Run, AMissingKernelIsSaid) {
    SmallProgram small;
    small.op.kernel = static_cast<uint16_t>(KernelId::Copy);
    small.header.ops = {static_cast<uint32_t>(offsetof(SmallProgram, op)), 1};
    const KernelSet empty;
    EXPECT_EQ(run(small.header, empty, {}), Status::MissingKernel);
    small.op.kernel = kKernelCount;
    EXPECT_EQ(run(small.header, referenceKernels(), {}), Status::MissingKernel);
}

TEST(Run, StateIsSetToItsByte) {
    SmallProgram small;
    small.tensor.place = Place::State;
    small.tensor.offset = 1;
    small.tensor.bytes = 2;
    small.tensor.reset = 0x80;
    small.header.tensors = {static_cast<uint32_t>(offsetof(SmallProgram, tensor)), 1};
    std::vector<uint8_t> state(4, 1);
    resetState(small.header, {nullptr, state.data()});
    EXPECT_EQ(state, (std::vector<uint8_t>{1, 0x80, 0x80, 1}));
}

}  // namespace
