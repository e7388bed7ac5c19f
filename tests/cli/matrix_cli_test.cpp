// SPDX-License-Identifier: GPL-3.0-or-later
// measure --matrix on emulated boards: complete, resumed, repeated; and the study drawn from it.

#include <cstdlib>

#include "run_cli.h"

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

bool matrixCanBeMeasured() {
    const fs::path images = fs::path(NETCALIPER_CLI).parent_path().parent_path() / "emulator";
    return fs::exists(images / "firmware-m55.elf") && fs::exists(images / "counting_plugin.so") &&
           std::system("command -v qemu-system-arm >/dev/null") == 0;
}

class MatrixCli : public testing::Test {
protected:
    void SetUp() override {
        if (!matrixCanBeMeasured()) GTEST_SKIP() << "qemu-system-arm or its firmware is not here";
    }
    std::string database() const { return " --db " + (m_dir / "p.netcaliper").string(); }
    json matrixOf(const std::string& flags) const {
        return terminal::runJson("measure " + terminal::bundled("ad_autoencoder_int8.tflite") +
                                 " --matrix --flags O2 --precisions int8,float32 " + flags +
                                 database());
    }

    support::TemporaryDir m_dir;
};

TEST_F(MatrixCli, MeasuresEveryCellAndResumes) {
    const json first = matrixOf("--cores m4 --kernels plain,packed");
    ASSERT_EQ(first["cells"].size(), 4u);
    EXPECT_EQ(first["measured"], 4);
    const json more = matrixOf("--cores m4,cortex-m55 --kernels plain,packed");
    EXPECT_EQ(more["cells"].size(), 8u);
    EXPECT_EQ(more["measured"], 4);
    EXPECT_EQ(more["kept"], 4);
    const json again = matrixOf("--cores m4,cortex-m55 --again");
    EXPECT_EQ(again["measured"], 8);
    EXPECT_EQ(again["different"], 0) << "counts of an emulator are repeatable";
    for (size_t i = 0; i < 8; ++i)
        EXPECT_EQ(again["cells"][i]["value"], more["cells"][i]["value"]) << more["cells"][i];
    const json sessions = terminal::runJson("sessions" + database());
    EXPECT_EQ(sessions["sessions"].size(), 8u);
}

TEST_F(MatrixCli, ItsSessionsHaveTheirConditionsAndItsFactorsStandBesideThePublishedOnes) {
    const json measured = matrixOf("--cores m4 --devices nucleo-l496zg");
    EXPECT_EQ(measured["predicted"].get<int>() + measured["failed"].get<int>(), 2);
    const std::string name = measured["cells"][0]["session"];
    const json session = terminal::runJson("sessions --show " + name + database());
    const std::string text = session.dump();
    for (const char* condition : {"\"-O2\"", "GCC", "Cortex-M4", "matrix: "})
        EXPECT_NE(text.find(condition), std::string::npos) << condition << " in " << text;
    const json study = terminal::runJson("study kernels-compared" + database());
    EXPECT_NE(study.dump().find("NUCLEO-L496ZG"), std::string::npos);
    EXPECT_FALSE(study["findings"].empty());
    const auto wrong = terminal::run("study kernels-compared none" + database());
    EXPECT_EQ(wrong.status, 1);
}

TEST_F(MatrixCli, WrongWordsAreNamed) {
    const std::string model = terminal::bundled("ad_autoencoder_int8.tflite");
    const auto core = terminal::run("measure " + model + " --matrix --cores z80" + database());
    EXPECT_EQ(core.status, 1);
    EXPECT_NE(core.err.find("qemu-cortex-m4"), std::string::npos) << core.err;
    const auto level = terminal::run("measure " + model + " --matrix --flags O9" + database());
    EXPECT_EQ(level.status, 1);
    EXPECT_NE(level.err.find("-Os"), std::string::npos) << level.err;
    EXPECT_EQ(terminal::run("measure " + model + " --cores m4" + database()).status, 2);
    EXPECT_EQ(terminal::run("measure " + model + database()).status, 2);
}

// A program without sources of the firmware says what it can do.
TEST_F(MatrixCli, FlagsThatCannotBeBuiltAreASentence) {
    const auto ran =
        terminal::runWith("NETCALIPER_SOURCES=/nonexistent ",
                          "measure " + terminal::bundled("ad_autoencoder_int8.tflite") +
                              " --matrix --cores m4 --flags O3 --precisions int8" + database());
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("NETCALIPER_SOURCES"), std::string::npos) << ran.err;
}

}  // namespace
