// SPDX-License-Identifier: GPL-3.0-or-later
// The controller behind the page Matrix: what the window measures becomes sessions of the project,
// and the project's sessions become the matrix.
#include "app/matrix_desk.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "../views/sample_evaluation.h"
#include "app/main_window.h"
#include "app/study_desk.h"
#include "cost/device_file.h"
#include "matrix/matrix_sessions.h"
#include "views/widgets/pages/sessions_page.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;

DevicePtr board() {
    const auto directory = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    return std::make_shared<const DeviceProfile>(
        cost::readDeviceFile(directory / "nucleo-f446re.json").value());
}

app::EngineVerbs autoencoderEngine() {
    app::EngineVerbs verbs;
    verbs.read = [](const QString&) { return zoo::anomalyAutoencoder(zoo::Precision::Int8); };
    verbs.evaluate = [](const GraphPtr& graph, const app::Knobs& knobs, const Work&) {
        auto evaluation = sample::evaluation(knobs.variation.width, knobs.device);
        evaluation->graph = graph;
        return Result<EvaluationPtr>(evaluation);
    };
    return verbs;
}

Session cellOfMatrix(const std::string& kernels, double count) {
    Session session;
    session.format = "qemu-cortex-m4";
    session.conditions.core = "Cortex-M4";
    Measurement whole;
    whole.key = kWhole;
    whole.quantity = Quantity::Instructions;
    whole.samples = {count};
    session.measurements = {whole};
    matrix::putInto({"kws", "kws.tflite", {"qemu-cortex-m4", kernels, "-O2", "int8"}}, session);
    return session;
}

struct MatrixDeskTest : testing::Test {
    app::Explorer explorer{{board()}, autoencoderEngine()};

    void open() {
        explorer.openModel("ad.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }, 10000));
    }
};

TEST_F(MatrixDeskTest, PredictsBoardsWithoutAnEmulator) {
    app::MatrixDesk desk(explorer);
    open();
    CostMatrix shown;
    QObject::connect(&desk, &app::MatrixDesk::changed,
                     [&](const CostMatrix& matrix) { shown = matrix; });
    views::MatrixChoice choice = app::firstCells();
    choice.along[0].clear();
    choice.along[3] = QStringList{"float32", "int8"};
    choice.predictsBoards = true;
    desk.measure(choice);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !desk.job().isRunning(); }, 20000));
    EXPECT_EQ(shown.cells.size(), 2u);
    EXPECT_GE(shown.count(CellState::Predicted), 1u);
    // Predictions stay when a session arrives.
    explorer.sessionBook().put(cellOfMatrix("packed", 5));
    EXPECT_FALSE(shown.cells.empty());
}

TEST_F(MatrixDeskTest, TheWindowShowsTheMatrixOfTheProjectsSessions) {
    app::MainWindow window(explorer);
    open();
    explorer.sessionBook().put(cellOfMatrix("plain", 20));
    explorer.sessionBook().put(cellOfMatrix("packed", 5));
    auto& page = window.page<views::MatrixPage>();
    ASSERT_EQ(page.model().matrix().cells.size(), 2u);
    EXPECT_EQ(page.model().matrix().name, "kws");
    emit page.sessionRequested("kws/qemu-cortex-m4/packed/-O2/int8");
    EXPECT_EQ(explorer.page(), "sessions");
}

TEST_F(MatrixDeskTest, TheStudyReadsWholeMatrices) {
    open();
    explorer.sessionBook().put(cellOfMatrix("plain", 20));
    explorer.sessionBook().put(cellOfMatrix("packed", 5));
    app::StudyDesk desk(explorer);
    Study found;
    QObject::connect(&desk, &app::StudyDesk::studied, [&](const Study& study) { found = study; });
    views::StudyChoice choice;
    choice.id = "kernels-compared";
    choice.source = views::StudyChoice::Source::Sessions;
    desk.study(choice);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !desk.job().isRunning(); }, 20000));
    ASSERT_FALSE(found.findings.empty());
    EXPECT_NE(found.findings[0].find("0.25 times"), std::string::npos) << found.findings[0];
}

}  // namespace
