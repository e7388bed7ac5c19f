// SPDX-License-Identifier: GPL-3.0-or-later
// Points for exploration: the store, the front and its areas, the filter, the lens.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "sample_evaluation.h"
#include "views/models/hypervolume.h"
#include "views/models/pareto.h"
#include "views/models/point_axis.h"
#include "views/models/points_model.h"

namespace {

using namespace views;

const int kMacs = PointStore::columnOf(Metric::Macs);
const int kFlash = PointStore::flashColumn();
const int kLatency = PointStore::columnOf(Metric::LatencyUs);
const int kAccuracy = PointStore::columnOf(Metric::Accuracy);

/// With latency (and a band around it), flash and accuracy; NaN: missing.
NewPoint newPoint(double width, double latencyUs, double flash, double accuracy) {
    NewPoint point;
    point.variation = sample::narrowed(width);
    point.figures.resize(size_t(PointStore::figureColumns()));
    point.figures[size_t(kLatency)] = {latencyUs, latencyUs * 0.8, latencyUs * 1.2, true};
    point.figures[size_t(kFlash)].value = flash;
    point.figures[size_t(kAccuracy)].value = accuracy;
    point.verdict = flash < 50'000 ? types::Verdict::Fits : types::Verdict::Exceeds;
    return point;
}

struct PointsTest : testing::Test {
    PointStore store;
    PointLens lens{store};

    PointsTest() {
        lens.setPlotAxes({kLatency, false, false, {}}, {kAccuracy, false, false, {}});
        store.put({newPoint(1.0, 40'000, 100'000, 0.91), newPoint(0.75, 30'000, 60'000, 0.90),
                   newPoint(0.5, 20'000, 30'000, 0.84), newPoint(0.25, 25'000, 10'000, 0.60)});
    }
    std::vector<int> matching(const QString& text) {
        const auto filter = PointFilter::parse(text, store);
        EXPECT_TRUE(filter) << text.toStdString() << ": "
                            << (filter ? "" : filter.error().message.toStdString());
        if (filter) lens.setFilter(*filter);
        return lens.lit();
    }
    QString problem(const QString& text) {
        const auto filter = PointFilter::parse(text, store);
        return filter ? QString() : filter.error().message;
    }
};

TEST(ParetoFront, KeepsOnlyWhatNothingBeats) {
    const std::vector<PlanePoint> points = {{1, 9}, {2, 5}, {3, 6}, {4, 1}, {2, 7}};
    EXPECT_EQ(paretoFront(points, false, false), (std::vector<int>{0, 1, 3}));
}

TEST(ParetoFront, KnowsWhichWayIsBetter) {
    // Lower latency, higher agreement.
    const std::vector<PlanePoint> points = {{1, 0.5}, {2, 0.9}, {3, 0.8}, {4, 1.0}};
    EXPECT_EQ(paretoFront(points, false, true), (std::vector<int>{0, 1, 3}));
    EXPECT_EQ(paretoFront({{1, 1}, {2, 2}}, true, true), (std::vector<int>{1}));
}

TEST(ParetoFront, KeepsEqualPointsAndTakesNone) {
    EXPECT_EQ(paretoFront({{1, 1}, {1, 1}, {1, 2}}, false, false), (std::vector<int>{0, 1}));
    EXPECT_TRUE(paretoFront({}, false, false).empty());
}

TEST(ParetoFront, AsPointsArriveEqualsSortingAll) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> coordinate(0, 40);  // so that points meet
    for (int round = 0; round < 60; ++round) {
        const bool higherX = round & 1, higherY = round & 2;
        ParetoFront front(higherX, higherY);
        std::vector<PlanePoint> points;
        for (int i = 0; i < 200; ++i) {
            points.push_back({double(coordinate(random)), double(coordinate(random))});
            front.insert(points.back().x, points.back().y, i);
        }
        EXPECT_FALSE(front.insert(kMissing, 0, 1000));
        auto ids = front.ids(), sorted = paretoFront(points, higherX, higherY);
        for (size_t i = 1; i < ids.size(); ++i)
            EXPECT_LE(points[size_t(ids[i - 1])].x, points[size_t(ids[i])].x);
        std::sort(ids.begin(), ids.end());
        std::sort(sorted.begin(), sorted.end());
        EXPECT_EQ(ids, sorted);
    }
}

