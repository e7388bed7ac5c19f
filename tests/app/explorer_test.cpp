// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer with a stand-in engine, whose evaluations finish when the test says so: what is shown,
// kept, dropped and undone does not depend on timing.
#include "app/explorer.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "fake_engine.h"

namespace {

using app::Explorer;
using types::Variation;

struct ExplorerTest : testing::Test {
    fake::FakeEngine engine;
    Explorer explorer{{sample::device("a"), sample::device("b")}, engine.verbs()};

    void open() {
        explorer.openModel("good.tflite");
        waitUntilDone();
    }
    bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 10000); }
    void waitUntilDone() {
        ASSERT_TRUE(wait([this] { return explorer.isUpToDate() && !explorer.isBusy(); }));
    }
    void editTo(double width) {
        Variation variation = explorer.knobs().variation;
        variation.width = width;
        explorer.editVariation(variation);
    }
};

TEST_F(ExplorerTest, OpensAndShowsTheOriginal) {
    QSignalSpy opened(&explorer, &Explorer::modelOpened);
    open();
    EXPECT_EQ(opened.count(), 1);
    EXPECT_TRUE(explorer.shown()->variation.isIdentity());
    EXPECT_EQ(explorer.tried().size(), 1u);
}

TEST_F(ExplorerTest, ABadFileLeavesEverythingAsItWas) {
    open();
    editTo(0.5);
    explorer.finishEdit();
    waitUntilDone();
    const auto shown = explorer.shown();
    QSignalSpy failures(&explorer, &Explorer::failed);
    explorer.openModel("bad.tflite");
    ASSERT_TRUE(wait([&] { return failures.count() == 1; }));
    EXPECT_EQ(failures[0][0].toString(), "not a model: bad.tflite");
    EXPECT_EQ(explorer.shown(), shown);
    EXPECT_EQ(explorer.path(), "good.tflite");
    EXPECT_EQ(explorer.tried().size(), 2u);
    EXPECT_TRUE(explorer.undoStack().canUndo());
}

TEST_F(ExplorerTest, MakingItFitIsOneUndoStep) {
    open();
    QSignalSpy found(&explorer, &Explorer::fitFound);
    explorer.makeItFit();
    ASSERT_TRUE(wait([&] { return found.count() == 1; }));
    waitUntilDone();
    EXPECT_DOUBLE_EQ(explorer.shown()->variation.width, 0.5);
    EXPECT_EQ(explorer.tried().size(), 2u);
    EXPECT_EQ(explorer.undoStack().count(), 1);
    explorer.undoStack().undo();
    EXPECT_TRUE(explorer.knobs().variation.isIdentity());
}

TEST_F(ExplorerTest, SaysWhatIsMissingWhereNothingFits) {
    open();
    explorer.chooseDevice(explorer.devices()[1]);
    waitUntilDone();
    QSignalSpy failures(&explorer, &Explorer::failed);
    explorer.makeItFit();
    ASSERT_TRUE(wait([&] { return failures.count() == 1; }));
    EXPECT_TRUE(failures[0][0].toString().contains("p50% still needs 30 bytes"));
    EXPECT_TRUE(explorer.knobs().variation.isIdentity());
}

TEST_F(ExplorerTest, AReservedLineIsOneUndoStep) {
    open();
    explorer.reserveMemory(cost::BoardMemory::Sram, {"stack", 4096, "set by you"});
    waitUntilDone();
    ASSERT_EQ(explorer.knobs().device->reservedSram.size(), 1u);
    EXPECT_EQ(explorer.knobs().device->id, "a");
    EXPECT_TRUE(explorer.devices()[0]->reservedSram.empty());
    explorer.undoStack().undo();
    EXPECT_TRUE(explorer.knobs().device->reservedSram.empty());
}

