// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix without an emulator: models of each precision, predictions, failures and what is kept.
#include "matrix/run_matrix.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <stop_token>

#include "cost/device_file.h"
#include "matrix/matrix_sessions.h"
#include "runners/firmware_build.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

GraphPtr autoencoder() {
    static const GraphPtr graph = zoo::anomalyAutoencoder(zoo::Precision::Int8).value();
    return graph;
}

DevicePtr board() {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    return std::make_shared<const DeviceProfile>(
        cost::readDeviceFile(directory / "nucleo-f446re.json").value());
}

/// Keeps sessions in memory.
struct Kept {
    std::vector<SessionPtr> sessions;

    matrix::MatrixKeeping keeping() {
        matrix::MatrixKeeping keeping;
        keeping.read = [this](const auto& wanted) -> Result<std::vector<SessionPtr>> {
            std::vector<SessionPtr> found;
            for (const SessionPtr& session : sessions)
                if (wanted(session->conditions)) found.push_back(session);
            return found;
        };
        keeping.keep = [this](const Session& session, const runners::RunRequest&) -> Result<void> {
            sessions.push_back(std::make_shared<const Session>(session));
            return {};
        };
        return keeping;
    }
};

TEST(ModelVariants, AModelKeepsItsFileInItsOwnPrecision) {
    EXPECT_EQ(matrix::storedPrecision(*autoencoder()), Precision::Int8);
    const auto variants = matrix::makeVariants(
        autoencoder(), {Precision::Int8, Precision::Float32, Precision::Int16x8}, {}, {});
    ASSERT_TRUE(variants);
    EXPECT_EQ((*variants)[0].graph, autoencoder());
    EXPECT_EQ((*variants)[1].graph->name, autoencoder()->name + "-float32");
    for (const auto& variant : *variants) {
        EXPECT_EQ(variant.sha256.size(), 64u);
        EXPECT_EQ(matrix::storedPrecision(*variant.graph), variant.precision);
    }
}

TEST(RunMatrix, PredictsBoardsInEachPrecision) {
    matrix::MatrixRequest request;
    request.model = autoencoder();
    request.devices = {board()};
    request.precisions = {Precision::Float32, Precision::Int8};
    Kept kept;
    const auto run = matrix::runMatrix(request, kept.keeping());
    ASSERT_TRUE(run) << run.error().message();
    ASSERT_EQ(run->matrix.cells.size(), 2u);
    const MatrixCell& int8 = run->matrix.cells[1];
    EXPECT_EQ(int8.state, CellState::Predicted);
    EXPECT_EQ(int8.quantity, Quantity::LatencyUs);
    EXPECT_LT(int8.band->low, *int8.value);
    EXPECT_EQ(int8.at(MatrixAxis::Flags), "");
    EXPECT_TRUE(kept.sessions.empty());
}

TEST(RunMatrix, AKeptCellIsTakenAndATargetThatFailsSaysWhy) {
    matrix::MatrixRequest request;
    request.model = autoencoder();
    request.name = "m";
    request.targets = {"qemu-none"};
    request.kernels = {lowering::Kernels::Fast};
    request.flags = {"-O2", "-O3"};
    request.precisions = {Precision::Int8};
    const auto variants = matrix::makeVariants(autoencoder(), {Precision::Int8}, {}, {});
    Session session;
    session.format = "qemu-none";
    session.conditions.modelHash = (*variants)[0].sha256;
    session.conditions.flags = "-O2";
    session.conditions.runtimeVersion = runners::programVersion();
    Measurement whole;
    whole.key = kWhole;
    whole.quantity = Quantity::Instructions;
    whole.samples = {42};
    session.measurements = {whole};
    matrix::putInto({"m", "a.tflite", {"qemu-none", "packed", "-O2", "int8"}}, session);
    Kept kept{{std::make_shared<const Session>(session)}};
    const auto run = matrix::runMatrix(request, kept.keeping());
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_EQ(run->measured, 0u);
    EXPECT_EQ(run->matrix.cells[0].value, 42);
    EXPECT_EQ(run->matrix.cells[1].state, CellState::Failed);
    EXPECT_NE(run->matrix.cells[1].reason.find("unknown target"), std::string::npos);
    // Another version measures anew.
    session.conditions.runtimeVersion = "0.0.1";
    kept.sessions = {std::make_shared<const Session>(session)};
    const auto other = matrix::runMatrix(request, kept.keeping());
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().what.find("unknown target"), std::string::npos);
}

TEST(RunMatrix, AStoppedOneLeavesOpenCells) {
    matrix::MatrixRequest request;
    request.model = autoencoder();
    request.targets = {"qemu-none"};
    request.flags = {"-O2"};
    request.precisions = {Precision::Int8};
    std::stop_source stop;
    Kept kept;
    matrix::MatrixKeeping keeping = kept.keeping();
    keeping.onCell = [&](const CostMatrix&) { stop.request_stop(); };
    const auto run = matrix::runMatrix(request, keeping, {stop.get_token()});
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->wasStopped);
    EXPECT_EQ(run->matrix.count(CellState::Open), run->matrix.cells.size());
}

TEST(RunMatrix, RefusesWhatMeansNothing) {
    Kept kept;
    matrix::MatrixRequest request;
    request.model = autoencoder();
    EXPECT_FALSE(matrix::runMatrix(request, kept.keeping()));
    EXPECT_FALSE(matrix::emulatedTarget("z80"));
    EXPECT_EQ(matrix::emulatedTarget("m4").value(), "qemu-cortex-m4");
    EXPECT_EQ(matrix::emulatedTarget("cortex-m55").value(), "qemu-cortex-m55");
}

TEST(FirmwareBuild, LevelsAreReadWithAndWithoutTheDash) {
    EXPECT_EQ(runners::firmwareLevel("O3").value(), "-O3");
    EXPECT_EQ(runners::firmwareLevel("-Os").value(), "-Os");
    EXPECT_FALSE(runners::firmwareLevel("O9"));
    EXPECT_FALSE(runners::firmwareLevel("-O2 -fno-such"));
}

}  // namespace
