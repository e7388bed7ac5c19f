// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps in the window, with the real engine on a small model: counted before they run, points as
// they come, paused, and taken up again by another process.
#include "app/sweep_desk.h"

#include <gtest/gtest.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "../views/sample_evaluation.h"
#include "app/swept_points.h"
#include "views/widgets/sweep_bar.h"
#include "zoo/reference_models.h"

namespace {

using app::SweepProgress;
using views::SweepChoice;

app::EngineVerbs sweptEngine() {
    app::EngineVerbs verbs = app::realEngine();
    verbs.read = [](const QString&) -> types::Result<types::GraphPtr> {
        return zoo::keywordDsCnn(zoo::Precision::Int8).value();
    };
    verbs.dataBeside = nullptr;
    return verbs;
}

SweepChoice widths(int steps) {
    SweepChoice choice;
    choice.knobs = {{"width", 0.4, 1.0, steps, {}}};
    return choice;
}

struct SweepDeskTest : testing::Test {
    QTemporaryDir directory;
    app::Explorer explorer{{nullptr}, sweptEngine()};
    app::SweepDesk desk{explorer, directory.path().toStdString()};
    SweepProgress last;
    QStringList problems;

    SweepDeskTest() {
        QObject::connect(&desk, &app::SweepDesk::progressed,
                         [this](const SweepProgress& progress) { last = progress; });
        QObject::connect(&desk, &app::SweepDesk::failed,
                         [this](const QString& message) { problems << message; });
    }
    bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 60000); }
    void open() {
        explorer.openModel("kws.tflite");
        ASSERT_TRUE(wait([this] { return explorer.isUpToDate() && !explorer.isBusy(); }));
    }
    views::PointStore& points() { return explorer.feed().points(); }
};

TEST(SweepChoiceTest, ItsDocumentHoldsRangesWordsAndSwitches) {
    SweepChoice choice = widths(8);
    choice.knobs.push_back({"quantize.precision", 0, 0, 1, {"as-stored", "int8"}});
    choice.knobs.push_back({"quantize.equalize", 0, 0, 1, {"off", "on"}});
    choice.knobs.push_back({"prune.channels", 0.25, 0.25, 1, {}});
    const QString text = views::spaceText(choice);
    EXPECT_EQ(text,
              "{\"draw\":\"grid\",\"prune\":{\"channels\":{\"values\":[0.25]}},"
              "\"quantize\":{\"equalize\":{\"values\":[false,true]},"
              "\"precision\":{\"values\":[\"as-stored\",\"int8\"]}},"
              "\"width\":{\"from\":0.4,\"steps\":8,\"to\":1}}");
    const auto back = views::choiceOf(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(views::spaceText(*back), text);
    EXPECT_FALSE(views::choiceOf("{\"width\": {\"values\": [0.1, 0.2]}}")) << "more than a range";
    EXPECT_FALSE(views::choiceOf("no JSON"));
}

TEST(SweepChoiceTest, EveryKnobOfTheTableMakesASpace) {
    const auto graph = zoo::keywordDsCnn(zoo::Precision::Int8).value();
    for (const views::SweepableKnob& knob : views::sweepableKnobs()) {
        SweepChoice choice;
        choice.knobs = {{knob.path, knob.low, knob.low, 1, knob.words.mid(0, 1)}};
        const auto space =
            search::Space::parse(views::spaceText(choice).toStdString(), "the sweep", graph);
        EXPECT_TRUE(space) << knob.path.toStdString() << ": "
                           << (space ? "" : space.error().message());
    }
}

TEST_F(SweepDeskTest, CountsDistinctNetworksBeforeItRuns) {
    open();
    QSignalSpy planned(&desk, &app::SweepDesk::planned);
    desk.plan(widths(60));
    ASSERT_TRUE(wait([&] { return planned.count() == 2; }));
    const QString counts = planned[0][0].toString(), whole = planned[1][0].toString();
    EXPECT_TRUE(counts.startsWith("60 variations, ")) << counts.toStdString();
    EXPECT_LT(counts.section(' ', 2, 2).toInt(), 60) << "widths are rounded to channels";
    EXPECT_TRUE(whole.startsWith(counts + ", ")) << whole.toStdString();
    EXPECT_TRUE(planned[1][1].toBool());
    SweepChoice wrong;
    wrong.knobs = {{"quantize.precision", 0, 0, 1, {}}};
    desk.plan(wrong);
    ASSERT_TRUE(wait([&] { return planned.count() == 3; }));
    EXPECT_FALSE(planned[2][1].toBool()) << planned[2][0].toString().toStdString();
}

TEST_F(SweepDeskTest, PointsArriveAndEqualWhatTheWindowEvaluates) {
    open();
    desk.start(widths(4));
    ASSERT_TRUE(wait([this] { return !desk.isRunning(); }));
    EXPECT_TRUE(problems.isEmpty()) << problems.join("\n").toStdString();
    EXPECT_FALSE(last.isPaused);
    EXPECT_DOUBLE_EQ(last.share, 1);
    ASSERT_GE(points().count(), 3);
    // The same variation, evaluated in the window: one point, the same figures.
    const types::Variation swept = points().variations(points().count() - 1).front();
    const int row = points().rowOf(swept);
    std::vector<double> before;
    for (int column = 0; column < views::PointStore::figureColumns(); ++column)
        before.push_back(points().value(column, row));
    explorer.chooseVariation(swept);
    ASSERT_TRUE(wait([this] { return explorer.isUpToDate() && !explorer.isBusy(); }));
    EXPECT_EQ(points().rowOf(swept), row);
    for (int column = 0; column < views::PointStore::figureColumns(); ++column) {
        const double now = points().value(column, row), then = before[size_t(column)];
        EXPECT_TRUE(now == then || (std::isnan(now) && std::isnan(then)))
            << points().column(column).name.toStdString() << ": " << then << ", now " << now;
    }
}

TEST_F(SweepDeskTest, APausedSweepIsFoundAndFinishedByAnotherProcess) {
    open();
    SweepChoice many = widths(30);
    many.knobs.push_back({"prune.weights", 0, 0.8, 30, {}});
    desk.start(many);
    ASSERT_TRUE(wait([this] { return points().count() > 5 || !desk.isRunning(); }));
    desk.pause();
    ASSERT_TRUE(wait([this] { return !desk.isRunning(); }));
    ASSERT_TRUE(last.isPaused) << "the sweep was too quick for this test";
    const int done = points().count();

    app::Explorer other{{nullptr}, sweptEngine()};
    app::SweepDesk next(other, directory.path().toStdString());
    std::optional<SweepChoice> found;
    QObject::connect(&next, &app::SweepDesk::found,
                     [&](const SweepChoice& choice, const SweepProgress&) { found = choice; });
    other.openModel("kws.tflite");
    ASSERT_TRUE(wait([&] { return found.has_value(); }));
    EXPECT_GE(other.feed().points().count(), done) << "its points are there again";
    EXPECT_EQ(views::spaceText(*found), views::spaceText(many));
    next.start(*found);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !next.isRunning(); }, 240000));
    EXPECT_GT(other.feed().points().count(), done);
}