TEST_F(ExplorerTest, ADragIsOneUndoStep) {
    open();
    for (double width : {0.9, 0.8, 0.75})
        editTo(width);
    explorer.finishEdit();
    EXPECT_EQ(explorer.undoStack().count(), 1);
    EXPECT_EQ(explorer.undoStack().undoText(), "width 0.75");
    editTo(0.5);
    explorer.finishEdit();
    EXPECT_EQ(explorer.undoStack().count(), 2);
    explorer.undoStack().undo();
    EXPECT_DOUBLE_EQ(explorer.knobs().variation.width, 0.75);
    explorer.undoStack().undo();
    EXPECT_TRUE(explorer.knobs().variation.isIdentity());
    explorer.undoStack().redo();
    EXPECT_DOUBLE_EQ(explorer.knobs().variation.width, 0.75);
}

TEST_F(ExplorerTest, ADragBackToItsStartLeavesNoUndoStep) {
    open();
    editTo(0.9);
    editTo(1.0);
    explorer.finishEdit();
    EXPECT_EQ(explorer.undoStack().count(), 0);
}

TEST_F(ExplorerTest, OnlyTheValueSettledOnIsKept) {
    open();
    for (double width : {0.9, 0.8, 0.7})
        editTo(width);
    explorer.finishEdit();
    waitUntilDone();
    ASSERT_EQ(explorer.tried().size(), 2u);
    EXPECT_DOUBLE_EQ(explorer.tried()[1].variation.width, 0.7);
    EXPECT_TRUE(explorer.tried()[1].evaluation);
}

TEST_F(ExplorerTest, TheNewestOfManyEditsIsEvaluated) {
    open();
    const size_t before = engine.seen();
    for (int i = 99; i >= 50; --i)
        editTo(i / 100.0);
    explorer.finishEdit();
    waitUntilDone();
    EXPECT_EQ(engine.seen() - before, 1u);
    EXPECT_DOUBLE_EQ(explorer.shown()->variation.width, 0.5);
}

TEST_F(ExplorerTest, ResultsForAnotherBoardAreDropped) {
    open();
    engine.setOpen(false);
    const size_t before = engine.seen();
    editTo(0.5);
    ASSERT_TRUE(wait([&] { return engine.seen() > before; }));
    explorer.chooseDevice(explorer.devices()[1]);
    engine.setOpen(true);
    waitUntilDone();
    ASSERT_TRUE(wait([&] { return !explorer.tried()[0].outdated; }));
    EXPECT_EQ(explorer.shown()->device->id, "b");
    for (const auto& entry : explorer.tried())
        EXPECT_EQ(entry.evaluation->device->id, "b");
}

TEST_F(ExplorerTest, DataReevaluatesWhatWasTriedAndIsUndone) {
    open();
    explorer.openData("samples.npz");
    ASSERT_TRUE(wait([this] { return explorer.knobs().data != nullptr; }));
    waitUntilDone();
    EXPECT_EQ(explorer.shown()->datasetPath, "samples.npz");
    explorer.undoStack().undo();
    waitUntilDone();
    EXPECT_EQ(explorer.shown()->datasetPath, "");
    EXPECT_EQ(explorer.knobs().data, nullptr);
}

TEST_F(ExplorerTest, ADutyCycleStaysThroughEditsAndIsUndone) {
    open();
    const size_t before = engine.seen();
    explorer.setDuty({1000, 0.1, 675});
    EXPECT_TRUE(explorer.isUpToDate());
    EXPECT_EQ(engine.seen(), before);
    editTo(0.5);
    explorer.finishEdit();
    explorer.chooseDevice(explorer.devices()[1]);
    waitUntilDone();
    EXPECT_EQ(explorer.knobs().duty, (types::DutyCycle{1000, 0.1, 675}));
    for (int step = 0; step < 3; ++step)
        explorer.undoStack().undo();
    EXPECT_EQ(explorer.knobs().duty, types::DutyCycle{});
}

TEST_F(ExplorerTest, DataThatDoesNotFitChangesNothing) {
    open();
    for (const char* path : {"bad", "unfit"}) {
        QSignalSpy failures(&explorer, &Explorer::failed);
        explorer.openData(path);
        ASSERT_TRUE(wait([&] { return failures.count() == 1; })) << path;
        EXPECT_EQ(explorer.knobs().data, nullptr);
        EXPECT_TRUE(explorer.isUpToDate());
    }
}

