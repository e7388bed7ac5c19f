// SPDX-License-Identifier: GPL-3.0-or-later
// The front of schedules on the Memory page, and line buffers in the arena map.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <set>

#include "sample_evaluation.h"
#include "views/models/buffers_model.h"
#include "views/widgets/pages/memory_page.h"
#include "views/widgets/plots/schedule_plot.h"

namespace {

using types::ScheduleRow;

views::ScheduleFigures threeRows() {
    const ScheduleRow whole{0, 900, 1000, std::nullopt, false, ""};
    return {{{1, 300, 1200, std::nullopt, false, "#0-#1 by 1 row again T1"},
             {2, 600, 1000, std::nullopt, false, "#0-#1 by 1 row"},
             {3, 200, 1000, std::nullopt, true, "#0-#2 by 1 row"}},
            whole};
}

/// Clicks along a grid until a row is hit.
std::set<int> rowsHit(views::SchedulePlot& plot) {
    std::set<int> rows;
    QSignalSpy spy(&plot, &views::SchedulePlot::rowClicked);
    for (int x = 0; x < plot.width(); x += 4)
        for (int y = 0; y < plot.height(); y += 4)
            QTest::mouseClick(&plot, Qt::LeftButton, {}, {x, y});
    for (const auto& call : spy)
        rows.insert(call.at(0).toInt());
    return rows;
}

TEST(SchedulePlot, EachPointCanBeClicked) {
    views::SchedulePlot plot;
    plot.resize(400, 176);
    EXPECT_TRUE(rowsHit(plot).empty());
    plot.setFigures(threeRows());
    EXPECT_EQ(rowsHit(plot), (std::set<int>{0, 1, 2, 3}));
    plot.setFigures({{}, {}, "cannot run"});
    EXPECT_TRUE(rowsHit(plot).empty());
}

TEST(MemoryPage, AsksForSchedulesOnceAndTellsTheChosenRow) {
    views::Selection selection;
    views::EvaluationFeed feed;
    views::MemoryPage page(selection, feed);
    QSignalSpy asked(&page, &views::MemoryPage::schedulesRequested);
    page.show();
    EXPECT_EQ(asked.count(), 0);
    const auto evaluation = sample::evaluation();
    feed.setEvaluation(evaluation);
    ASSERT_EQ(asked.count(), 1);
    page.setSchedules(sample::evaluation(), threeRows());  // of another evaluation: ignored
    auto* plot = page.findChild<views::SchedulePlot*>();
    ASSERT_NE(plot, nullptr);
    QSignalSpy chosen(&page, &views::MemoryPage::scheduleChosen);
    rowsHit(*plot);
    EXPECT_EQ(chosen.count(), 0);
    page.setSchedules(evaluation, threeRows());
    rowsHit(*plot);
    EXPECT_GT(chosen.count(), 0);
}

// The schedule's plan takes the place of that of our own runtime, and is shown when it is chosen.
TEST(MemoryPage, ShowsTheScheduleThatIsChosen) {
    views::Selection selection;
    views::EvaluationFeed feed;
    views::MemoryPage page(selection, feed);
    page.show();
    auto* choice = page.findChild<QComboBox*>();
    feed.setEvaluation(sample::evaluation());
    EXPECT_EQ(choice->currentIndex(), 0);
    const auto scheduled = std::make_shared<types::Evaluation>(*sample::evaluation());
    types::ChosenSchedule schedule;
    schedule.row = {2, 448, 1000, std::nullopt, true, "#0-#1 by 1 row"};
    schedule.wholeArenaBytes = 896;
    schedule.plan.order = {0, 1, 2};
    schedule.plan.buffers = {{1, -1, 3, 192, 256, 0, 1}, {2, -1, 0, 256, 0, 1, 2}};
    schedule.plan.arenaBytes = 448;
    schedule.bands = {{0, 2, 1}};
    scheduled->netcaliperPlan = types::memoryPlanOf(schedule.plan);
    scheduled->schedule = schedule;
    feed.setEvaluation(scheduled);
    EXPECT_EQ(choice->currentIndex(), 1);
    const auto& buffers = scheduled->netcaliperPlan.buffers;
    EXPECT_EQ(views::windowRows(*scheduled, buffers[0]), 3);
    EXPECT_EQ(views::windowRows(*scheduled, buffers[1]), 0);
    EXPECT_EQ(types::bytesInUse(scheduled->netcaliperPlan, 1), 448);
    bool says = false;
    for (const QLabel* label : page.findChildren<QLabel*>())
        says |= label->text().contains("448 bytes with schedule 2");
    EXPECT_TRUE(says);
    page.grab();
}

}  // namespace
