// SPDX-License-Identifier: GPL-3.0-or-later
// predict --table, predict --session and fit --holdout: profiles judged on measured layers.
#include <cmath>
#include <fstream>

#include "run_cli.h"
#include "support/temporary_dir.h"

namespace {

using nlohmann::json;
using terminal::run;
using terminal::runJson;

constexpr const char* kHeader =
    "name,op,in_shape,out_shape,kernel,strides,padding,filter_shape,cpu,kernels,instructions\n";

/// A line of a table: a 3x3 convolution of an 8x8 image.
std::string convolution(const std::string& name, int in, int out, const std::string& instructions,
                        const std::string& cpu = "m4") {
    const std::string i = std::to_string(in), o = std::to_string(out);
    return name + ",CONV_2D,1x8x8x" + i + ",1x8x8x" + o + ",3x3,1x1,same," + o + "x3x3x" + i + "," +
           cpu + ",cmsis," + instructions + "\n";
}

std::string softmax(const std::string& name, int classes, const std::string& instructions) {
    const std::string c = std::to_string(classes);
    return name + ",SOFTMAX,1x" + c + ",1x" + c + ",,,,,m4,cmsis," + instructions + "\n";
}

class ProfileCheck : public testing::Test {
protected:
    std::string table(const std::string& name, const std::string& lines) const {
        std::ofstream(m_dir / name) << kHeader << lines;
        return (m_dir / name).string();
    }
    /// What the profile predicts for a layer, times `factor`.
    std::string costOf(const std::string& line, double factor) const {
        const json check =
            runJson("predict --device emulated-m4 --table " + table("one.csv", line));
        return std::to_string(factor * check["layers"][0]["predicted"].get<double>());
    }