TEST(DominatedArea, AddsItsRectangles) {
    const std::vector<PlanePoint> front = {{0, 2}, {1, 1}, {3, 0}};
    EXPECT_DOUBLE_EQ(dominatedArea(front, {4, 3}), 1 * 1 + 2 * 2 + 1 * 3);
    EXPECT_EQ(areaContributions(front, {4, 3}), (std::vector<double>{1, 2, 1}));
}

TEST(DominatedArea, TheWidestSubsetIsTheBestOfAll) {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> step(0.1, 1);
    for (int round = 0; round < 40; ++round) {
        std::vector<PlanePoint> front = {{0, 10}};
        while (front.size() < 9)
            front.push_back({front.back().x + step(random), front.back().y - step(random)});
        const PlanePoint reference{front.back().x + 1, front.front().y + 1};
        for (int count = 1; count <= 9; ++count) {
            double best = 0;
            for (unsigned mask = 0; mask < 512; ++mask) {
                if (__builtin_popcount(mask) != count) continue;
                std::vector<PlanePoint> some;
                for (size_t i = 0; i < 9; ++i)
                    if (mask >> i & 1) some.push_back(front[i]);
                best = std::max(best, dominatedArea(some, reference));
            }
            std::vector<PlanePoint> chosen;
            for (const int i : widestSubset(front, reference, count))
                chosen.push_back(front[size_t(i)]);
            EXPECT_EQ(chosen.size(), size_t(count));
            EXPECT_NEAR(dominatedArea(chosen, reference), best, 1e-9);
        }
    }
    EXPECT_EQ(widestSubset({{0, 1}, {1, 0}}, {2, 2}, 10), (std::vector<int>{0, 1}));
    EXPECT_TRUE(widestSubset({}, {2, 2}, 10).empty());
}

TEST_F(PointsTest, EqualNetworksAreOnePoint) {
    NewPoint first = newPoint(0.41, 10, 10, 0.5), second = newPoint(0.44, 10, 10, 0.5);
    first.network = second.network = "abc";
    store.put({first, second});
    EXPECT_EQ(store.count(), 5);
    EXPECT_EQ(store.variations(4).size(), 2u);
    EXPECT_EQ(store.rowOf(sample::narrowed(0.44)), 4);
    // With other data, calibrated otherwise, they may differ.
    second.network = "def";
    store.put({second});
    EXPECT_EQ(store.count(), 6);
    EXPECT_EQ(store.variations(4).size(), 1u);
    EXPECT_EQ(store.rowOf(sample::narrowed(0.44)), 5);
    // One that is alone keeps its row.
    second.network = "ghi";
    store.put({second});
    EXPECT_EQ(store.count(), 6);
    second.network = "abc";
    store.put({second});
    EXPECT_EQ(store.rowOf(sample::narrowed(0.44)), 4);
    EXPECT_TRUE(store.isGone(5)) << "nothing stands for the network that nobody gives";
}

TEST_F(PointsTest, KnobsThatDifferAreColumns) {
    const auto columnNamed = [&](const QString& key) {
        for (int column = 0; column < store.columnCount(); ++column)
            if (store.column(column).key == key) return column;
        return -1;
    };
    const int width = columnNamed("width");
    ASSERT_GE(width, 0);
    EXPECT_EQ(store.values(width), (std::vector<double>{1, 0.75, 0.5, 0.25}));
    EXPECT_EQ(columnNamed("quantize.precision"), -1);
    NewPoint coded = newPoint(0.5, 1, 1, 1);
    coded.variation.quantize.precision = types::Precision::Int8;
    coded.variation.layers[3].width = 0.5;
    store.put({coded});
    const int precision = columnNamed("quantize.precision");
    ASSERT_GE(precision, 0);
    EXPECT_EQ(store.column(precision).text(store.value(precision, 0)), "as-stored")
        << "earlier points have the default";
    EXPECT_EQ(store.column(precision).text(store.value(precision, 4)), "int8");
    const int layer = columnNamed("layers.3.width");
    ASSERT_GE(layer, 0);
    EXPECT_TRUE(std::isnan(store.value(layer, 0))) << "not set there";
    EXPECT_TRUE(store.varies(layer));
}