TEST_F(ExplorerTest, PickedLayersStayWhatTheyAre) {
    open();
    explorer.selection().setLayers({0, 2}, 2);
    editTo(0.5);
    waitUntilDone();
    EXPECT_EQ(explorer.selection().layers(), (std::vector{0, 2}));
    EXPECT_EQ(explorer.selection().layer(), 2);
}

TEST_F(ExplorerTest, AnotherBoardReevaluatesWhatWasTried) {
    open();
    editTo(0.5);
    explorer.finishEdit();
    waitUntilDone();
    explorer.chooseDevice(explorer.devices()[1]);
    EXPECT_TRUE(explorer.tried()[0].outdated);
    ASSERT_TRUE(wait([&] {
        return !explorer.isBusy() && !explorer.tried()[0].outdated && !explorer.tried()[1].outdated;
    }));
    EXPECT_EQ(explorer.undoStack().undoText(), "board BOARD b");
    explorer.undoStack().undo();
    waitUntilDone();
    EXPECT_EQ(explorer.shown()->device->id, "a");
}

TEST_F(ExplorerTest, AVariationComesBackWithoutBeingEvaluatedAgain) {
    open();
    editTo(0.5);
    explorer.finishEdit();
    waitUntilDone();
    const size_t before = engine.seen();
    explorer.chooseVariation({});
    EXPECT_TRUE(explorer.isUpToDate());
    EXPECT_TRUE(explorer.shown()->variation.isIdentity());
    QTest::qWait(60);
    EXPECT_EQ(engine.seen(), before);
}

TEST_F(ExplorerTest, CancelReturnsToWhatIsShown) {
    open();
    engine.setOpen(false);
    const size_t before = engine.seen();
    editTo(0.5);
    explorer.finishEdit();
    ASSERT_TRUE(wait([&] { return engine.seen() > before; }));
    explorer.cancel();
    EXPECT_FALSE(explorer.isBusy());
    EXPECT_TRUE(explorer.isUpToDate());
    EXPECT_TRUE(explorer.knobs().variation.isIdentity());
    EXPECT_EQ(explorer.tried().size(), 1u);
}

// Pruned, recovered, and no longer pruned: the remaining knobs change nothing.
TEST_F(ExplorerTest, KnobsThatActOnNothingMakeNoSecondOriginal) {
    open();
    Variation variation;
    variation.prune.channels = 0.25;
    explorer.editVariation(variation);
    explorer.finishEdit();
    variation.prune.recover = true;
    explorer.editVariation(variation);
    explorer.finishEdit();
    waitUntilDone();
    const size_t before = engine.seen();
    variation.prune.channels = 0;
    explorer.editVariation(variation);
    explorer.finishEdit();
    EXPECT_TRUE(explorer.isUpToDate());
    EXPECT_TRUE(explorer.shown()->variation.isIdentity());
    EXPECT_EQ(explorer.tried().size(), 3u);
    EXPECT_EQ(engine.seen(), before);
    // The check box keeps its state for the next pruning.
    EXPECT_TRUE(explorer.knobs().variation.prune.recover);
    explorer.undoStack().undo();
    EXPECT_DOUBLE_EQ(explorer.knobs().variation.prune.channels, 0.25);
}

TEST_F(ExplorerTest, RoundingAloneMakesNoSecondOriginal) {
    open();
    Variation variation;
    variation.channelMultiple = 8;
    explorer.editVariation(variation);
    explorer.finishEdit();
    EXPECT_TRUE(explorer.isUpToDate());
    EXPECT_EQ(explorer.tried().size(), 1u);
    EXPECT_EQ(explorer.knobs().variation.channelMultiple, 8);
    explorer.chooseVariation({});
    EXPECT_EQ(explorer.knobs().variation.channelMultiple, 8) << "the original is chosen already";
}

