// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that run models on data: evaluate, sensitivity, diverge.

#include "run_cli.h"
#include "support/shared_files.h"

namespace {

using terminal::bundled;
using terminal::json;
using terminal::run;
using terminal::runJson;

const std::string kDigits = bundled("digits_dscnn.tflite");
const std::string kDigitData = bundled("digits_dscnn.data.npz");

TEST(DataCli, TheBundledExampleShowsItsAccuracy) {
    const json result = runJson("evaluate " + kDigits + " --dataset " + kDigitData);
    EXPECT_GT(result["totals"]["accuracy"], 0.9);
    EXPECT_LT(result["totals"]["accuracy_low"], result["totals"]["accuracy"]);
    EXPECT_EQ(result["quality"]["samples"], 800);
    EXPECT_EQ(result["quality"]["classes"].size(), 10u);
    int samples = 0;
    for (const json& row : result["quality"]["confusion"])
        for (const json& count : row)
            samples += count.get<int>();
    EXPECT_EQ(samples, 800);
}

TEST(DataCli, AStudyJudgesAModelAndWritesFiles) {
    const support::TemporaryDir dir;
    const json study = runJson("study accuracy-front " + kDigits + " --dataset " + kDigitData +
                               " --remove 0 0.5 --precision int8 --seeds 1 --csv " +
                               (dir / "front.csv").string() + " --svg " +
                               (dir / "front.svg").string());
    ASSERT_EQ(study["table"]["rows"].size(), 3u);  // the original, and two sizes
    EXPECT_LT(study["table"]["rows"][2][3].get<double>(), 1);
    EXPECT_FALSE(study["findings"].empty());
    std::ifstream csv(dir / "front.csv"), svg(dir / "front.svg");
    std::string line;
    std::getline(csv, line);
    EXPECT_EQ(line.rfind("Model,Weights,", 0), 0u) << line;
    std::getline(svg, line);
    EXPECT_EQ(line.rfind("<svg", 0), 0u) << line;
    const auto without = run("study accuracy-front " + kDigits);
    EXPECT_EQ(without.status, 1);
    EXPECT_NE(without.err.find("--dataset"), std::string::npos) << without.err;
}

TEST(DataCli, AVariationIsScoredBesideItsOriginal) {
    const json result = runJson("evaluate " + kDigits + " --width 0.75 --dataset " + kDigitData);
    EXPECT_LT(result["totals"]["accuracy"], result["original_quality"]["top1"]["value"]);
    EXPECT_TRUE(result["totals"]["agreement"].is_number());
    EXPECT_EQ(result["samples"], 400) << "recovery learns from the other half";
    const json cut =
        runJson("evaluate " + kDigits + " --width 0.75 --no-recover --dataset " + kDigitData);
    EXPECT_EQ(cut["samples"], 800);
    EXPECT_LT(cut["totals"]["accuracy"], result["totals"]["accuracy"]);
}

TEST(DataCli, ProgressIsForTerminals) {
    const auto ran = run("evaluate " + kDigits + " --dataset " + kDigitData);
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_NE(ran.out.find("on 800 samples of digits_dscnn.data.npz"), std::string::npos);
}

TEST(DataCli, BadDataGiveOneLineAndTheRestOnRequest) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "y_labels.csv") << "a.bin,10,3\nmissing.bin,10,1\n";
    std::ofstream(dir / "a.bin") << std::string(24 * 24, 'x');
    const std::string command =
        "evaluate " + kDigits + " --pixels unit --dataset " + (dir / "").string();
    const auto refused = run(command);
    EXPECT_EQ(refused.status, 1);
    EXPECT_TRUE(refused.err.starts_with("error: sample cannot be read: ")) << refused.err;
    EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1);
    const auto loaded = run(command + " --skip-bad");
    EXPECT_EQ(loaded.status, 0) << loaded.err;
    EXPECT_NE(loaded.err.find("warning: left out: sample cannot be read"), std::string::npos);
    EXPECT_EQ(run("evaluate " + kDigits + " --codes nonsense").status, 2);
}

TEST(DataCli, SensitivityRanksItsChanges) {
    const json result = runJson("sensitivity " + kDigits + " --samples 50 --dataset " + kDigitData +
                                " --device nucleo-f446re");
    ASSERT_FALSE(result["layers"].empty());
    double last = -1e9;
    for (const json& row : result["layers"]) {
        if (!row["sqnr_db"].is_number()) continue;
        EXPECT_GE(row["sqnr_db"].get<double>(), last);
        last = row["sqnr_db"];
        EXPECT_TRUE(row["accuracy_loss"].is_number());
    }
    EXPECT_GT(last, -1e9);
}

TEST(DataCli, DivergeFindsNothingBetweenAModelAndItself) {
    const json same = runJson("diverge " + kDigits + " " + kDigits + " --samples 4");
    EXPECT_TRUE(same["first_different"].is_null());
    const support::TemporaryDir dir;
    const std::string sparse = (dir / "sparse.tflite").string();
    ASSERT_EQ(run("vary " + kDigits + " --zero-weights 0.9 -o " + sparse).status, 0);
    const json other = runJson("diverge " + kDigits + " " + sparse + " --samples 4");
    EXPECT_EQ(other["first_different"]["op_a"], 0);
}

TEST(DataCli, TheKeywordModelIsRightAsOftenAsOnTflm) {
    SKIP_WITHOUT_SHARED();
    const auto shared = *support::sharedDir();
    const json result = runJson("evaluate " + (shared / "models/mlpt_kws_int8.tflite").string() +
                                " --dataset " + (shared / "datasets/kws01").string());
    EXPECT_DOUBLE_EQ(result["totals"]["accuracy"].get<double>(), 449 / 500.0);
}

}  // namespace