TEST_F(PointsTest, PointsOfAnotherBoardAreOutdated) {
    store.setConditions("board b");
    EXPECT_TRUE(store.isOutdated(0));
    EXPECT_TRUE(lens.lit().empty());
    EXPECT_EQ(lens.state(0), PointState::Dimmed);
    store.put({newPoint(1.0, 80'000, 100'000, 0.91)});
    EXPECT_EQ(lens.lit(), std::vector<int>{0});
    store.setConditions("");
    EXPECT_TRUE(store.isOutdated(0));
    EXPECT_FALSE(store.isOutdated(1)) << "back on the first board, its points hold";
}

TEST_F(PointsTest, ADeletedPointIsHiddenAndComesBack) {
    Marks marks;
    marks.isDeleted = true;
    marks.name = "too slow";
    store.setMarks({{sample::narrowed(0.5), marks}});
    EXPECT_EQ(lens.state(2), PointState::Hidden);
    EXPECT_EQ(store.name(2), "too slow");
    EXPECT_EQ(store.allMarks().size(), 1u);
    store.setMarks({{sample::narrowed(0.5), Marks()}});
    EXPECT_EQ(lens.state(2), PointState::Lit);
    EXPECT_EQ(store.name(2), "w0.5");
    EXPECT_TRUE(store.allMarks().empty());
}

TEST_F(PointsTest, MarksWaitForTheirPoint) {
    Marks marks;
    marks.isStarred = true;
    store.setMarks({{sample::narrowed(0.3), marks}});
    store.put({newPoint(0.3, 1, 1, 1)});
    EXPECT_TRUE(store.marks(4).isStarred);
}

TEST_F(PointsTest, TheFilterTakesNamesUnitsAndWords) {
    EXPECT_EQ(matching("acc>85"), (std::vector<int>{0, 1}));
    EXPECT_EQ(matching("accuracy > 85 %"), (std::vector<int>{0, 1}));
    EXPECT_EQ(matching("acc>0.85"), (std::vector<int>{0, 1})) << "a share of 1";
    EXPECT_EQ(matching("flash<=30k"), (std::vector<int>{2, 3}));
    EXPECT_EQ(matching("flash<30KiB"), (std::vector<int>{2, 3}));
    EXPECT_EQ(matching("flash < 29 KiB acc>50"), (std::vector<int>{3}));
    EXPECT_EQ(matching("latency<=25ms"), (std::vector<int>{2, 3}));
    EXPECT_EQ(matching("lat<0.025s"), (std::vector<int>{2}));
    EXPECT_EQ(matching("acc=91 or width=0.25"), (std::vector<int>{0, 3}));
    EXPECT_EQ(matching("not fits"), (std::vector<int>{0, 1}));
    EXPECT_EQ(matching("-fits -\"w0.75\""), (std::vector<int>{0}));
    EXPECT_EQ(matching("w0.7"), (std::vector<int>{1}));
    EXPECT_EQ(matching("macs=missing"), (std::vector<int>{0, 1, 2, 3}));
    EXPECT_TRUE(matching("macs>0").empty()) << "a missing value holds no comparison";
    EXPECT_EQ(matching("").size(), 4u);
    Marks marks;
    marks.isStarred = true;
    marks.note = "ship this";
    store.setMarks({{sample::narrowed(0.75), marks}});
    EXPECT_EQ(matching("star"), std::vector<int>{1});
    EXPECT_EQ(matching("note acc>85"), std::vector<int>{1});
    EXPECT_EQ(matching("\"ship this\""), std::vector<int>{1});
}

TEST_F(PointsTest, TheFilterTakesKnobsByTheEndOfTheirPath) {
    NewPoint coded = newPoint(0.5, 1, 1, 1);
    coded.variation.quantize.precision = types::Precision::Int8;
    store.put({coded});
    EXPECT_EQ(matching("precision=int8"), std::vector<int>{4});
    EXPECT_EQ(matching("quantize.precision!=int8").size(), 4u);
    EXPECT_TRUE(problem("precision=int9").contains("write as-stored")) << "names the choices";
}

