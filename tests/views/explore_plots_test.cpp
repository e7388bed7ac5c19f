// SPDX-License-Identifier: GPL-3.0-or-later
// The plots and the page of exploration under the mouse, and with tens of thousands of points.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <random>

#include "sample_evaluation.h"
#include "views/widgets/pages/tradeoff_page.h"
#include "views/widgets/plots/heat_image.h"
#include "views/widgets/plots/parallel_plot.h"
#include "views/widgets/plots/tradeoff_plot.h"
#include "views/widgets/points_table.h"

namespace {

using namespace views;

const int kColumnX = PointStore::columnOf(Metric::FlashBytes);
const int kColumnY = PointStore::columnOf(Metric::Agreement);

TriedVariations threeTried() {
    TriedVariations list;
    for (double width : {1.0, 0.5, 0.25}) {
        auto evaluation = sample::evaluation(width);
        evaluation->totals.agreement = width;
        list.push_back({evaluation->variation, evaluation, false});
    }
    return list;
}

std::vector<NewPoint> manyPoints(int count) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> share(0.01, 1);
    std::vector<NewPoint> points;
    for (int i = 0; i < count; ++i) {
        NewPoint point;
        point.variation = sample::narrowed(0.1 + 0.9 * i / count);
        point.figures.resize(size_t(PointStore::figureColumns()));
        for (PointFigure& figure : point.figures)
            if (share(random) > 0.02) figure.value = share(random) * 1000;
        points.push_back(std::move(point));
    }
    return points;
}

struct ExplorePage : testing::Test {
    Selection selection;
    EvaluationFeed feed;
    TradeoffPage page{selection, feed};
    TradeoffPlot& plot = *page.findChild<TradeoffPlot*>();
    ParallelPlot& parallel = *page.findChild<ParallelPlot*>();
    PointsTable& table = *page.findChild<PointsTable*>();
    QLineEdit& filter = *page.findChild<QLineEdit*>("filter");

    ExplorePage() {
        page.resize(1000, 700);
        page.show();
        page.lens().setPlotAxes({kColumnX, false, false, {}}, {kColumnY, false, false, {}});
        feed.setTried(threeTried(), {});
        EXPECT_TRUE(QTest::qWaitFor([this] { return table.model()->rowCount() == 3; }, 5000));
    }
    void drag(QWidget& widget, QPoint from, QPoint to) {
        QTest::mousePress(&widget, Qt::LeftButton, {}, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&widget, &move);
        }
        QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
    }
};

TEST_F(ExplorePage, AClickPicksAndADoubleClickOpens) {
    QSignalSpy opened(&page, &TradeoffPage::variationOpened);
    const QPoint at = plot.placeOf(1).toPoint();
    EXPECT_EQ(plot.rowAt(at), 1);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, at);
    ASSERT_TRUE(selection.variation());
    EXPECT_DOUBLE_EQ(selection.variation()->width, 0.5);
    EXPECT_EQ(table.currentPoint(), 1) << "the table follows";
    QTest::mouseDClick(&plot, Qt::LeftButton, {}, at);
    EXPECT_EQ(opened.count(), 1);
    table.showPoint(2);
    EXPECT_DOUBLE_EQ(selection.variation()->width, 0.25) << "and leads";
}

TEST_F(ExplorePage, ADraggedLimitShadesAndDims) {
    // The handle of flash waits at its worse end.
    const QPoint parked = plot.handleAt(true).toPoint() + QPoint(0, 3);
    const int between = int((plot.placeOf(0).x() + plot.placeOf(1).x()) / 2);
    drag(plot, parked, QPoint(between, parked.y()));
    EXPECT_EQ(page.lens().lit(), (std::vector<int>{1, 2}));
    ASSERT_TRUE(page.lens().limit(kColumnX));
    EXPECT_NEAR(*page.lens().limit(kColumnX), 7500, 200);
    drag(plot, plot.handleAt(true).toPoint() + QPoint(0, 3), parked + QPoint(30, 0));
    EXPECT_FALSE(page.lens().limit(kColumnX)) << "back at the end there is none";
    // Of agreement, low values are the worse ones.
    const QPoint bottom = plot.handleAt(false).toPoint() - QPoint(3, 0);
    drag(plot, bottom, QPoint(bottom.x(), int(plot.placeOf(2).y()) - 8));
    EXPECT_EQ(page.lens().lit(), (std::vector<int>{0, 1}));
}

TEST_F(ExplorePage, ADragOverThePlotBrushesBothAxes) {
    const QPointF a = plot.placeOf(1), b = plot.placeOf(2);
    const QRectF around = QRectF(a, b).normalized().adjusted(-16, -16, 16, 16);
    drag(plot, around.topLeft().toPoint(), around.bottomRight().toPoint());
    EXPECT_EQ(page.lens().lit(), (std::vector<int>{1, 2}));
    EXPECT_TRUE(page.lens().brush(kColumnX));
    EXPECT_TRUE(page.lens().brush(kColumnY));
    page.lens().clearNarrowing();
    EXPECT_EQ(page.lens().lit().size(), 3u);
}

