// SPDX-License-Identifier: GPL-3.0-or-later
// schedule, and the knob of the schedule in the commands that vary a model.
#include "run_cli.h"

namespace {

using terminal::bundled;
using terminal::json;
using terminal::run;
using terminal::runJson;

const std::string kModel = bundled("kws_dscnn_int8.tflite");

int64_t least(const json& front, const std::string& input) {
    int64_t bytes = INT64_MAX;
    for (const json& row : front)
        if (row["input"] == input) bytes = std::min(bytes, row["arena_bytes"].get<int64_t>());
    return bytes;
}

TEST(ScheduleCommand, ShowsBothWaysOfFeedingWithIdenticalOutputs) {
    const json found = runJson("schedule " + kModel);
    ASSERT_FALSE(found["front"].empty());
    int number = 0;  // of the row before
    for (const json& row : found["front"]) {
        EXPECT_GT(row["row"].get<int>(), number);
        number = row["row"];
        EXPECT_TRUE(row["outputs_identical"].get<bool>());
        EXPECT_GE(row["macs_factor"].get<double>(), 1.0);
        EXPECT_TRUE(row["input"] == "whole" || row["input"] == "rows");
        for (const json& other : found["front"])
            EXPECT_FALSE(other["row"] != row["row"] && other["input"] == row["input"] &&
                         other["arena_bytes"] <= row["arena_bytes"] &&
                         other["macs"] <= row["macs"]);
    }
    EXPECT_LT(least(found["front"], "whole"), found["layerwise_arena_bytes"].get<int64_t>());
}

TEST(ScheduleCommand, ChoosesWithinBytesAndRefusesWhatNothingFits) {
    const json found = runJson("schedule " + kModel);
    const std::string bytes = std::to_string(least(found["front"], "whole"));
    const json chosen = runJson("schedule " + kModel + " --sram " + bytes)["chosen"];
    EXPECT_EQ(chosen["arena_bytes"].dump(), bytes);
    EXPECT_EQ(chosen["input"], "whole");
    const auto none = run("schedule " + kModel + " --sram 100");
    EXPECT_EQ(none.status, 1);
    EXPECT_NE(none.err.find("no schedule fits 100 bytes"), std::string::npos) << none.err;
}

TEST(ScheduleCommand, ADeviceOfOurOwnRuntimeGivesTimes) {
    for (const json& row : runJson("schedule " + kModel + " --device emulated-m4-own")["front"]) {
        EXPECT_GT(row["latency_us"].get<double>(), 0);
        EXPECT_LE(row["latency_low_us"], row["latency_us"]);
        EXPECT_GE(row["latency_high_us"], row["latency_us"]);
    }
    const json other = runJson("schedule " + kModel + " --device nucleo-f446re")["front"][0];
    EXPECT_TRUE(other["latency_us"].is_null());
    EXPECT_FALSE(other["latency_us_reason"].get<std::string>().empty());
}

TEST(ScheduleKnob, EvaluateAndPlanFollowIt) {
    const json front = runJson("schedule " + kModel)["front"];
    const std::string bytes = std::to_string(least(front, "whole"));
    const json e = runJson("evaluate " + kModel + " --sram " + bytes);
    EXPECT_EQ(e["totals"]["arena_bytes"].dump(), bytes);
    EXPECT_EQ(e["schedule"]["arena_bytes"].dump(), bytes);
    EXPECT_TRUE(e["schedule"]["acts"].get<bool>());
    EXPECT_EQ(e["totals"]["macs"], e["schedule"]["macs"]);
    const json plan = runJson("plan " + kModel + " --sram " + bytes);
    EXPECT_EQ(plan["arena_bytes"].dump(), bytes);
    int windows = 0;
    for (const json& buffer : plan["buffers"]) {
        EXPECT_LE(buffer["offset"].get<int64_t>() + buffer["size"].get<int64_t>(),
                  plan["arena_bytes"].get<int64_t>());
        windows += buffer["rows"] > 0;
    }
    EXPECT_GT(windows, 0);
    for (const json& row : front) {
        const json same =
            runJson("evaluate " + kModel + " --samples 0 --schedule " + row["row"].dump());
        EXPECT_EQ(same["totals"]["arena_bytes"], row["arena_bytes"]);
        EXPECT_EQ(same["totals"]["macs"], row["macs"]);
        EXPECT_EQ(same["schedule"]["input"], row["input"]);
    }
    EXPECT_EQ(run("evaluate " + kModel + " --schedule 9999").status, 1);
    EXPECT_EQ(run("plan " + kModel + " --sram " + bytes + " --reorder").status, 2);
}

TEST(ScheduleKnob, IsNotAvailableUnderTflm) {
    const json e = runJson("evaluate " + kModel + " --sram 60000 --device nucleo-f446re");
    EXPECT_FALSE(e["schedule"]["acts"].get<bool>());
    EXPECT_NE(e["schedule"]["acts_reason"].get<std::string>().find("our own runtime"),
              std::string::npos);
    const json plain = runJson("evaluate " + kModel + " --device nucleo-f446re");
    EXPECT_EQ(e["totals"]["arena_bytes"], plain["totals"]["arena_bytes"]);
}

TEST(ScheduleKnob, OnlyTheCLibraryHoldsIt) {
    const support::TemporaryDir dir;
    const auto refused = run("export " + kModel + " --format tflite --sram 60000 -o " +
                             (dir / "model.tflite").string());
    EXPECT_EQ(refused.status, 2);
    EXPECT_NE(refused.err.find("c-library"), std::string::npos) << refused.err;
    const std::string plain = (dir / "plain.tflite").string(),
                      varied = (dir / "varied.tflite").string();
    EXPECT_EQ(run("vary " + kModel + " --width 1 -o " + plain).status, 0);
    const json changes = runJson("vary " + kModel + " --sram 60000 -o " + varied)["changes"];
    EXPECT_EQ(terminal::contentOf(plain), terminal::contentOf(varied));
    ASSERT_FALSE(changes.empty());
    EXPECT_NE(changes.back().get<std::string>().find("schedule"), std::string::npos);
}

}  // namespace