TEST_F(PointsTest, TheFilterSaysWhatIsWrong) {
    EXPECT_TRUE(problem("foo<3").startsWith("'foo' is no quantity: write one of macs"));
    EXPECT_EQ(problem("latency<50"), "latency: '50' needs a unit: us, ms or s");
    EXPECT_EQ(problem("sram<10ms"), "sram: 'ms' is no unit of it: write k, KiB or MiB");
    EXPECT_TRUE(problem("latency").startsWith("'latency' is a quantity")) << "not a part of a name";
    EXPECT_EQ(problem("acc>"), "a value is missing after 'acc'");
    EXPECT_EQ(problem("acc>x"), "accuracy: 'x' is no number");
    EXPECT_EQ(problem(">5"), "a name is missing before '>'");
    EXPECT_EQ(problem("or acc>5"), "nothing stands before 'or'");
    EXPECT_EQ(problem("acc>5 or"), "nothing stands after 'or'");
    EXPECT_EQ(problem("acc!5"), "'!' is no comparison: write !=");
    EXPECT_EQ(problem("\"open"), "the quote is not closed");
    EXPECT_EQ(problem("not"), "nothing stands after 'not'");
    EXPECT_EQ(PointFilter::parse("star acc>", store).error().position, 9);
    EXPECT_EQ(PointFilter::parse("star acc>", store).error().termStart, 5);
}

TEST_F(PointsTest, TheFilterTakesAnyText) {
    std::mt19937 random(3);
    const QString letters = "acc><=!-\"or 5.k%ms not star\t(é";
    for (int i = 0; i < 5000; ++i) {
        QString text;
        for (unsigned length = random() % 16; length > 0; --length)
            text += letters[int(random() % unsigned(letters.size()))];
        const auto filter = PointFilter::parse(text, store);
        if (filter)
            filter->matches(store, 0);
        else
            EXPECT_FALSE(filter.error().message.isEmpty()) << text.toStdString();
    }
}

