// SPDX-License-Identifier: GPL-3.0-or-later
// The commands compat and plan --kernels.
#include "run_cli.h"

namespace {

const std::string& anyModel() {
    static const std::string model = [] {
        for (const auto& entry : std::filesystem::directory_iterator(terminal::bundled("")))
            if (entry.path().extension() == ".tflite") return entry.path().string();
        return std::string();
    }();
    return model;
}

TEST(CompatCommand, GivesEveryOperatorAVerdictPerRuntime) {
    const terminal::json all = terminal::runJson("compat " + anyModel());
    const auto layers =
        terminal::runJson("inspect " + anyModel())["layers"].get<std::vector<terminal::json>>();
    ASSERT_GE(all["runtimes"].size(), 20u);
    for (const terminal::json& runtime : all["runtimes"]) {
        ASSERT_EQ(runtime["layers"].size(), layers.size()) << runtime["id"];
        for (size_t i = 0; i < layers.size(); ++i) {
            const terminal::json& layer = runtime["layers"][i];
            EXPECT_EQ(layer["index"], i);
            EXPECT_EQ(layer["op"], layers[i]["op"]);
            EXPECT_TRUE(layer["source"].is_string());
            EXPECT_TRUE(layer.contains("rewrite"));
        }
    }
    EXPECT_EQ(terminal::runJson("compat " + anyModel() + " --runtime tflm+esp-nn@1.2.3")["runtimes"]
                  .size(),
              1u);
}

TEST(PlanCommand, NamesTheArenaOfEveryRelease) {
    const terminal::json plan =
        terminal::runJson("plan " + anyModel() + " --kernels cmsis-nn --core Cortex-M55");
    ASSERT_EQ(plan["kernels"].size(), 6u);
    for (const terminal::json& release : plan["kernels"])
        EXPECT_TRUE(release["arena"].contains("arena_used_bytes")) << release;
}

TEST(PlanCommand, SaysWhatAnUpgradeChanges) {
    const terminal::json upgrade = terminal::runJson(
        "plan " + anyModel() + " --kernels esp-nn@1.1.2 --upgrade-to esp-nn@1.2.3")["upgrade"];
    EXPECT_EQ(upgrade["before"]["library"], "esp-nn@1.1.2 for ESP32-S3");
    EXPECT_EQ(upgrade["after"]["library"], "esp-nn@1.2.3 for ESP32-S3");
    for (const terminal::json& layer : upgrade["layers"])
        EXPECT_TRUE(layer["scratch_bytes_before"] != layer["scratch_bytes_after"] ||
                    layer["verdict_before"] != layer["verdict_after"]);
}

TEST(PredictCommand, TakesAnotherReleaseOfTheKernels) {
    const std::string board = " --device esp32-s3-devkitc-1";
    const terminal::json other =
        terminal::runJson("predict " + anyModel() + board + " --kernels esp-nn@1.1.2");
    EXPECT_EQ(other["kernels"], "esp-nn@1.1.2 for ESP32-S3");
    EXPECT_TRUE(other["fits"].contains("sram"));
    EXPECT_TRUE(other["latency_us"].is_null());
    EXPECT_FALSE(other["latency_us_reason"].get<std::string>().empty());
    const auto refused = terminal::run("predict " + anyModel() + board + " --kernels cmsis-nn@7.0");
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("CMSIS-NN is not for"), std::string::npos) << refused.err;
}

TEST(DevicesCommand, ListsTheBoardsThatTheKernelsAreFor) {
    const terminal::json boards =
        terminal::runJson("devices " + anyModel() + " --kernels esp-nn@1.0.0")["devices"];
    ASSERT_GT(boards.size(), 2u);
    for (const terminal::json& board : boards) {
        EXPECT_FALSE(board["core"].get<std::string>().starts_with("Cortex")) << board["id"];
        EXPECT_TRUE(board["fits"].contains("sram"));
    }
    EXPECT_EQ(terminal::run("devices --kernels esp-nn@1.0.0").status, 2);
    EXPECT_EQ(terminal::run("devices " + anyModel() + " --kernels esp-nn@9").status, 1);
}

}  // namespace
