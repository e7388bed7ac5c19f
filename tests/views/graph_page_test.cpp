// SPDX-License-Identifier: GPL-3.0-or-later
// The page Graph from a user's view: mouse, keys, search, and the state shared with other pages.
#include "views/widgets/pages/graph_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "sample_drawing.h"
#include "views/models/layers_model.h"
#include "views/widgets/graph_details.h"
#include "views/widgets/pages/overview_page.h"
#include "views/widgets/plots/graph_minimap.h"
#include "views/widgets/plots/graph_view.h"
#include "views/widgets/plots/heat_legend.h"
#include "views/widgets/plots/value_plot.h"

namespace {

using namespace views;

struct GraphPageTest : testing::Test {
    Selection selection;
    EvaluationFeed feed;
    MetricChoice metric;
    GraphPage page{selection, feed, metric};
    GraphView& view = page.view();
    std::vector<types::DrawingOptions> asked;
    std::vector<OpPlace> askedValues;

    GraphPageTest() {
        QObject::connect(&page, &GraphPage::drawingRequested,
                         [this](const types::EvaluationPtr&, const types::DrawingOptions& options) {
                             asked.push_back(options);
                         });
        QObject::connect(
            &page, &GraphPage::valuesRequested,
            [this](const types::EvaluationPtr&, OpPlace place) { askedValues.push_back(place); });
        page.resize(900, 700);
    }
    void open(std::shared_ptr<const types::DrawnGraph> drawn = sample::drawing()) {
        page.show();
        feed.setEvaluation(sample::evaluation());
        page.setDrawing(feed.shown(), drawn);
    }
    QPoint middleOf(int box) {
        const types::DrawnPoint centre = view.picture()->box(box).centre;
        return view.camera().toView({double(centre.x), double(centre.y)}).toPoint();
    }
    QLineEdit& searchField() { return *page.findChild<QLineEdit*>(); }
    QString foundText() {
        for (auto* label : page.findChildren<QLabel*>())
            if (label->text().contains("found") || label->text().contains(" of ") ||
                label->text() == "no match")
                return label->text();
        return {};
    }
};

TEST_F(GraphPageTest, AsksForADrawingOnlyWhenItIsShown) {
    feed.setEvaluation(sample::evaluation());
    EXPECT_TRUE(asked.empty());
    page.show();
    EXPECT_EQ(asked.size(), 1u);
    EXPECT_FALSE(asked[0].foldsRepeats);  // few operators
    feed.setEvaluation(sample::evaluation(0.5));
    EXPECT_EQ(asked.size(), 2u);
}

TEST_F(GraphPageTest, AClickPicksALayerForAllPages) {
    open();
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(2));
    EXPECT_EQ(selection.layer(), 1);
    EXPECT_EQ(view.current(), 2);
    EXPECT_TRUE(view.accessibleName().contains("#1 CONV_2D"));
    EXPECT_TRUE(view.accessibleName().contains("MACs 500"));
    QTest::mouseClick(&view, Qt::LeftButton, Qt::ControlModifier, middleOf(3));
    EXPECT_EQ(selection.layers(), (std::vector{1, 2}));
    QTest::mouseClick(&view, Qt::LeftButton, Qt::ControlModifier, middleOf(3));
    EXPECT_EQ(selection.layers(), (std::vector{1}));
    EXPECT_EQ(view.current(), 2);
    // Others pick.
    selection.setLayer(0);
    EXPECT_EQ(view.current(), 1);
    selection.setLayer(-1);
    EXPECT_EQ(view.current(), -1);
}

TEST_F(GraphPageTest, KeysWalkAlongTheEdges) {
    open();
    QTest::keyClick(&view, Qt::Key_Home);
    EXPECT_EQ(view.current(), 0);  // the input, which is no layer
    EXPECT_EQ(selection.layer(), -1);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(selection.layer(), 0);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(selection.layer(), 1);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(selection.layer(), 2);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(selection.layer(), 0);  // of its two sources the first
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(view.current(), 4);
    const double zoom = view.camera().zoom();
    QTest::keyClick(&view, Qt::Key_Plus);
    EXPECT_GT(view.camera().zoom(), zoom);
}