TEST_F(PointsTest, BrushesLimitsAndBestValuesDim) {
    EXPECT_EQ(lens.front(), (std::vector<int>{2, 1, 0}));
    lens.setBrush(kFlash, Span{20'000, 70'000});
    EXPECT_EQ(lens.lit(), (std::vector<int>{1, 2}));
    EXPECT_EQ(lens.state(0), PointState::Dimmed);
    EXPECT_EQ(lens.front(), (std::vector<int>{2, 1}));
    lens.setBrush(kFlash, std::nullopt);
    // 30 ms predicted, up to 36 ms: its band passes the limit.
    lens.setLimit(kLatency, 32'000);
    EXPECT_EQ(lens.lit(), (std::vector<int>{2, 3}));
    EXPECT_TRUE(pointTip(lens, 1, {kLatency}).contains("its band reaches beyond your limit"));
    lens.setLimit(kLatency, std::nullopt);
    lens.setLimit(kAccuracy, 0.8);
    EXPECT_EQ(lens.lit(), (std::vector<int>{0, 1, 2})) << "of accuracy, the least";
    lens.clearNarrowing();
    lens.setTop(2, kAccuracy);
    EXPECT_EQ(lens.lit(), (std::vector<int>{0, 1}));
    lens.setTop(1, kFlash);
    EXPECT_EQ(lens.lit(), (std::vector<int>{3}));
    EXPECT_EQ(lens.shownCount(), 4) << "dimmed points are shown";
}

TEST_F(PointsTest, ArrivingPointsChangeTheLensAsAnewOneWouldSeeThem) {
    lens.setFilter(*PointFilter::parse("acc>30", store));
    lens.setBrush(kFlash, Span{0, 60'000});
    std::mt19937 random(4);
    std::uniform_real_distribution<double> share(0.01, 1);
    for (int i = 0; i < 300; ++i)
        store.put({newPoint(share(random), 50'000 * share(random), 100'000 * share(random),
                            share(random))});
    PointLens anew(store);
    anew.setPlotAxes(lens.x(), lens.y());
    anew.setFilter(*PointFilter::parse("acc>30", store));
    anew.setBrush(kFlash, Span{0, 60'000});
    EXPECT_EQ(lens.lit(), anew.lit());
    EXPECT_EQ(lens.front(), anew.front());
    EXPECT_EQ(lens.shownCount(), anew.shownCount());
}

TEST_F(PointsTest, SuggestionsSayWhy) {
    const auto list = lens.suggestions(10);
    ASSERT_EQ(list.size(), 3u) << "the front has no more";
    EXPECT_EQ(list[0].row, 2);
    EXPECT_TRUE(list[0].reason.startsWith("lowest Latency: 20.0 ms"));
    EXPECT_TRUE(list[1].reason.startsWith("Accuracy +6.0 points for Latency +10.0 ms"));
    EXPECT_TRUE(list[2].reason.startsWith("highest Accuracy: 91.0 %"));
    EXPECT_EQ(lens.suggestions(1).size(), 1u);
    lens.setLimit(kAccuracy, 0.99);
    EXPECT_TRUE(lens.suggestions(10).empty());
}

TEST_F(PointsTest, AClearedStoreForgetsItsKnobs) {
    const int width = PointStore::figureColumns();
    ASSERT_EQ(store.columnCount() - 1, width) << "after the figures";
    lens.setAxes({{width, false, false, {}}, {kFlash, false, false, {}}});
    lens.setBrush(width, Span{0, 1});
    lens.setPlotAxes({width, false, false, {}}, lens.y());
    store.clear();
    EXPECT_EQ(lens.axes().size(), 1u);
    EXPECT_FALSE(lens.isNarrowed());
    EXPECT_EQ(lens.x().column, kLatency);
}

TEST_F(PointsTest, AnAxisHoldsItsPointsInTheirUnit) {
    const PointAxis axis = pointAxis(lens, {kLatency, false, false, {}});
    EXPECT_EQ(axis.title(), "Latency, ms");
    EXPECT_LE(axis.range.low, 20);
    EXPECT_GE(axis.range.high, 40);
    EXPECT_NEAR(axis.valueAt(axis.shareOf(31'234)), 31'234, 1e-6);
    const PointAxis log = pointAxis(lens, {kLatency, true, false, {}});
    EXPECT_NEAR(log.valueAt(log.shareOf(31'234)), 31'234, 1e-6);
    EXPECT_TRUE(std::isnan(axis.shareOf(kMissing)));
    const PointAxis empty = pointAxis(lens, {kMacs, true, false, {}});
    EXPECT_LT(empty.range.low, empty.range.high) << "without a value";
}

TEST_F(PointsTest, TheTableSortsByNumbersAndEditsMarks) {
    PointsModel table(lens);
    const auto names = [&] {
        QStringList list;
        for (int row = 0; row < table.rowCount(); ++row)
            list << table.index(row, PointsModel::Name).data().toString();
        return list.join(' ');
    };
    EXPECT_EQ(names(), "original w0.75 w0.5 w0.25");
    table.sort(PointsModel::FirstMetric + kLatency, Qt::AscendingOrder);
    EXPECT_EQ(names(), "w0.5 w0.25 w0.75 original");
    lens.setBrush(kFlash, Span{0, 40'000});
    table.refresh();
    EXPECT_EQ(names(), "w0.5 w0.25");
    MarksEdit edit;
    QObject::connect(&table, &PointsModel::marksEdited,
                     [&](const MarksEdit& made, const QString&) { edit = made; });
    EXPECT_TRUE(table.setData(table.index(0, PointsModel::Name), "ship this", Qt::EditRole));
    ASSERT_EQ(edit.size(), 1u);
    EXPECT_EQ(edit[0].second.name, "ship this");
    EXPECT_EQ(store.name(2), "w0.5") << "only Explorer writes points";
    EXPECT_FALSE(table.setData(table.index(0, PointsModel::Name), "w0.5", Qt::EditRole));
    EXPECT_FALSE(table.hasValues(PointsModel::FirstMetric + kMacs));
    EXPECT_TRUE(table.hasValues(PointsModel::FirstMetric + kFlash));
}

}  // namespace