TEST_F(ExplorerTest, AProjectsSecondOriginalIsLeftOut) {
    explorer.openProject("a.netcaliper");
    waitUntilDone();
    ASSERT_TRUE(wait([this] { return explorer.tried().back().evaluation != nullptr; }));
    ASSERT_EQ(explorer.tried().size(), 2u);
    EXPECT_EQ(explorer.tried()[1].variation, sample::narrowed(0.5));
}

TEST_F(ExplorerTest, SaysWhyAVariationFailsAndGoesOn) {
    open();
    QSignalSpy failures(&explorer, &Explorer::failed);
    editTo(0.1);
    explorer.finishEdit();
    ASSERT_TRUE(wait([&] { return failures.count() == 1; }));
    EXPECT_EQ(failures[0][0].toString(), "too narrow");
    EXPECT_EQ(explorer.tried().size(), 1u);
    editTo(0.5);
    explorer.finishEdit();
    waitUntilDone();
    EXPECT_EQ(failures.count(), 1);
}

TEST_F(ExplorerTest, SaysWhenWhatIsShownIsOlderThanTheKnobs) {
    open();
    engine.setOpen(false);
    QSignalSpy outdated(&explorer.feed(), &views::EvaluationFeed::outdatedChanged);
    editTo(0.5);
    ASSERT_TRUE(wait([&] { return outdated.count() > 0; }));
    EXPECT_TRUE(outdated.last()[0].toBool());
    engine.setOpen(true);
    waitUntilDone();
    EXPECT_FALSE(outdated.last()[0].toBool());
}

views::MarksEdit markOf(const Variation& variation, const QString& name, bool isDeleted) {
    views::Marks marks;
    marks.name = name;
    marks.isDeleted = isDeleted;
    return {{variation, marks}};
}

TEST_F(ExplorerTest, NamesAndDeletionsAreUndoSteps) {
    open();
    for (double width : {0.5, 0.25}) {
        editTo(width);
        explorer.finishEdit();
        waitUntilDone();
    }
    views::PointStore& points = explorer.feed().points();
    explorer.editMarks(markOf(sample::narrowed(0.5), "ship this", false), "rename");
    EXPECT_EQ(explorer.tried()[1].name(), "ship this");
    EXPECT_EQ(points.name(points.rowOf(sample::narrowed(0.5))), "ship this");
    explorer.editMarks(markOf(sample::narrowed(0.25), "", true), "delete w0.25");
    EXPECT_TRUE(explorer.wanted().isIdentity()) << "the shown one was deleted";
    const auto listed = [this] {
        return views::listedVariations(explorer.tried(), explorer.wanted()).size();
    };
    EXPECT_EQ(listed(), 2u);
    EXPECT_EQ(explorer.undoStack().undoText(), "delete w0.25");
    explorer.undoStack().undo();
    EXPECT_EQ(listed(), 3u);
    EXPECT_DOUBLE_EQ(explorer.wanted().width, 0.25) << "in one step";
    explorer.undoStack().undo();
    EXPECT_EQ(explorer.tried()[1].name(), "w0.5");
    explorer.undoStack().redo();
    EXPECT_EQ(explorer.tried()[1].name(), "ship this");
}

TEST_F(ExplorerTest, PointsBelongToTheirBoard) {
    open();
    editTo(0.5);
    explorer.finishEdit();
    waitUntilDone();
    views::PointStore& points = explorer.feed().points();
    const int half = points.rowOf(sample::narrowed(0.5));
    ASSERT_GE(half, 0);
    EXPECT_FALSE(points.isOutdated(half));
    engine.setOpen(false);
    explorer.chooseDevice(explorer.devices()[1]);
    EXPECT_TRUE(points.isOutdated(half));
    engine.setOpen(true);
    ASSERT_TRUE(wait([&] { return !points.isOutdated(half); }));
    explorer.openModel("good.tflite");
    ASSERT_TRUE(wait([&] { return points.count() == 1; })) << "another model has none of these";
}

}  // namespace
