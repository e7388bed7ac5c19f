// SPDX-License-Identifier: GPL-3.0-or-later
// measure, import, sessions and compare, from the first file to the verdict.

#include <algorithm>
#include <fstream>

#include "run_cli.h"
#include "support/shared_files.h"
#include "support/temporary_dir.h"

namespace {

using nlohmann::json;
using terminal::Ran;

class Measurements : public testing::Test {
protected:
    std::string database() const { return " --db " + (m_dir / "p.netcaliper").string(); }
    json measure(const std::string& session, const std::string& more = {}) const {
        return terminal::runJson("measure " + terminal::bundled("kws_dscnn_int8.tflite") +
                                 " --target host --session " + session + database() + " " + more);
    }
    std::string fileWith(const std::string& name, const std::string& content) const {
        std::ofstream(m_dir / name) << content;
        return (m_dir / name).string();
    }

    support::TemporaryDir m_dir;
};

TEST_F(Measurements, AHostSessionHasEveryLayerAndIsListed) {
    const json measured = measure("a", "--repeat 5 --power 100");
    EXPECT_EQ(measured["session"], "a");
    EXPECT_EQ(measured["total"]["samples"].size(), 5u);
    EXPECT_GT(measured["total"]["median"], 0);
    EXPECT_EQ(measured["total"]["unit"], "us");
    for (const json& layer : measured["layers"])
        for (const char* key : {"index", "op", "samples", "median", "unit"})
            EXPECT_TRUE(layer.contains(key)) << key;
    const json sessions = terminal::runJson("sessions" + database())["sessions"];
    ASSERT_EQ(sessions.size(), 1u);
    EXPECT_EQ(sessions[0]["name"], "a");
    EXPECT_EQ(sessions[0]["source"], "host");
    EXPECT_EQ(sessions[0]["model_sha256"].get<std::string>().size(), 64u);
    const json shown = terminal::runJson("sessions --show a" + database());
    EXPECT_EQ(shown["layers"], measured["layers"]);
}

TEST_F(Measurements, TwoHostSessionsOfOneModelDoNotDiffer) {
    measure("a");
    measure("b");
    const json compared = terminal::runJson("compare a b" + database());
    EXPECT_FALSE(compared["total"]["significant"].get<bool>()) << compared["total"];
    for (const json& layer : compared["layers"])
        EXPECT_FALSE(layer["significant"].get<bool>()) << layer;
    EXPECT_LE(compared["total"]["ci_low_percent"], compared["total"]["difference_percent"]);
    EXPECT_GE(compared["total"]["ci_high_percent"], compared["total"]["difference_percent"]);
}

TEST_F(Measurements, OtherConditionsAreRefusedUntilForced) {
    measure("fast", "--repeat 20");
    measure("plain", "--repeat 20 --kernels reference");
    const Ran refused = terminal::run("compare fast plain" + database());
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.err.find("kernels: fast, reference"), std::string::npos) << refused.err;
    const json forced = terminal::runJson("compare fast plain --force" + database());
    EXPECT_GT(forced["total"]["difference_percent"].get<double>(), 0) << forced["total"];
    EXPECT_EQ(forced["different_conditions"], json({"kernels: fast, reference"}));
}

TEST_F(Measurements, ALogIsImportedOnce) {
    const std::string log =
        fileWith("log.txt", "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,100\n1,SOFTMAX,20\n");
    const json imported = terminal::runJson("import " + log + " --session board" + database());
    EXPECT_EQ(imported["session"], "board");
    EXPECT_EQ(imported["format"], "tflm-profiler");
    EXPECT_GE(imported["measurements"], 2);
    EXPECT_TRUE(imported["warnings"].is_array());
    const Ran again = terminal::run("import " + log + " --session board" + database());
    EXPECT_EQ(again.status, 1);
    EXPECT_NE(again.err.find("already"), std::string::npos);
    EXPECT_EQ(terminal::run("import " + log + " --session board --replace" + database()).status, 0);
}

TEST_F(Measurements, LogsOfOneNameBecomeSessionsOfTheirOwn) {
    std::string files;
    for (const char* folder : {"a", "b", "c"}) {
        std::filesystem::create_directory(m_dir / folder);
        files +=
            " " + fileWith(std::string(folder) + "/log.txt", "CONV_2D took 10 ticks (0 ms).\n");
    }
    const json imported = terminal::runJson("import" + files + " --session board" + database());
    EXPECT_EQ(imported["names"], json({"board/log", "board/log (2)", "board/log (3)"}));
}

TEST_F(Measurements, BadInputGivesOneLineAndStatusOne) {
    const std::string foreign = fileWith("foreign.db", "this is no project");
    for (const std::string& command : {"sessions --db " + foreign, "compare a b --db " + foreign,
                                       "import " + foreign + " --session x" + database(),
                                       "measure " + terminal::bundled("kws_dscnn_int8.tflite") +
                                           " --target toaster --session x" + database()}) {
        const Ran ran = terminal::run(command);
        EXPECT_EQ(ran.status, 1) << command;
        EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    }
    EXPECT_EQ(terminal::run("sessions").status, 2);
    EXPECT_EQ(terminal::run("compare a --db x").status, 2);
}

TEST_F(Measurements, EveryLogOfTheReferenceFilesIsRecognisedWithoutAFlag) {
    SKIP_WITHOUT_SHARED();
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*support::sharedDir() / "logs")) {
        const json imported = terminal::runJson("import " + entry.path().string() + " --session s" +
                                                std::to_string(count++) + database());
        EXPECT_GT(imported["measurements"], 0) << entry.path();
    }
    EXPECT_GT(count, 0);
}

}  // namespace