TEST_F(ExplorePage, ADragAlongAnAxisBrushesAndAClickRemoves) {
    page.lens().setAxes({{kColumnX, false, false, {}}, {kColumnY, false, false, {}}});
    const QPointF high = parallel.placeOf(0, 0), low = parallel.placeOf(2, 0);
    ASSERT_LT(high.y(), low.y());
    const QPoint from(int(low.x()), int(low.y()) + 6), to(int(low.x()), int(low.y()) - 12);
    drag(parallel, from, to);
    EXPECT_EQ(page.lens().lit(), std::vector<int>{2});
    QTest::mouseClick(&parallel, Qt::LeftButton, {}, low.toPoint() - QPoint(0, 2));
    EXPECT_EQ(page.lens().lit().size(), 3u);
}

TEST_F(ExplorePage, AnAxisTurnsRoundAndMoves) {
    page.lens().setAxes({{kColumnX, false, false, {}}, {kColumnY, false, false, {}}});
    const double before = parallel.placeOf(0, 0).y();
    const QPoint name(int(parallel.area().left()), 6);
    QTest::mouseClick(&parallel, Qt::LeftButton, {}, name);
    EXPECT_TRUE(page.lens().axes()[0].isFlipped);
    EXPECT_GT(parallel.placeOf(0, 0).y(), before);
    drag(parallel, name, QPoint(int(parallel.area().right()), 6));
    EXPECT_EQ(page.lens().axes()[1].column, kColumnX);
}

TEST_F(ExplorePage, MissingValuesLieBelowTheAxis) {
    page.lens().setAxes(
        {{kColumnX, false, false, {}}, {PointStore::columnOf(Metric::Auc), false, false, {}}});
    EXPECT_GT(parallel.placeOf(0, 1).y(), parallel.area().bottom());
    EXPECT_LE(parallel.placeOf(0, 0).y(), parallel.area().bottom());
}

TEST_F(ExplorePage, TheFilterLineNarrowsAndExplains) {
    filter.setText("agree<60");
    EXPECT_EQ(page.lens().lit(), (std::vector<int>{1, 2}));
    filter.setText("agree<60 latency<5");
    const auto labels = page.findChildren<QLabel*>();
    const bool explains = std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains("needs a unit");
    });
    EXPECT_TRUE(explains);
    EXPECT_EQ(page.lens().lit(), (std::vector<int>{1, 2})) << "the conditions before it hold";
    filter.clear();
    EXPECT_EQ(page.lens().lit().size(), 3u);
}

TEST_F(ExplorePage, SuggestionsAreListedWithTheirReasons) {
    auto& list = *page.findChild<QListWidget*>();
    EXPECT_FALSE(list.isVisible());
    for (auto* button : page.findChildren<QToolButton*>())
        if (button->text().startsWith("Suggest")) button->click();
    EXPECT_TRUE(list.isVisible());
    EXPECT_EQ(list.count(), 3);
    EXPECT_TRUE(list.item(0)->text().contains("lowest Flash"));
    list.setCurrentRow(1);
    EXPECT_DOUBLE_EQ(selection.variation()->width, 0.5);
}

TEST_F(ExplorePage, StarNameAndDeletionLeaveAsOneEditEach) {
    std::vector<MarksEdit> edits;
    QObject::connect(&page, &TradeoffPage::marksEdited,
                     [&](const MarksEdit& edit, const QString&) { edits.push_back(edit); });
    table.selectAll();
    table.deleteSelected();
    ASSERT_EQ(edits.size(), 1u);
    EXPECT_EQ(edits[0].size(), 2u) << "the original stays";
    EXPECT_TRUE(edits[0][0].second.isDeleted);
    table.showPoint(1);
    table.starSelected();
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_TRUE(edits[1][0].second.isStarred);
}

TEST_F(ExplorePage, ManyPointsAreDrawnAsDensity) {
    feed.points().put(manyPoints(50'000));
    QTest::qWait(0);
    EXPECT_EQ(page.lens().shownCount(), 50'003);
    EXPECT_FALSE(plot.grab().isNull());
    EXPECT_FALSE(parallel.grab().isNull());
    const QPointF at = plot.placeOf(4242);
    EXPECT_TRUE(std::isnan(at.x()) || plot.rowAt(at.toPoint()) >= 0);
    const QPointF line = parallel.placeOf(4242, 1);
    EXPECT_GE(parallel.rowAt(line.toPoint() + QPoint(14, 0)), -1);
}

TEST(TradeoffPlot, PaintsWithoutAPoint) {
    PointStore store;
    PointLens lens(store);
    TradeoffPlot plot(lens);
    ParallelPlot parallel(lens);
    EXPECT_FALSE(plot.grab().isNull());
    EXPECT_FALSE(parallel.grab().isNull());
    EXPECT_EQ(plot.rowAt({50, 50}), -1);
}

TEST(HeatImage, IsStrongerWhereThereIsMore) {
    HeatImage heat({40, 20});
    heat.addPoint(5, 5, 3);
    for (int i = 0; i < 30; ++i)
        heat.addPoint(20, 5, 3);
    heat.addPoint(-4, 100, 3);
    heat.addLine(0, 15.5, 39, 15.5);
    const QImage image = heat.image(Qt::black);
    EXPECT_EQ(qAlpha(image.pixel(12, 5)), 0);
    EXPECT_GT(qAlpha(image.pixel(5, 5)), 40);
    EXPECT_GT(qAlpha(image.pixel(20, 5)), qAlpha(image.pixel(5, 5)));
    EXPECT_GT(qAlpha(image.pixel(10, 15)), 0) << "a line between two rows lies on both";
    EXPECT_GT(qAlpha(image.pixel(10, 16)), 0);
}

}  // namespace