    support::TemporaryDir m_dir;
};

TEST_F(ProfileCheck, LayersWithoutACostArePredictedButNotJudged) {
    const json check = runJson("predict --device emulated-m4 --table " +
                               table("t.csv", convolution("a", 4, 8, "")));
    EXPECT_EQ(check["device"], "emulated-m4");
    EXPECT_EQ(check["unit"], "instructions");
    const json layer = check["layers"][0];
    EXPECT_GT(layer["predicted"], 1000);
    EXPECT_LT(layer["low"], layer["predicted"]);
    EXPECT_GT(layer["high"], layer["predicted"]);
    EXPECT_TRUE(layer["measured"].is_null());
    EXPECT_TRUE(layer["error_percent"].is_null());
    EXPECT_EQ(layer["error_percent_reason"], "the layer has no cost");
    EXPECT_EQ(check["total"]["layers"], 0);
    EXPECT_TRUE(check["total"]["mape_percent"].is_null());
    EXPECT_EQ(check["not_compared"][0]["layers"], 1);
}

TEST_F(ProfileCheck, ErrorsArePerOperatorAndInTotal) {
    const std::string a = convolution("a", 4, 8, ""), b = convolution("b", 6, 8, ""),
                      c = softmax("c", 10, "");
    const std::string file =
        table("t.csv", convolution("a", 4, 8, costOf(a, 1)) + convolution("b", 6, 8, costOf(b, 2)) +
                           softmax("c", 10, costOf(c, 1)));
    const json check = runJson("predict --device emulated-m4 --table " + file);
    ASSERT_EQ(check["layers"].size(), 3u);
    EXPECT_NEAR(check["layers"][1]["error_percent"].get<double>(), -50, 1e-3);
    EXPECT_EQ(check["layers"][0]["in_band"], true);
    EXPECT_EQ(check["layers"][1]["in_band"], false);
    const json conv = check["ops"]["CONV_2D"], total = check["total"];
    EXPECT_EQ(conv["layers"], 2);
    EXPECT_NEAR(conv["mape_percent"].get<double>(), 25, 1e-3);
    EXPECT_NEAR(conv["median_error_percent"].get<double>(), 25, 1e-3);
    EXPECT_NEAR(conv["p90_error_percent"].get<double>(), 50, 1e-3);
    EXPECT_EQ(conv["band_covers_percent"], 50);
    EXPECT_EQ(check["ops"]["SOFTMAX"]["band_covers_percent"], 100);
    EXPECT_EQ(total["layers"], 3);
    EXPECT_NEAR(total["mape_percent"].get<double>(), 50.0 / 3, 1e-3);
    const std::string text = run("predict --device emulated-m4 --table " + file).out;
    for (const char* part : {"a  ", "CONV_2D", "SOFTMAX", "total", "median %", "in band"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST_F(ProfileCheck, RowsThatCannotBeJudgedSayWhy) {
    const std::string file =
        table("t.csv", convolution("a", 4, 8, "1000") + convolution("b", 4, 8, "1000", "m7") +
                           "c,NONSENSE,1x8,1x8,,,,,m4,cmsis,100\n" +
                           "d,CUSTOM,1x8,1x8,,,,,m4,cmsis,100\n");
    const json check = runJson("predict --device emulated-m4 --table " + file);
    ASSERT_EQ(check["layers"].size(), 4u);
    EXPECT_EQ(check["total"]["layers"], 1);
    EXPECT_EQ(check["layers"][1]["error_percent_reason"], "measured on core m7");
    EXPECT_EQ(check["layers"][2]["predicted_reason"], "not an operator: NONSENSE");
    EXPECT_TRUE(check["layers"][3]["predicted"].is_null());
    EXPECT_EQ(check["not_predicted"].size(), 2u);
    EXPECT_EQ(check["not_compared"],
              json::parse(R"([{"layers": 1, "reason": "measured on core m7"}])"));
    const json board = runJson("predict --device nucleo-f446re --table " + file);
    EXPECT_EQ(board["unit"], "cycles");
    EXPECT_EQ(board["layers"][0]["error_percent_reason"], "counted by an emulator");
    const json filtered = runJson("predict --device emulated-m4 --where cpu=m7 --table " + file);
    EXPECT_EQ(filtered["layers"].size(), 1u);
}

TEST_F(ProfileCheck, WrongUsageAndMissingFiles) {
    EXPECT_EQ(run("predict --device emulated-m4").status, 2);
    EXPECT_EQ(run("predict --device emulated-m4 --session a").status, 2);
    EXPECT_EQ(run("predict --table t.csv").status, 2);
    const auto missing = run("predict --device emulated-m4 --table /nowhere.csv");
    EXPECT_EQ(missing.status, 1);
    EXPECT_NE(missing.err.find("/nowhere.csv"), std::string::npos);
    const auto empty = run("predict --device emulated-m4 --where cpu=m0 --table " +
                           table("t.csv", convolution("a", 4, 8, "1000")));
    EXPECT_EQ(empty.status, 1);
}

/// Costs that follow a simple law of the loops: what emulated-m4 predicts, times 1.5.
class Holdout : public ProfileCheck {
protected:
    void SetUp() override {
        std::string seen, hidden;
        int number = 0;
        for (int in : {4, 7, 8, 13, 16, 22, 32})
            for (int out : {2, 3, 8, 9, 16}) {
                const bool isHidden = number++ % 5 == 4;
                (isHidden ? hidden : seen) +=
                    convolution("c" + std::to_string(number), in, out, "");
            }
        m_seen = table("seen.csv", costed(seen));
        m_hidden = table("hidden.csv", costed(hidden) + costed(convolution("twice", 4, 2, "")));
    }
    std::string costed(const std::string& lines) const {
        const json check =
            runJson("predict --device emulated-m4 --table " + table("lines.csv", lines));
        std::stringstream stream(lines);
        std::string result;
        size_t at = 0;
        for (std::string line; std::getline(stream, line);)
            result += line +
                      std::to_string(1.5 * check["layers"][at++]["predicted"].get<double>()) + "\n";
        return result;
    }
    std::string m_seen, m_hidden;
};

TEST_F(Holdout, AFitIsJudgedOnLayersThatItDidNotSee) {
    const std::string output = (m_dir / "own.json").string();
    const json fit = runJson("fit --device emulated-m4 --table " + m_seen + " --holdout " +
                             m_hidden + " -o " + output);
    const json holdout = fit["holdout"];
    EXPECT_EQ(holdout["layers"].size(), 8u);
    EXPECT_EQ(holdout["total"]["layers"], 7);  // the eighth was in the fit
    EXPECT_EQ(holdout["fitted"]["layers"], 1);
    EXPECT_EQ(holdout["layers"][7]["fitted"], true);
    EXPECT_EQ(holdout["ops"]["CONV_2D"]["layers"], 7);
    EXPECT_LT(holdout["total"]["mape_percent"], 5);
    EXPECT_TRUE(holdout["total"].contains("band_covers_percent"));
    // The written profile, judged on the same table, tells the same.
    const json check = runJson("predict --unseen --device " + output + " --table " + m_hidden);
    EXPECT_EQ(check["total"]["layers"], 7);
    EXPECT_NEAR(check["total"]["mape_percent"].get<double>(),
                holdout["total"]["mape_percent"].get<double>(), 1e-3);
    EXPECT_EQ(runJson("predict --device " + output + " --table " + m_hidden)["total"]["layers"], 8);
    EXPECT_EQ(check["rows"][0]["row"], "CONV_2D/im2col int8");
    EXPECT_EQ(check["rows"][0]["fitted_recorded"], true);
    const std::string text =
        run("fit --device emulated-m4 --table " + m_seen + " --holdout " + m_hidden).out;
    EXPECT_NE(text.find("not fitted to these"), std::string::npos) << text;
}

TEST_F(Holdout, AMissingPartIsNamed) {
    const auto ran = run("fit --device emulated-m4 --table " + m_seen + " --holdout /nowhere.csv");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("/nowhere.csv"), std::string::npos) << ran.err;
}

TEST_F(ProfileCheck, SessionsAreJudgedWithTheirModel) {
    const std::string model = terminal::bundled("kws_dscnn_int8.tflite");
    const json predicted = runJson("predict " + model + " --device nucleo-f446re");
    {
        std::ofstream log(m_dir / "log.csv");
        log << "layer,op,latency_us,board,clock_mhz\n";
        for (const json& layer : predicted["layers"])
            log << layer["index"] << ',' << layer["op"].get<std::string>() << ','
                << layer["latency_us"].get<double>() << ",NUCLEO-F446RE,180\n";
    }
    const std::string db = " --db " + (m_dir / "p.netcaliper").string();
    const auto imported =
        run("import " + (m_dir / "log.csv").string() + " --session s --model " + model + db);
    ASSERT_EQ(imported.status, 0) << imported.err;
    const json check = runJson("predict " + model + " --device nucleo-f446re --session s" + db);
    EXPECT_GT(check["total"]["layers"], 10);
    EXPECT_LT(check["total"]["mape_percent"], 0.1);
    const json other = runJson("predict " + model + " --device nucleo-l4r5zi --session s" + db);
    EXPECT_EQ(other["not_compared"][0]["reason"], "measured on NUCLEO-F446RE");
    const json unknown = runJson("predict --device nucleo-f446re --session s" + db);
    EXPECT_EQ(unknown["not_predicted"][0]["reason"], "the model of the session is not known");
}

}  // namespace
