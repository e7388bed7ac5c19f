// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that listen to the feed: what reaches them without anybody knowing them.
#include "views/models/evaluation_feed.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

#include "sample_evaluation.h"
#include "views/models/layers_model.h"
#include "views/widgets/layer_search.h"
#include "views/widgets/pages/overview_page.h"
#include "views/widgets/pages/tradeoff_page.h"
#include "views/widgets/selection_panel.h"
#include "views/widgets/summary_card.h"

namespace {

using namespace views;

TEST(EvaluationFeed, ReportsTheListOncePerEvent) {
    EvaluationFeed feed;
    QSignalSpy changes(&feed, &EvaluationFeed::triedChanged);
    feed.setTried({{{}, sample::evaluation(), false}}, {});
    feed.setTried({{{}, sample::evaluation(), false}, {sample::narrowed(0.5), nullptr, false}}, {});
    EXPECT_EQ(feed.tried().size(), 2u);
    EXPECT_EQ(changes.count(), 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.count() > 0; }, 10000));
    QTest::qWait(0);
    EXPECT_EQ(changes.count(), 1);
}

TEST(EvaluationFeed, ANewEvaluationIsNotOutdated) {
    EvaluationFeed feed;
    QSignalSpy changes(&feed, &EvaluationFeed::outdatedChanged);
    feed.setOutdated(true);
    feed.setOutdated(true);
    ASSERT_EQ(changes.count(), 1);
    feed.setEvaluation(sample::evaluation());
    ASSERT_EQ(changes.count(), 2);
    EXPECT_FALSE(changes[1][0].toBool());
}

TEST(EvaluationFeed, FillsTheOverview) {
    Selection selection;
    EvaluationFeed feed;
    LayersModel layers;
    MetricChoice metric;
    OverviewPage page(selection, feed, layers, metric);
    const auto cards = [&] {
        QStringList names;
        for (auto* card : page.findChildren<SummaryCard*>())
            names << card->accessibleName();
        return names.join("\n");
    };
    feed.setEvaluation(sample::evaluation(0.5), sample::evaluation());
    EXPECT_TRUE(cards().contains("MACs, 800, −50 %"));
    types::DutyCost cost;
    cost.cycle.periodMs = 0.1;
    cost.periodShare = types::Estimate{0.8, 0.7, 0.9};
    feed.setDutyCost(cost);
    EXPECT_TRUE(cards().contains("80 % active"));
}

TEST(EvaluationFeed, NewDataAskTheTradeoffsHowGoodItIs) {
    Selection selection;
    EvaluationFeed feed;
    TradeoffPage page(selection, feed);
    auto& up = *page.findChild<QComboBox*>("up");
    const auto upward = [&] { return up.currentData().toInt(); };
    const auto scored = sample::evaluation();
    scored->datasetPath = "kws01";
    scored->quality.emplace();
    scored->quality->auc = types::Estimate{0.9, 0.8, 1};
    feed.setEvaluation(scored);
    EXPECT_EQ(upward(), PointStore::columnOf(qualityOf(*scored)));
    up.setCurrentIndex(up.findData(PointStore::columnOf(Metric::Macs)));
    feed.setEvaluation(scored);
    EXPECT_EQ(upward(), PointStore::columnOf(Metric::Macs))
        << "the user's choice stays while the data do";
    feed.setEvaluation(sample::evaluation());
    EXPECT_EQ(upward(), PointStore::columnOf(Metric::Agreement));
}

TEST(EvaluationFeed, KeepsThePointsOfWhatWasTried) {
    EvaluationFeed feed;
    const TriedVariations list = {{{}, sample::evaluation(), false},
                                  {sample::narrowed(0.5), nullptr, false}};
    feed.setTried(list, {});
    EXPECT_EQ(feed.points().count(), 1) << "what has no evaluation yet is no point";
    feed.setTried({list[0], {sample::narrowed(0.5), sample::evaluation(0.5), false}}, {});
    EXPECT_EQ(feed.points().count(), 2);
    feed.forgetEvaluation();
    EXPECT_EQ(feed.points().count(), 0);
}

TEST(EvaluationFeed, ReachesSearchAndDescription) {
    Selection selection;
    EvaluationFeed feed;
    SelectionPanel panel(selection, feed);
    LayerSearch search(feed);
    selection.setLayer(1);
    EXPECT_TRUE(panel.toPlainText().contains("Pick a layer"));
    feed.setEvaluation(sample::evaluation());
    EXPECT_TRUE(panel.toPlainText().contains("#1 DEPTHWISE_CONV_2D"));
    QSignalSpy chosen(&search, &LayerSearch::layerChosen);
    QTest::keyClicks(&search, "depthwise");
    QTest::keyClick(&search, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return chosen.count() > 0; }, 5000));
    EXPECT_EQ(chosen[0][0].toInt(), 1);
}

}  // namespace
