// SPDX-License-Identifier: GPL-3.0-or-later
// Malformed files that can be read must not make a run access memory outside its buffers; the
// sanitizer builds of this test detect that.
#include <gtest/gtest.h>

#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

/// "refused", or "ran" where the file loads and can be run.
std::string tryToRun(const std::filesystem::path& file) {
    const auto graph = tflite::read(file);
    if (!graph) return "refused";
    auto execution = lowering::Execution::create(**graph);
    if (!execution) {
        EXPECT_FALSE(execution.error().what.empty());
        return "refused";
    }
    lowering::SplitMix64 generator(1);
    for (int invoke = 0; invoke < 2; ++invoke) {
        for (size_t i = 0; i < execution->inputCount(); ++i)
            lowering::fillSeeded(generator, (*graph)->tensor((*graph)->inputs[i]).type,
                                 execution->input(i));
        if (!execution->invoke()) return "refused";
    }
    return "ran";
}

TEST(HostileRuns, NoneLeavesItsBuffers) {
    SKIP_WITHOUT_SHARED();
    int ran = 0, refused = 0;
    for (const auto& file : support::filesOf(*support::sharedDir() / "hostile", ".tflite")) {
        SCOPED_TRACE(file.filename().string());
        (tryToRun(file) == "ran" ? ran : refused)++;
    }
    std::printf("%d ran, %d refused\n", ran, refused);
    EXPECT_GT(refused, ran);
}

}  // namespace