TEST_F(GraphPageTest, TheWheelZoomsAtThePointerAndDraggingMoves) {
    open();
    for (int i = 0; i < 4; ++i)
        view.zoomIn();
    const QPointF pointer(130, 90), before = view.camera().toWorld(pointer);
    const double zoom = view.camera().zoom();
    QWheelEvent wheel(pointer, pointer, {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &wheel);
    EXPECT_GT(view.camera().zoom(), zoom);
    EXPECT_NEAR(view.camera().toWorld(pointer).x(), before.x(), 1);
    EXPECT_NEAR(view.camera().toWorld(pointer).y(), before.y(), 1);
    const QPointF centre = view.camera().centre();
    QTest::mousePress(&view, Qt::LeftButton, {}, {200, 200});
    QTest::mouseMove(&view, {180, 150});
    QMouseEvent move(QEvent::MouseMove, QPointF(180, 150), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, {180, 150});
    EXPECT_NE(view.camera().centre(), centre);
    EXPECT_EQ(selection.layer(), -1);  // no click
    EXPECT_TRUE(view.findChild<GraphMinimap*>()->isVisible());
    view.showAll();
    QTest::qWait(300);
    EXPECT_TRUE(view.camera().showsAll());
    EXPECT_FALSE(view.findChild<GraphMinimap*>()->isVisible());
}

TEST_F(GraphPageTest, FoldedBlocksPickTheirLayersAndUnfold) {
    open(sample::foldedDrawing());
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(2));
    EXPECT_EQ(selection.layers(), (std::vector{1, 2}));
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked.back().unfolded, (std::set<types::Unfolded>{{0, 1, -1}}));
    // Unfolded: the block stays at its place, Enter folds it again.
    auto unfolded = std::make_shared<types::DrawnGraph>(*sample::drawing());
    unfolded->blocks = {{0, 1, 1, 2}};
    types::DrawnFrame frame;
    frame.unfolded = {0, 1, -1};
    frame.block = 0;
    frame.left = 5, frame.top = 150, frame.width = 230, frame.height = 150;
    unfolded->frames = {frame};
    page.setDrawing(feed.shown(), unfolded);
    EXPECT_EQ(view.current(), 2);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(asked.size(), 3u);
    EXPECT_TRUE(asked.back().unfolded.empty());
    auto* folds = page.findChild<QCheckBox*>();
    folds->click();
    EXPECT_TRUE(asked.back().foldsRepeats);
}

