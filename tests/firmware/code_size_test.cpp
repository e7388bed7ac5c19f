// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes of code in engine/footprint/code_size_table.cpp against what the cross compiler built.

#include "footprint/code_size.h"

#include <cmath>
#include <map>
#include <sstream>

#include "boards.h"

namespace {

namespace fs = std::filesystem;

fs::path crossBuild() {
    const auto program = fs::read_symlink("/proc/self/exe");
    return program.parent_path().parent_path() / "cortex_m/measurements/firmware";
}

/// Bytes of code and constants by source name, of an archive or an object file.
std::map<std::string, int32_t> sizesOf(const fs::path& file) {
    const auto ended = runners::runProcess({"arm-none-eabi-size", file.string()}, 10, {}, {});
    std::istringstream output(ended ? ended->output : "");
    std::map<std::string, int32_t> sizes;
    std::string line;
    std::getline(output, line);
    while (std::getline(output, line)) {
        std::istringstream words(line);
        int32_t text = 0, data = 0;
        std::string bss, decimal, hex, name;
        words >> text >> data >> bss >> decimal >> hex >> name;
        const std::string source = fs::path(name).filename().string();
        sizes[source.substr(0, source.find('.'))] = text + data;
    }
    return sizes;
}

class CodeSize : public testing::TestWithParam<test::Board> {};

INSTANTIATE_TEST_SUITE_P(Boards, CodeSize, testing::ValuesIn(test::kBoards),
                         [](const auto& board) { return std::string(board.param.name); });

TEST_P(CodeSize, TableHoldsWhatTheCompilerMakes) {
    const std::string core = GetParam().name;
    const fs::path archive = crossBuild() / ("libruntime_" + core + ".a");
    if (!fs::exists(archive)) GTEST_SKIP() << "the firmware is not built here";
    auto built = sizesOf(archive);
    built.merge(sizesOf(crossBuild() / "CMakeFiles" / ("firmware-" + core + ".dir") /
                        "memory_functions.cpp.obj"));
    ASSERT_GT(built.size(), 70u);
    // Nobody calls it on a Cortex-M; the second is kernel_set with names for logs.
    for (const char* unused : {"overwriting", "cortex_kernels"})
        built.erase(unused);
    for (const auto& files :
         {footprint::coreFiles(), footprint::helperFiles(), footprint::kernelFiles()})
        for (const footprint::CodeFile& file : files) {
            const int32_t expected = core == "m55" ? file.bytes.mve : file.bytes.dsp;
            if (expected == 0) continue;
            EXPECT_NEAR(built[file.name], expected, 16 + 0.06 * expected) << file.name;
            built.erase(file.name);
        }
    EXPECT_TRUE(built.empty()) << built.begin()->first << " is not in the table";
}

}  // namespace
