// SPDX-License-Identifier: GPL-3.0-or-later
// study and fit: what is learned from many measurements.

#include <fstream>

#include "run_cli.h"
#include "support/shared_files.h"
#include "support/temporary_dir.h"

namespace {

using nlohmann::json;
using terminal::bundled;
using terminal::run;
using terminal::runJson;

constexpr const char* kModels[] = {"kws_dscnn_int8.tflite", "ic_resnet8_int8.tflite",
                                   "vww_mobilenet_v1_025_int8.tflite",
                                   "ad_autoencoder_int8.tflite"};

TEST(Study, AreListed) {
    const json studies = runJson("study")["studies"];
    ASSERT_EQ(studies.size(), 7u);
    for (const json& study : studies)
        EXPECT_FALSE(study["question"].get<std::string>().empty());
}

TEST(Study, LatencyOfRandomNetworksIsLinearWithoutAnyTable) {
    const json study = runJson("study linear-latency --device nucleo-f446re --count 6 --seed 3");
    EXPECT_EQ(study["charts"].size(), 1u);
    EXPECT_EQ(study["charts"][0]["series"].size(), 2u);
    EXPECT_FALSE(study["charts"][0]["series"][0]["measured"].get<bool>());
    EXPECT_EQ(study["charts"][0]["series"][0]["points"].size(), 6u);
    EXPECT_EQ(study["table"]["rows"].size(), 3u);
    EXPECT_EQ(study, runJson("study linear-latency --device nucleo-f446re --count 6 --seed 3"));
    EXPECT_NE(study, runJson("study linear-latency --device nucleo-f446re --count 6 --seed 4"));
}

TEST(Study, EveryOneRunsOnTheBoardsAlone) {
    for (const char* name : {"op-types", "linear-latency", "constant-power", "kernels"}) {
        const json study = runJson(std::string("study ") + name + " --count 3");
        EXPECT_FALSE(study["findings"].empty()) << name;
        EXPECT_FALSE(study["limits"].empty()) << name;
        EXPECT_FALSE(study["sources"].empty()) << name;
    }
}

TEST(Study, ATableIsMeasuredNotPredicted) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "t.csv") << "board,model,family,mops,latency_ms\n"
                                    "b,m1,f,10,30\nb,m2,f,20,50\nb,m3,f,40,90\n";
    const json study = runJson("study linear-latency --table " + (dir / "t.csv").string());
    EXPECT_TRUE(study["charts"][0]["series"][0]["measured"].get<bool>());
    EXPECT_NEAR(study["charts"][0]["lines"][0]["slope"].get<double>(), 2, 1e-9);
    EXPECT_EQ(study["sources"][0], "t.csv");
}

TEST(Study, BadInputGivesOneLineAndAStatus) {
    EXPECT_EQ(run("study no-such-study").status, 1);
    EXPECT_NE(run("study no-such-study").err.find("op-types"), std::string::npos);
    EXPECT_EQ(run("study kernels --table /nowhere.csv").status, 1);
    EXPECT_EQ(run("study linear-latency --space no-such-space").status, 2);
    EXPECT_EQ(run("study linear-latency --count 1").status, 2);
    EXPECT_EQ(run("study op-types session-without-db").status, 2);
}

TEST(Study, TheLinesOfMicroNets) {
    SKIP_WITHOUT_SHARED();
    const auto table = *support::sharedDir() / "measurements" / "micronets.csv";
    const std::string text = run("study linear-latency --table " + table.string()).out;
    EXPECT_NE(text.find("STM32F746ZG, GSC: 225 Mops/s, r2 0.9960, mean error 7.4 % over 8 models"),
              std::string::npos);
    EXPECT_NE(text.find("STM32F746ZG, VWW: 124 Mops/s, r2 0.9919, mean error 9.5 % over 4 models"),
              std::string::npos);
}

TEST(Fit, AFilterIsAColumnAndAText) {
    const auto ran = run("fit --table /nowhere.csv --where nonsense --device emulated-m4");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("COLUMN=TEXT"), std::string::npos) << ran.err;
}

/// A board whose layers cost what a profile says, measured and imported model by model.
class FitSessions : public testing::Test {
protected:
    std::string database() const { return " --db " + (m_dir / "p.netcaliper").string(); }

    void measureAll() {
        for (const char* model : kModels) {
            const json predicted = runJson("predict " + bundled(model) + " --device emulated-m4");
            std::ofstream table(m_dir / "t.csv");
            table << "layer,op,cycles,clock_mhz\n";
            // The emulated machine has 25 MHz.
            for (const json& layer : predicted["layers"])
                table << layer["index"] << ',' << layer["op"].get<std::string>() << ','
                      << 25 * layer["latency_us"].get<double>() << ",25\n";
            table.close();
            const auto ran = run("import " + (m_dir / "t.csv").string() + " --session " + model +
                                 " --model " + bundled(model) + database());
            ASSERT_EQ(ran.status, 0) << ran.err;
        }
    }
    std::string fitFlags() const {
        std::string flags = "fit";
        for (const char* model : kModels)
            flags += std::string(" ") + model;
        for (const char* model : kModels)
            flags += " --model " + bundled(model);
        return flags + database() + " --device emulated-m4 ";
    }

    support::TemporaryDir m_dir;
};

TEST_F(FitSessions, AProfileLearnsTheBoardThatWasMeasured) {
    measureAll();
    const std::string file = (m_dir / "learned.json").string();
    const json fit = runJson(fitFlags() + "--id learned -o " + file);
    EXPECT_GT(fit["layers"], 30);
    EXPECT_LT(fit["mape_percent"], fit["baseline_ops_only"]["mape_percent"]);
    EXPECT_EQ(fit["measure_next"].size(), 10u);
    EXPECT_EQ(fit["measure_here"].size(), 10u);
    EXPECT_EQ(fit["device"], "learned");
    const auto latency = [](const std::string& device) {
        return runJson("predict " + bundled(kModels[0]) + " --device " + device)["latency_us"]
            .get<double>();
    };
    EXPECT_NEAR(latency(file) / latency("emulated-m4"), 1, 0.02);
}

TEST_F(FitSessions, SayWhichModelIsMissing) {
    measureAll();
    const auto ran = run("fit kws_dscnn_int8.tflite" + database() + " --device emulated-m4");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("--model kws_dscnn_int8.tflite"), std::string::npos) << ran.err;
}

}  // namespace
