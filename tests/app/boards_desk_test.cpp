// SPDX-License-Identifier: GPL-3.0-or-later
// The desk behind the page Boards: every board is matched with the shown model, and what is kept
// for other things stands in every budget.
#include "app/boards_desk.h"

#include <gtest/gtest.h>

#include <QTest>

#include "cost/device_file.h"
#include "fake_engine.h"
#include "support/deep_network.h"
#include "views/models/reserved_line.h"
#include "views/widgets/data_table.h"

namespace {

types::DevicePtr boardOf(const std::string& id, int64_t sramBytes) {
    static const auto profile = cost::readDeviceFile(std::string(NETCALIPER_SOURCE_DIR) +
                                                     "/resources/devices/nucleo-f446re.json");
    EXPECT_TRUE(profile);
    auto board = std::make_shared<types::DeviceProfile>(*profile);
    board->id = id;
    board->name = "BOARD " + id;
    board->regions.clear();
    board->sramBytes = sramBytes;
    return board;
}

/// Evaluations of a network that can be planned.
app::EngineVerbs plannable(fake::FakeEngine& engine) {
    app::EngineVerbs verbs = engine.verbs();
    verbs.evaluate = [evaluate = verbs.evaluate](
                         const types::GraphPtr& graph, const app::Knobs& knobs,
                         const types::Work& work) -> types::Result<types::EvaluationPtr> {
        static const types::GraphPtr network = support::deepNetwork(6);
        const auto evaluation = evaluate(graph, knobs, work);
        if (!evaluation) return evaluation;
        auto changed = std::make_shared<types::Evaluation>(**evaluation);
        changed->graph = network;
        return types::EvaluationPtr(changed);
    };
    return verbs;
}

struct BoardsDeskTest : testing::Test {
    fake::FakeEngine engine;
    app::Explorer explorer{{boardOf("small", 1024), boardOf("large", 1 << 20)}, plannable(engine)};
    views::BoardsPage page{explorer.feed()};
    app::BoardsDesk desk{explorer, page};

    void SetUp() override {
        explorer.openModel("model.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
        page.show();
        ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 2; }));
    }
    int rows() { return page.table().proxy().rowCount(); }
    QString cell(const QString& board, views::BoardsModel::Column column) {
        for (int row = 0; row < rows(); ++row)
            if (page.table().proxy().index(row, 0).data().toString() == board)
                return page.table().proxy().index(row, column).data().toString();
        return {};
    }
};

TEST_F(BoardsDeskTest, SaysWhichBoardsFit) {
    EXPECT_EQ(cell("BOARD large", views::BoardsModel::Fits), "fits");
    EXPECT_EQ(cell("BOARD small", views::BoardsModel::Fits), "SRAM too small");
    EXPECT_TRUE(cell("BOARD small", views::BoardsModel::SramSpare).startsWith(views::kMinus));
}

TEST_F(BoardsDeskTest, WhatIsKeptOnAnotherBoardIsThere) {
    const auto other = explorer.devices()[1];
    ASSERT_NE(explorer.knobs().device, other);
    emit page.keptEdited(other, false, {views::kOtherReserved, 1 << 20, "test"});
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return cell("BOARD large", views::BoardsModel::Fits) == "SRAM too small"; }));
    EXPECT_EQ(cell("BOARD large", views::BoardsModel::SramKept), "1,048,576");
    EXPECT_EQ(explorer.devices()[1]->reservedSram.back().bytes, 1 << 20)
        << "chosen later, it is kept, too";
}

TEST_F(BoardsDeskTest, WhatIsKeptOnTheChosenBoardIsAnUndoStep) {
    emit page.boardChosen(explorer.devices()[1]);
    ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
    const int steps = explorer.undoStack().count();
    emit page.keptEdited(explorer.knobs().device, false, {views::kOtherReserved, 4096, "test"});
    EXPECT_EQ(explorer.undoStack().count(), steps + 1);
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return cell("BOARD large", views::BoardsModel::SramKept) == "4,096"; }));
}

TEST_F(BoardsDeskTest, LaterProfilesAreTheUsersOwn) {
    explorer.addDevice(boardOf("mine", 1 << 20));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 3; }));
    EXPECT_EQ(cell("BOARD mine", views::BoardsModel::Kind), "own");
}

}  // namespace
