// SPDX-License-Identifier: GPL-3.0-or-later
// Models of others, where a directory of them is given: NETCALIPER_ONNX_MODELS=DIR. What cannot be
// mapped must be named.
#include <cstdlib>
#include <filesystem>

#include "lowering/execution.h"
#include "model_builder.h"
#include "onnx/open_model.h"

namespace {

TEST(OnnxPublic, EveryModelRunsOrSaysWhyNot) {
    const char* directory = std::getenv("NETCALIPER_ONNX_MODELS");
    if (directory == nullptr) GTEST_SKIP() << "NETCALIPER_ONNX_MODELS names no directory";
    int opened = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (entry.path().extension() != ".onnx") continue;
        const auto graph = onnx::openModel(entry.path());
        if (!graph) {
            EXPECT_NE(graph.error().where.find(entry.path().filename().string()), std::string::npos)
                << graph.error().message();
            continue;
        }
        ++opened;
        auto execution = lowering::Execution::create(**graph);
        if (!execution) {  // an operator on a type that has no kernel: can be inspected
            EXPECT_FALSE(execution.error().what.empty());
            continue;
        }
        EXPECT_TRUE(execution->invoke()) << entry.path();
    }
    EXPECT_GT(opened, 0);
}

}  // namespace
