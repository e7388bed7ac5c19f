// SPDX-License-Identifier: GPL-3.0-or-later
// Cost, planning, lowering and export select the same kernels for a core.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cost/terms/kernel_terms.h"
#include "engine/evaluate.h"
#include "exporting/c_library.h"
#include "exporting/c_library_text.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "support/temporary_dir.h"
#include "types/target.h"
#include "zoo/reference_models.h"

namespace {

namespace fs = std::filesystem;
using namespace types;
using cost::KernelLibrary;

std::string nameOf(const testing::TestParamInfo<Core>& core) {
    std::string name(core.param.name);
    std::ranges::replace(name, '-', '_');
    std::ranges::replace(name, ' ', '_');
    std::ranges::replace(name, '+', 'p');
    return name;
}

class Target : public testing::TestWithParam<Core> {
protected:
    static DevicePtr board() {
        auto device = std::make_shared<DeviceProfile>();
        device->id = device->name = "board";
        device->core = GetParam().name;
        device->runtime = kNetcaliperRuntime;
        device->flashBytes = device->sramBytes = int64_t{1} << 30;
        return device;
    }
    static GraphPtr model() { return *zoo::keywordDsCnn(zoo::Precision::Int8); }
};

INSTANTIATE_TEST_SUITE_P(Cores, Target, testing::ValuesIn(knownCores().begin(), knownCores().end()),
                         nameOf);

TEST_P(Target, IsCostedWithTheKernelsOfTheCore) {
    const auto library = cost::kernelLibraryOf("Netcaliper", std::string(GetParam().name));
    EXPECT_EQ(library, GetParam().isa == Isa::Mve   ? KernelLibrary::NetcaliperMve
                       : GetParam().isa == Isa::Dsp ? KernelLibrary::NetcaliperDsp
                                                    : KernelLibrary::Reference);
    const auto cmsis = cost::kernelLibraryOf("TFLM + CMSIS-NN", std::string(GetParam().name));
    EXPECT_EQ(cmsis, GetParam().isa == Isa::Mve   ? KernelLibrary::CmsisMve
                     : GetParam().isa == Isa::Dsp ? KernelLibrary::CmsisDsp
                                                  : KernelLibrary::Reference);
}

TEST_P(Target, IsPlannedAndLoweredForTheCore) {
    const auto evaluation = engine::evaluate(model(), {}, board());
    ASSERT_TRUE(evaluation) << evaluation.error().message();
    const auto plan = lowering::netcaliperPlan(*model(), GetParam().isa);
    EXPECT_EQ((*evaluation)->netcaliperPlan.arenaBytes, plan.arenaBytes);
    const auto lowered = lowering::lower(*model(), plan, GetParam().isa);
    ASSERT_TRUE(lowered) << lowered.error().message();
    const auto& lines = (*evaluation)->flash->lines;
    EXPECT_EQ(lines[0].bytes, static_cast<int64_t>(lowered->programBytes));
    const auto calls = [&](const char* file) {
        return std::ranges::any_of(lines, [&](const BudgetLine& line) {
            return line.what.find(file) != std::string::npos;
        });
    };
    EXPECT_EQ(calls("packed_conv_dsp"), GetParam().isa == Isa::Dsp);
    EXPECT_EQ(calls("packed_conv_mve"), GetParam().isa == Isa::Mve);
}

/// Bytes of a file of "0x01, 0x02, ...".
size_t bytesIn(const fs::path& file) {
    std::ifstream stream(file);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    return static_cast<size_t>(std::ranges::count(text, ','));
}

TEST_P(Target, IsExportedAsItIsBudgeted) {
    const support::TemporaryDir directory;
    const fs::path root = NETCALIPER_SOURCE_DIR;
    fs::create_directory_symlink(root / "engine/runtime", directory / "runtime");
    fs::create_directory_symlink(root / "measurements/firmware", directory / "firmware");
    const fs::path library = directory / "exported";
    const auto files = exporting::writeCLibrary(*model(), directory / "", library);
    ASSERT_TRUE(files) << files.error().message();
    const auto evaluation = engine::evaluate(model(), {}, board());
    ASSERT_TRUE(evaluation) << evaluation.error().message();
    EXPECT_EQ(
        static_cast<int64_t>(bytesIn(library / exporting::programFileName(isaOf(board()->core)))),
        (*evaluation)->flash->lines[0].bytes);
}

TEST(TargetNames, AreReadInAnySpelling) {
    EXPECT_EQ(isaOf("Cortex-M4F"), Isa::Dsp);
    EXPECT_EQ(isaOf("cortex-m33 (FPU)"), Isa::Dsp);
    EXPECT_EQ(isaOf("Cortex-M0plus"), Isa::Portable);
    EXPECT_EQ(isaOf("CORTEX-M85"), Isa::Mve);
    EXPECT_EQ(isaOf("Cortex-M3"), Isa::Portable);
    EXPECT_EQ(isaOf("Cortex-A53"), Isa::Portable);
    EXPECT_EQ(isaOf("Cortex-M77"), Isa::Portable);
    EXPECT_EQ(isaOf(""), Isa::Portable);
    EXPECT_EQ(isaOf("Xtensa LX7"), Isa::Portable);
    EXPECT_EQ(isaOf("RISC-V RV32IMC"), Isa::Portable);
    EXPECT_EQ(optimisedKernelsOf("cortex-m33 (FPU)"), "CMSIS-NN");
    EXPECT_EQ(optimisedKernelsOf("Xtensa LX6"), "ESP-NN");
    EXPECT_EQ(optimisedKernelsOf("RISC-V RV32IMAFC"), "ESP-NN");
    EXPECT_EQ(optimisedKernelsOf("RISC-V RV64GC"), "");
    EXPECT_EQ(optimisedKernelsOf("Cortex-A53"), "");
}

}  // namespace
