// SPDX-License-Identifier: GPL-3.0-or-later
// measure on an emulated board, import of another runtime's counts, and the two compared.

#include <cstdlib>
#include <fstream>

#include "run_cli.h"
#include "support/shared_files.h"
#include "support/temporary_dir.h"

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

bool emulatorIsHere() {
    const fs::path images = fs::path(NETCALIPER_CLI).parent_path().parent_path() / "emulator";
    return fs::exists(images / "firmware-m55.elf") && fs::exists(images / "counting_plugin.so") &&
           std::system("command -v qemu-system-arm >/dev/null") == 0;
}

class EmulatedCli : public testing::Test {
protected:
    void SetUp() override {
        if (!emulatorIsHere()) GTEST_SKIP() << "qemu-system-arm or its firmware is not here";
    }
    std::string database() const { return " --db " + (m_dir / "p.netcaliper").string(); }
    std::string measureCommand(const std::string& core) const {
        return "measure " + terminal::bundled("kws_dscnn_int8.tflite") + " --target qemu-cortex-" +
               core + " --session " + core + database();
    }

    support::TemporaryDir m_dir;
};

TEST_F(EmulatedCli, CountsAreToldWithTheirMixAndEstimates) {
    const json session = terminal::runJson(measureCommand("m4") + " --device nucleo-f446re");
    EXPECT_EQ(session["total"]["unit"], "instructions");
    EXPECT_FALSE(session["total"]["estimated"].get<bool>());
    const json& mix = session["instruction_mix"];
    ASSERT_GT(mix.size(), 5u);
    EXPECT_TRUE(mix[0]["index"].is_null());
    for (const json& row : mix) {
        const double sum = row["loads"].get<double>() + row["stores"].get<double>() +
                           row["multiply_accumulates"].get<double>() +
                           row["branches_taken"].get<double>() +
                           row["branches_not_taken"].get<double>() + row["other"].get<double>();
        EXPECT_EQ(sum, row["instructions"].get<double>());
        EXPECT_GT(row["estimated_us"], 0);
    }
    EXPECT_GT(mix[1]["instructions_per_mac"], 0.3);
    EXPECT_NE(session.dump().find("cycles per instruction"), std::string::npos);
    EXPECT_NE(session.dump().find("memory/RAM beyond the arena"), std::string::npos);
}

TEST_F(EmulatedCli, WithoutABoardThereAreCyclesButNoTime) {
    const json session = terminal::runJson(measureCommand("m55"));
    const json& whole = session["instruction_mix"][0];
    EXPECT_GT(whole["estimated_cycles"], whole["instructions"]);
    EXPECT_TRUE(whole["estimated_us"].is_null());
    const std::string text = terminal::run("sessions --show m55" + database()).out;
    EXPECT_NE(text.find("Cortex-M55 in general"), std::string::npos) << text;
}

TEST_F(EmulatedCli, AMissingEmulatorIsNamedWithItsPackage) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nonexistent", 1);
    const auto ran = terminal::run(measureCommand("m7"));
    setenv("PATH", path.c_str(), 1);
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.err.find("install the package qemu-system-arm"), std::string::npos) << ran.err;
}

TEST_F(EmulatedCli, AnotherRuntimesCountsAreComparedLayerByLayer) {
    SKIP_WITHOUT_SHARED();
    const std::string model = (*support::sharedDir() / "models/mlpt_kws_int8.tflite").string();
    const std::string counts = (*support::sharedDir() / "qemu/mlpt_kws_int8.m4.cmsis.csv").string();
    terminal::runJson("measure " + model + " --target qemu-cortex-m4 --session ours" + database());
    const json imported =
        terminal::runJson("import " + counts + " --session tflm --model " + model + database());
    EXPECT_EQ(imported["format"], "instruction-counts");
    EXPECT_EQ(imported["warnings"], json::array());
    const json compared = terminal::runJson("compare tflm ours" + database());
    EXPECT_EQ(compared["total"]["baseline"], 7698418);
    EXPECT_LT(compared["total"]["ratio"], 0.8);
    EXPECT_EQ(compared["total"]["note"], "exact");
    EXPECT_TRUE(compared["total"]["significant"].get<bool>());
    size_t layers = 0;
    for (const json& row : compared["layers"])
        layers += row["unit"] == "instructions" && row["note"] == "exact";
    EXPECT_EQ(layers, 13u);
}

}  // namespace
