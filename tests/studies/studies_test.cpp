// SPDX-License-Identifier: GPL-3.0-or-later
// The studies of papers: on records made here, on the boards that come with the app, and on the
// published tables where they lie beside the checkout.
#include <gtest/gtest.h>

#include "cost/device_file.h"
#include "studies/record_table.h"
#include "studies/run_study.h"
#include "support/shared_files.h"

namespace {

using namespace types;
using studies::Record;
using studies::Records;
using studies::StudyRequest;

Record model(const std::string& board, const std::string& name, double mops, double ms) {
    Record record;
    record.board = board;
    record.model = name;
    record.ops = mops * 1e6;
    record.latencyUs = ms * 1e3;
    studies::complete(record);
    return record;
}

Study studyOf(const std::string& id, const StudyRequest& request) {
    const auto study = studies::runStudy(id, request);
    EXPECT_TRUE(study) << study.error().message();
    return study.value_or(Study());
}

Study studyOfTable(const std::string& id, const std::string& table) {
    const auto records = studies::readRecords(*support::sharedDir() / "measurements" / table);
    EXPECT_TRUE(records);
    StudyRequest request;
    request.measured = *records;
    return studyOf(id, request);
}

/// The number in `column` of the row whose first two cells are given.
double cell(const Study& study, const std::string& first, const std::string& second,
            const std::string& column) {
    for (size_t c = 0; c < study.table.columns.size(); ++c)
        for (const auto& row : study.table.rows)
            if (study.table.columns[c].name == column && row[0] == StudyCell(first) &&
                row[1] == StudyCell(second))
                return std::get<double>(row[c]);
    ADD_FAILURE() << "no " << column << " of " << first << ", " << second;
    return 0;
}

bool says(const std::vector<std::string>& sentences, const std::string& words) {
    return std::ranges::any_of(
        sentences, [&](const std::string& s) { return s.find(words) != std::string::npos; });
}

DevicePtr deviceNamed(const std::string& id) {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto device = cost::readDeviceFile(directory / (id + ".json"));
    EXPECT_TRUE(device);
    return std::make_shared<const DeviceProfile>(*device);
}

TEST(LinearLatency, EachFamilyHasItsLineAndOneForAllFails) {
    StudyRequest request;
    for (double mops : {10, 20, 40}) {
        request.measured.push_back(model("b", "fast", mops, 5 + mops / 0.2));
        request.measured.back().family = "wide";
        request.measured.push_back(model("b", "slow", mops, 5 + mops / 0.05));
        request.measured.back().family = "deep";
    }
    const Study study = studyOf("linear-latency", request);
    EXPECT_NEAR(cell(study, "b", "wide", "Slope"), 200, 1e-6);
    EXPECT_NEAR(cell(study, "b", "deep", "Slope"), 50, 1e-6);
    EXPECT_NEAR(cell(study, "b", "deep", "Intercept"), 5, 1e-9);
    EXPECT_NEAR(cell(study, "b", "wide", "r2"), 1, 1e-12);
    EXPECT_LT(cell(study, "b", "all", "r2"), 0.7);
    EXPECT_EQ(study.charts.at(0).series.size(), 2u);
    EXPECT_EQ(study.charts.at(0).lines.size(), 3u);
}

TEST(LinearLatency, RandomNetworksOfOneBackboneLieOnALine) {
    StudyRequest request;
    request.devices = {deviceNamed("nucleo-f446re")};
    request.count = 12;
    const Study study = studyOf("linear-latency", request);
    const std::string board = "NUCLEO-F446RE, predicted";
    const double dsCnn = cell(study, board, "DS-CNN", "r2");
    EXPECT_GT(dsCnn, 0.95);
    EXPECT_GT(cell(study, board, "DS-CNN", "Slope"),
              1.2 * cell(study, board, "MobileNetV2", "Slope"));
    EXPECT_FALSE(study.charts.at(0).series.at(0).measured);
    EXPECT_TRUE(study.charts.at(0).series.at(0).points.at(0).band);
}

TEST(ConstantPower, AStrangerIsNamedAndLeftOut) {
    StudyRequest request;
    for (double power : {100.0, 101.0, 99.0, 100.0, 30.0}) {
        request.measured.push_back(model("b", "m" + std::to_string(int(power)), 1, 1));
        request.measured.back().powerMw = power;
    }
    const Study study = studyOf("constant-power", request);
    EXPECT_NEAR(cell(study, "b", "models", "Mean"), 100, 1e-9);
    EXPECT_NEAR(cell(study, "b", "models", "sigma/mu"), 0.7071, 1e-3);
    EXPECT_TRUE(says(study.limits, "m30"));
}

TEST(ConstantPower, ProfilesWithOnePowerHaveNothingToShow) {
    StudyRequest request;
    request.devices = {deviceNamed("nucleo-f446re")};
    EXPECT_FALSE(studies::runStudy("constant-power", request));
    request.devices = {deviceNamed("nucleo-f767zi")};
    request.count = 4;
    EXPECT_TRUE(studies::runStudy("constant-power", request));
}

TEST(KernelsCompared, PairsDifferInOneThingOnly) {
    StudyRequest request;
    const auto add = [&](const char* name, const char* kernels, const char* numbers, double ms) {
        request.measured.push_back(model("b", name, 1, ms));
        request.measured.back().setup = {{"kernels", kernels}, {"numbers", numbers}};
    };
    for (const char* name : {"m", "n"}) {
        add(name, "plain", "int8", 40);
        add(name, "fast", "int8", 10);
        add(name, "plain", "float32", 30);
        add(name, "fast", "float32", 30);
    }
    const Study study = studyOf("kernels", request);
    EXPECT_NEAR(cell(study, "b", "kernels", "Most"), 4, 1e-9);
    EXPECT_NEAR(cell(study, "b", "kernels", "Least"), 1, 1e-9);
    EXPECT_TRUE(says(study.findings, "1.0 times with float32, 4.0 times with int8"));
}

TEST(OpTypes, AreShownForTheLayersOfAModelWithoutAnyTable) {
    StudyRequest request;
    request.devices = {deviceNamed("nucleo-f767zi"), deviceNamed("nucleo-f446re")};
    const Study study = studyOf("op-types", request);
    const auto cycles = [&](const char* op) {
        return cell(study, "NUCLEO-F767ZI", op, "Cycles per MAC");
    };
    EXPECT_GT(cycles("DEPTHWISE_CONV_2D 3x3"), 3 * cycles("CONV_2D 1x1"));
    EXPECT_EQ(study.charts.size(), 3u);
    EXPECT_TRUE(says(study.sources, "nucleo-f767zi"));
}

TEST(Studies, SayWhatIsMissing) {
    for (const studies::StudyInfo& info : studies::allStudies()) {
        const auto study = studies::runStudy(info.id, {});
        ASSERT_FALSE(study) << info.id;
        EXPECT_FALSE(study.error().remedy.empty()) << info.id;
    }
    EXPECT_FALSE(studies::runStudy("no such study", {}));
}

TEST(Studies, StopWhenTheyAreAsked) {
    StudyRequest request;
    request.devices = {deviceNamed("nucleo-f446re")};
    std::stop_source source;
    int calls = 0;
    const auto watch = [&](double, const char*) {
        if (++calls == 3) source.request_stop();
    };
    const auto study = studies::runStudy("linear-latency", request, {source.get_token(), watch});
    ASSERT_FALSE(study);
    EXPECT_TRUE(study.error().isCancelled());
    EXPECT_LE(calls, 3);
}

// MicroNets' table 4; the figures are those of a straight line with an intercept.
TEST(PublishedStudies, TheSlopesOfMicroNetsAreReproduced) {
    SKIP_WITHOUT_SHARED();
    const Study study = studyOfTable("linear-latency", "micronets.csv");
    const std::string board = "STM32F746ZG";
    EXPECT_NEAR(cell(study, board, "GSC", "Slope"), 225, 0.5);
    EXPECT_NEAR(cell(study, board, "GSC", "r2"), 0.996, 0.0005);
    EXPECT_NEAR(cell(study, board, "GSC", "Mean error"), 7.4, 0.05);
    EXPECT_EQ(cell(study, board, "GSC", "Models"), 8);
    EXPECT_NEAR(cell(study, board, "VWW", "Slope"), 124, 0.5);
    EXPECT_NEAR(cell(study, board, "VWW", "r2"), 0.992, 0.0005);
    EXPECT_NEAR(cell(study, board, "VWW", "Mean error"), 9.5, 0.05);
    EXPECT_EQ(cell(study, board, "VWW", "Models"), 4);
    EXPECT_NEAR(cell(study, board, "all", "r2"), 0.83, 0.005);
    EXPECT_NEAR(cell(study, board, "all", "Mean error"), 84, 0.5);
    EXPECT_NEAR(cell(study, "STM32F446RE", "GSC", "Slope"), 79.7, 0.05);
}

TEST(PublishedStudies, ThePowersOfMicroNetsAndHeim) {
    SKIP_WITHOUT_SHARED();
    const Study micronets = studyOfTable("constant-power", "micronets.csv");
    EXPECT_NEAR(cell(micronets, "STM32F446RE", "models", "Mean"), 161, 0.5);
    EXPECT_NEAR(cell(micronets, "STM32F446RE", "models", "sigma/mu"), 3.3, 0.05);
    EXPECT_NEAR(cell(micronets, "STM32F746ZG", "models", "Mean"), 444, 0.5);
    EXPECT_NEAR(cell(micronets, "STM32F746ZG", "models", "sigma/mu"), 3.4, 0.05);
    EXPECT_EQ(cell(micronets, "STM32F746ZG", "models", "Count"), 15);
    EXPECT_TRUE(says(micronets.limits, "MBNETV2-S"));
    const Study heim = studyOfTable("constant-power", "heim_models_energy.csv");
    EXPECT_NEAR(cell(heim, "NUCLEO-F767ZI", "models", "sigma/mu"), 9.75, 0.05);
}

TEST(PublishedStudies, KernelsOfHeimInteract) {
    SKIP_WITHOUT_SHARED();
    const Study study = studyOfTable("kernels", "heim_models_latency.csv");
    EXPECT_TRUE(says(study.findings, "reference takes"));
    // Without CMSIS-NN int8 is slower than float on the Cortex-M4 boards.
    EXPECT_TRUE(says(study.limits, "float32 takes 0.88 times as long as int8"));
    const Study operators = studyOfTable("kernels", "heim_op_type_summary.csv");
    EXPECT_TRUE(says(operators.limits, "ADD, int8 on NUCLEO-L496ZG"));
}

TEST(PublishedStudies, OperationsDifferOnTheBoardsOfHeim) {
    SKIP_WITHOUT_SHARED();
    const Study study = studyOfTable("op-types", "heim_op_type_summary.csv");
    const std::string board = "NUCLEO-L496ZG, cmsis-nn, int8";
    EXPECT_GT(cell(study, board, "ADD", "Cycles per output"), 200);
    EXPECT_NEAR(cell(study, board, "CONV_2D 3x3", "Energy per MAC"), 2.08, 0.1);
}

}  // namespace