TEST_F(SweepDeskTest, AFolderThatCannotBeWrittenSaysSo) {
    open();
    app::SweepDesk stuck(explorer, "/proc/no/such/folder");
    QSignalSpy failures(&stuck, &app::SweepDesk::failed);
    stuck.start(widths(2));
    ASSERT_TRUE(wait([&] { return failures.count() == 1; }));
    EXPECT_TRUE(failures[0][0].toString().startsWith("cannot make the folder"));
}

TEST(SweepBarTest, FollowsTheSweep) {
    views::SweepBar bar;
    bar.show();
    int asked = 0, started = 0, paused = 0;
    QObject::connect(&bar, &views::SweepBar::choiceChanged, [&](const SweepChoice&) { ++asked; });
    QObject::connect(&bar, &views::SweepBar::startRequested,
                     [&](const SweepChoice&) { ++started; });
    QObject::connect(&bar, &views::SweepBar::pauseRequested, [&] { ++paused; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked == 1; }, 5000));
    EXPECT_EQ(bar.choice().knobs.size(), 2u);
    bar.setPlan("48 variations, 31 distinct, about 2 min", true);
    EXPECT_EQ(bar.summary(), "48 variations, 31 distinct, about 2 min");
    auto& start = *bar.findChild<QPushButton*>("sweepStart");
    start.click();
    EXPECT_EQ(started, 1);
    bar.setState(views::SweepBar::State::Running, 0.5, "15 of 31");
    EXPECT_EQ(start.text(), "Pause");
    start.click();
    EXPECT_EQ(paused, 1);
    bar.setState(views::SweepBar::State::Paused, 0.5, "paused: 15 of 31");
    EXPECT_EQ(start.text(), "Resume");
    start.click();
    EXPECT_EQ(started, 2);
    bar.setChoice(widths(3));
    EXPECT_EQ(start.text(), "Start") << "another choice is another sweep";
    EXPECT_FALSE(start.isEnabled()) << "until it is counted";
}

}  // namespace
