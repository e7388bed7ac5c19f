// SPDX-License-Identifier: GPL-3.0-or-later
// sweep and search: many variations, from the command line.

#include <fstream>

#include "run_cli.h"

namespace {

using nlohmann::json;
using terminal::bundled;
using terminal::run;
using terminal::runJson;

class SweepCommand : public testing::Test {
protected:
    std::string spaceFile(const std::string& text) {
        std::ofstream(m_dir / "space.json") << text;
        return " --space " + (m_dir / "space.json").string();
    }
    std::string database() { return " --db " + (m_dir / "sweep.db").string(); }
    const std::string m_model = bundled("kws_dscnn_int8.tflite");
    support::TemporaryDir m_dir;
};

constexpr const char* kSpace = R"({"width": {"from": 0.3, "to": 1.0, "steps": 12},
    "quantize": {"values": ["as-stored", "int8w4"]}})";

TEST_F(SweepCommand, TriesEachNetworkOnceAndKeepsTheFront) {
    const json swept =
        runJson("sweep " + m_model + spaceFile(kSpace) + database() + " --device nucleo-f446re");
    EXPECT_EQ(swept["items"], 24);
    EXPECT_LE(swept["distinct"], 24);
    EXPECT_EQ(swept["done"], swept["distinct"]);
    EXPECT_EQ(swept["failed"], 0);
    EXPECT_EQ(swept["sweep"].get<std::string>().size(), 64u);
    ASSERT_FALSE(swept["front"].empty());
    for (const char* key : {"macs", "params", "flash_bytes", "arena_bytes", "latency_us",
                            "latency_low_us", "latency_high_us", "energy_uj"})
        EXPECT_TRUE(swept["front"][0]["totals"].contains(key)) << key;
    const json status = runJson("sweep status" + database());
    EXPECT_EQ(status["done"], swept["distinct"]);
    EXPECT_EQ(status["open"], 0);
    EXPECT_EQ(status["running"], 0);
    EXPECT_EQ(status["workers"].size(), 1u);
    // A variation of the front is one that evaluate takes.
    std::ofstream(m_dir / "v.json") << swept["front"][0]["variation"];
    const json alone = runJson("evaluate " + m_model +
                               " --samples 0 --device nucleo-f446re "
                               "--variation " +
                               (m_dir / "v.json").string());
    EXPECT_EQ(alone["totals"]["macs"], swept["front"][0]["totals"]["macs"]);
    EXPECT_EQ(alone["totals"]["latency_us"], swept["front"][0]["totals"]["latency_us"]);
}

TEST_F(SweepCommand, AskingAgainResumes) {
    const std::string command = "sweep " + m_model + spaceFile(kSpace) + database();
    const json first = runJson(command + " --budget 3");
    EXPECT_EQ(first["done"], 3);
    const json second = runJson(command);
    EXPECT_EQ(second["done"], second["distinct"]);
    EXPECT_EQ(second["evaluated"], second["distinct"].get<int>() - 3);
}

TEST_F(SweepCommand, AnotherSpaceNeedsAnotherDatabase) {
    EXPECT_EQ(run("sweep " + m_model + spaceFile(kSpace) + database()).status, 0);
    const auto other = run("sweep " + m_model + spaceFile(R"({"width": 0.5})") + database());
    EXPECT_EQ(other.status, 1);
    EXPECT_NE(other.err.find("another space"), std::string::npos) << other.err;
}

TEST_F(SweepCommand, APlanCountsBeforeAnythingRuns) {
    const json plan = runJson("sweep plan " + m_model + spaceFile(kSpace));
    EXPECT_LE(plan["distinct"], 24);
    EXPECT_GT(plan["core_hours"], 0);
}

TEST_F(SweepCommand, BadSpacesNameThePlace) {
    const auto bad =
        run("sweep " + m_model + spaceFile(R"({"width": {"values": [2]}})") + database());
    EXPECT_EQ(bad.status, 1);
    EXPECT_NE(bad.err.find("'width.values[0]'"), std::string::npos) << bad.err;
    EXPECT_EQ(run("sweep " + m_model).status, 2);
    EXPECT_EQ(run("sweep status --db " + (m_dir / "none").string()).status, 1);
}

TEST_F(SweepCommand, ASearchKeepsItsLimits) {
    const std::string output = (m_dir / "best.tflite").string();
    const json found = runJson("search " + m_model + database() + spaceFile(kSpace) +
                               " --device nucleo-f446re --limit latency=60ms --limit sram=60KiB "
                               "--maximize agreement --samples 8 -o " +
                               output);
    ASSERT_FALSE(found["best"].is_null()) << found["best_reason"];
    EXPECT_LE(found["best"]["totals"]["latency_high_us"], 60'000);
    EXPECT_LE(found["best"]["totals"]["sram_used_bytes"], 61'440);
    EXPECT_GT(found["evaluations"], 0);
    EXPECT_GT(found["hypervolume"], 0);
    const json written = runJson("inspect " + output);
    EXPECT_EQ(written["totals"]["macs"], found["best"]["totals"]["macs"]);
}

TEST_F(SweepCommand, ASearchSaysWhatIsWrong) {
    const std::string search = "search " + m_model + database();
    EXPECT_EQ(run(search).status, 2);
    EXPECT_EQ(run(search + " --maximize latency --device nucleo-f446re").status, 1);
    EXPECT_EQ(run(search + " --maximize accuracy").status, 1);
    EXPECT_EQ(run(search + " --maximize agreement --samples 4 --limit ram=1").status, 1);
    EXPECT_EQ(run(search + " --maximize agreement --strategy luck").status, 2);
}

}  // namespace
