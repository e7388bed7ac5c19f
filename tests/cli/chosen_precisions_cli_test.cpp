// SPDX-License-Identifier: GPL-3.0-or-later
// --quantize auto with its budgets, and --drop-block.

#include "run_cli.h"

namespace {

using support::TemporaryDir;
using terminal::json;
using terminal::Ran;

const std::string kBudgetModel = terminal::bundled("kws_dscnn_int8.tflite");

json mixed(const std::string& flags) {
    const TemporaryDir dir;
    return terminal::runJson("vary " + kBudgetModel + " --quantize auto " + flags + " -o " +
                             (dir / "v.tflite").string());
}

TEST(ChosenPrecisions, AreToldPerLayerWithWhatTheyWinAndLose) {
    const json free = mixed("--flash-budget 1000000");
    const json& int8 = free["precisions"];
    EXPECT_TRUE(int8["within_budget"]);
    EXPECT_EQ(int8["layers"].size(), 10u);
    const int64_t budget = int8["int8"]["flash_bytes"].get<int64_t>() - 3000;
    const json tight = mixed("--flash-budget " + std::to_string(budget));
    EXPECT_TRUE(tight["precisions"]["within_budget"]);
    EXPECT_LE(tight["flash_bytes"].get<int64_t>(), budget);
    int changed = 0;
    for (const json& layer : tight["precisions"]["layers"]) {
        const bool isChanged = layer["precision"] != "int8";
        changed += isChanged;
        EXPECT_EQ(layer["saved_flash_bytes"].get<int64_t>() > 0, isChanged);
        EXPECT_TRUE(layer.contains("lost_agreement") && layer.contains("lost_sqnr_db"));
    }
    EXPECT_GT(changed, 0);
    EXPECT_LT(changed, 10);
}

TEST(ChosenPrecisions, CanBeSavedAndRepeated) {
    const TemporaryDir dir;
    const std::string document = (dir / "v.json").string();
    const json first = mixed("--flash-budget 45000 --save-variation " + document);
    const json again = terminal::runJson("vary " + kBudgetModel + " --variation " + document +
                                         " -o " + (dir / "v.tflite").string());
    EXPECT_TRUE(again["precisions"].is_null());
    EXPECT_EQ(again["flash_bytes"], first["flash_bytes"]);
    EXPECT_EQ(again["sqnr_db"], first["sqnr_db"]);
}

TEST(ChosenPrecisions, ABudgetOfTimeNeedsABoard) {
    const TemporaryDir dir;
    const Ran ran =
        terminal::run("vary " + kBudgetModel + " --quantize auto --latency-budget 90ms -o " +
                      (dir / "v.tflite").string());
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("--device"), std::string::npos) << ran.err;
}

TEST(DropBlock, BlocksAreListedAndLeftOut) {
    const json model = terminal::runJson("inspect " + kBudgetModel);
    ASSERT_FALSE(model["blocks"].empty());
    const json& block = model["blocks"][0];
    const TemporaryDir dir;
    const json varied = terminal::runJson("vary " + kBudgetModel + " --drop-block " +
                                          std::to_string(block["index"].get<int>()) + " -o " +
                                          (dir / "v.tflite").string());
    EXPECT_EQ(varied["macs"].get<int64_t>(),
              model["totals"]["macs"].get<int64_t>() - block["macs"].get<int64_t>());
}

TEST(DropBlock, AWrongOneIsAnsweredByTheList) {
    const json model = terminal::runJson("inspect " + kBudgetModel);
    const Ran ran = terminal::run("evaluate " + kBudgetModel + " --drop-block 12");
    EXPECT_EQ(ran.status, 1);
    const std::string name = model["blocks"][0]["name"];
    EXPECT_NE(ran.err.find(name), std::string::npos) << ran.err;
    EXPECT_EQ(terminal::run("evaluate " + kBudgetModel + " --drop-block -1").status, 2);
}

}  // namespace