TEST_F(GraphPageTest, SearchesAsOneTypes) {
    open();
    QApplication::setActiveWindow(&page);
    searchField().setFocus();
    searchField().setText("conv");
    EXPECT_EQ(foundText(), "3 found");
    EXPECT_EQ(selection.layer(), -1);
    QTest::keyClick(&searchField(), Qt::Key_Return);
    EXPECT_EQ(foundText(), "1 of 3");
    EXPECT_EQ(selection.layer(), 0);
    QTest::keyClick(&searchField(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(selection.layer(), 2);
    searchField().setText("#1");
    QTest::keyClick(&searchField(), Qt::Key_Return);
    EXPECT_EQ(selection.layer(), 1);
    searchField().setText("nothing");
    EXPECT_EQ(foundText(), "no match");
    QTest::keyClick(&searchField(), Qt::Key_Escape);
    EXPECT_TRUE(searchField().text().isEmpty());
}

TEST_F(GraphPageTest, TheMetricIsThatOfTheWindow) {
    LayersModel layers;
    OverviewPage overview(selection, feed, layers, metric);
    open();
    auto* mine = page.findChild<QComboBox*>();
    auto* other = overview.findChild<QComboBox*>();
    ASSERT_TRUE(mine && other);
    mine->setCurrentIndex(mine->findText("Latency"));
    emit mine->activated(mine->currentIndex());
    EXPECT_EQ(metric.metric(), Metric::LatencyUs);
    EXPECT_EQ(other->currentText(), "Latency");
    other->setCurrentIndex(other->findText("Params"));
    emit other->activated(other->currentIndex());
    EXPECT_EQ(mine->currentText(), "Params");
    metric.setMetric(Metric::LatencyGapUs);
    EXPECT_TRUE(page.findChild<HeatLegend*>()->toolTip().contains("not measured"));
    metric.setMeasuredUs({90.0, 55.0, 10.0});
    EXPECT_TRUE(page.findChild<HeatLegend*>()->toolTip().contains("10 µs"));
}

TEST_F(GraphPageTest, ShowsTheValuesOfThePickedOperator) {
    open();
    selection.setLayer(1);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !askedValues.empty(); }, 2000));
    EXPECT_EQ(askedValues.back(), (OpPlace{0, 1}));
    types::ValueHistogram values;
    values.tensor = 4;
    values.low = -1, values.high = 1, values.binsFrom = -1, values.binWidth = 0.5;
    values.counts = {1, 2, 3, 4};
    values.values = 10, values.zeros = 1;
    page.setValues({0, 0}, {values}, {});  // of another operator: too late
    EXPECT_TRUE(page.findChildren<ValuePlot*>().isEmpty());
    page.setValues({0, 1}, {values}, "choose data");
    ASSERT_EQ(page.findChildren<ValuePlot*>().size(), 1);
    auto* plot = page.findChild<ValuePlot*>();
    EXPECT_TRUE(plot->accessibleName().contains("T4 weights"));
    EXPECT_TRUE(plot->accessibleName().contains("zeros 10 %"));
    plot->grab();
    selection.setLayer(2);
    QTest::qWait(0);
    EXPECT_TRUE(page.findChildren<ValuePlot*>().isEmpty());
}

TEST_F(GraphPageTest, DetailsLeadToTheOtherEndOfATensor) {
    open();
    selection.setLayer(1);
    auto* details = page.findChild<GraphDetails*>();
    emit details->opChosen({0, 2});
    EXPECT_EQ(selection.layer(), 2);
}

TEST_F(GraphPageTest, SaysWhatIsMissing) {
    page.show();
    page.grab();
    page.showDrawingProblem("no memory for the picture");
    page.grab();
    EXPECT_EQ(view.current(), -1);
    // Keys and clicks on nothing do nothing.
    for (const auto key : {Qt::Key_Down, Qt::Key_Return, Qt::Key_0, Qt::Key_Home})
        QTest::keyClick(&view, key);
    QTest::mouseClick(&view, Qt::LeftButton, {}, {50, 50});
    searchField().setText("conv");
    EXPECT_EQ(foundText(), "no match");
}

TEST_F(GraphPageTest, EveryControlHasANameAndEveryZoomPaints) {
    open();
    for (QWidget* widget : page.findChildren<QWidget*>()) {
        const bool isReached = widget->focusPolicy() & Qt::TabFocus && widget->isEnabled();
        const bool hasText = widget->inherits("QLabel") || widget->inherits("QCheckBox");
        EXPECT_TRUE(!isReached || hasText || !widget->accessibleName().isEmpty())
            << widget->metaObject()->className();
    }
    for (const QPalette& palette : {lightPalette(), darkPalette()}) {
        page.setPalette(palette);
        for (int i = 0; i < 12; ++i) {
            view.zoomIn();
            EXPECT_FALSE(view.grab().isNull());
        }
        for (int i = 0; i < 24; ++i) {
            view.zoomOut();
            EXPECT_FALSE(view.grab().isNull());
        }
    }
}

}  // namespace
