// SPDX-License-Identifier: GPL-3.0-or-later
// Exported C libraries build without a warning and pass their self-test, on this machine and on an
// emulated Cortex-M4 and, where its packages are installed, RISC-V; the keyword model's stays
// within its budget of flash and RAM.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "boards.h"
#include "exporting/c_library.h"
#include "footprint/footprint.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "scheduling/schedule_front.h"
#include "support/temporary_dir.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"

namespace {

namespace fs = std::filesystem;

/// Runs a make target of an exported library; the output.
std::string makeTarget(const fs::path& directory, const std::string& target) {
    const auto ended =
        runners::runProcess({"make", "-s", "-C", directory.string(), target}, 120, {}, {});
    return ended ? ended->output : ended.error().message();
}

/// A directory with links to the sources, as the programs' resources have them.
fs::path stagedSources(const fs::path& directory) {
    const fs::path root = NETCALIPER_SOURCE_DIR;
    fs::create_directory_symlink(root / "engine/runtime", directory / "runtime");
    fs::create_directory_symlink(root / "measurements/firmware", directory / "firmware");
    return directory;
}

bool toolsAreHere() {
    return test::emulatorIsHere() && !runners::findProgram("make").empty() &&
           !runners::findProgram("arm-none-eabi-g++").empty();
}

bool riscvToolsAreHere() {
    return !runners::findProgram(runners::kQemuRiscV.emulator).empty() &&
           !runners::findProgram(runners::kQemuRiscV.compiler).empty();
}

void expectSelfTest(const types::Graph& graph, const exporting::LowerFor& lowerFor = {}) {
    const support::TemporaryDir directory;
    const fs::path library = directory / "exported";
    const auto files =
        exporting::writeCLibrary(graph, stagedSources(directory / ""), library, lowerFor);
    ASSERT_TRUE(files.has_value()) << files.error().message();
    std::vector<std::string> targets = {"run-host", "run-m4"};
    if (riscvToolsAreHere()) targets.emplace_back("run-rv32");
    for (const std::string& target : targets) {
        const std::string output = makeTarget(library, target);
        EXPECT_NE(output.find("self-test: passed"), std::string::npos) << target << ": " << output;
    }
}

void expectSelfTestOfFile(const std::string& name) {
    const auto graph =
        tflite::read(std::string(NETCALIPER_SOURCE_DIR) + "/tests/golden/models/" + name);
    ASSERT_TRUE(graph.has_value()) << name;
    expectSelfTest(**graph);
}

TEST(ExportedLibrary, OfAClassifierPasses) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    expectSelfTestOfFile("graph_classifier_int8_00.tflite");
}

TEST(ExportedLibrary, OfResidualBlocksWithSixteenBitsPasses) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    expectSelfTestOfFile("graph_residual_int16_00.tflite");
}

TEST(ExportedLibrary, OfARecurrentLayerPasses) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    expectSelfTestOfFile("unidirectional_sequence_lstm_int8_00.tflite");
}

// Programs with blocks and state: resource variables set by CALL_ONCE, a loop with a branch.
TEST(ExportedLibrary, OfSubgraphsAndVariablesPasses) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    expectSelfTestOfFile("stream_int8_00.tflite");
    expectSelfTestOfFile("while_if_float32_00.tflite");
}

// The same runtime in bands of rows, with the kernels of each core; the input also row by row.
TEST(ExportedLibrary, InBandsOfRowsPasses) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    for (const char* name : {"graph_classifier_int8_00", "graph_residual_int16_00"})
        for (const bool feeds : {false, true}) {
            const auto graph = tflite::read(std::string(NETCALIPER_SOURCE_DIR) +
                                            "/tests/golden/models/" + name + ".tflite");
            ASSERT_TRUE(graph.has_value()) << name;
            int64_t whole = 0, banded = 0;
            expectSelfTest(**graph, [&](types::Isa isa) -> types::Result<lowering::Lowered> {
                using scheduling::Feeding;
                const auto front = scheduling::findFront(
                    **graph, {feeds ? Feeding::Both : Feeding::Whole, isa, {}});
                if (!front) return tl::unexpected(front.error());
                const auto plan = scheduling::planOf(*front, scheduling::smallestOf(*front, feeds));
                whole = front->whole.plan.arenaBytes;
                banded = plan.arenaBytes;
                return lowering::lowerBands(**graph, plan, isa);
            });
            EXPECT_LT(banded, whole) << name;
        }
}

/// Text and zeroed memory of an image, as arm-none-eabi-size reports them.
struct ImageSize {
    size_t text = 0, zeroed = 0;
};

ImageSize sizeOf(const fs::path& image) {
    const auto ended = runners::runProcess({"arm-none-eabi-size", image.string()}, 10, {}, {});
    std::istringstream words(ended ? ended->output : "");
    std::string line;
    std::getline(words, line);
    ImageSize size;
    size_t data = 0;
    words >> size.text >> data >> size.zeroed;
    return size;
}

// Flash beside the model: runtime, kernels, start-up code and the self-test with its input. RAM
// beside the arena: what the library and the self-test hold.
TEST(ExportedLibrary, OfTheKeywordModelIsSmall) {
    if (!toolsAreHere()) GTEST_SKIP() << "cross compiler, emulator or make is not here";
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8);
    ASSERT_TRUE(graph.has_value());
    const auto isa = types::Isa::Dsp;
    const auto plan = lowering::netcaliperPlan(**graph, isa);
    const auto lowered = lowering::lower(**graph, plan, isa);
    ASSERT_TRUE(lowered.has_value());
    const support::TemporaryDir directory;
    const fs::path library = directory / "keywords";
    ASSERT_TRUE(exporting::writeCLibrary(**graph, stagedSources(directory / ""), library));
    const std::string output = makeTarget(library, "run-m4");
    ASSERT_NE(output.find("self-test: passed"), std::string::npos) << output;
    const ImageSize size = sizeOf(library / "build/self_test.elf");
    ASSERT_GT(size.text, lowered->programBytes);
    RecordProperty("text_beside_model", std::to_string(size.text - lowered->programBytes));
    EXPECT_LE(size.text - lowered->programBytes, 20u * 1024);
    types::DeviceProfile board;
    board.core = "Cortex-M4";
    const auto need = footprint::of(**graph, board, types::Runtime::Netcaliper);
    ASSERT_TRUE(need.has_value());
    const auto text = static_cast<double>(size.text);
    RecordProperty("flash_budget", std::to_string(need->flash.usedBytes));
    EXPECT_NEAR(static_cast<double>(need->flash.usedBytes), text, 0.03 * text);
    EXPECT_LE(size.zeroed, static_cast<size_t>(plan.arenaBytes) + 1024);
}

// Less than TFLM plans: the best plan, with outputs over dead inputs.
TEST(ExportedLibrary, HasTheArenaOfOurOwnPlan) {
    const auto graph = zoo::wakeWordsMobileNetV1(zoo::Precision::Int8);
    ASSERT_TRUE(graph.has_value());
    const auto own = lowering::netcaliperPlan(**graph);
    const auto greedy = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
    EXPECT_LT(own.arenaBytes, greedy.arenaBytes * 8 / 10);
    const support::TemporaryDir directory;
    ASSERT_TRUE(
        exporting::writeCLibrary(**graph, stagedSources(directory / ""), directory / "wake"));
    std::ifstream header(directory / "wake" / "wake.h");
    std::stringstream text;
    text << header.rdbuf();
    EXPECT_NE(text.str().find("_ARENA_BYTES " + std::to_string(own.arenaBytes) + "u"),
              std::string::npos)
        << text.str();
}

}  // namespace
