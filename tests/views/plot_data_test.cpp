// SPDX-License-Identifier: GPL-3.0-or-later
// The data that charts draw, not their pixels.
#include <gtest/gtest.h>

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QTest>
#include <QToolTip>
#include <QtCharts/QBarSet>
#include <QtCharts/QStackedBarSeries>

#include "sample_evaluation.h"
#include "types/target.h"
#include "views/models/card_content.h"
#include "views/models/layer_bars.h"
#include "views/models/layer_description.h"
#include "views/widgets/plots/layer_plot.h"

namespace {

using namespace views;

TEST(LayerBars, ScalesToOneUnitAndComparesWithTheOriginal) {
    const auto original = sample::evaluation(), half = sample::evaluation(0.5);
    const LayerBars bars = layerBars(*half, original.get(), Metric::Macs);
    ASSERT_EQ(bars.bars.size(), 3u);
    EXPECT_EQ(bars.axisTitle, "MACs, k");
    EXPECT_DOUBLE_EQ(*bars.bars[0].value, 0.5);
    EXPECT_DOUBLE_EQ(*bars.bars[0].original, 1.0);
    EXPECT_DOUBLE_EQ(bars.largest, 1.0);
    EXPECT_EQ(bars.classes.size(), 3u);
    EXPECT_FALSE(layerBars(*original, original.get(), Metric::Macs).bars[0].original);
}

TEST(LayerBars, ArithmeticHasAColourOfItsOwn) {
    using types::OpKind;
    for (const OpKind kind : {OpKind::ADD, OpKind::ABS, OpKind::EXP, OpKind::LOG, OpKind::SQRT,
                              OpKind::EQUAL, OpKind::SELECT_V2})
        EXPECT_EQ(opColor(kind), opClassColor(OpClass::ElementWise)) << types::opName(kind);
    EXPECT_EQ(opColor(OpKind::RESHAPE), opClassColor(OpClass::Other));
    EXPECT_NE(opClassColor(OpClass::ElementWise), opClassColor(OpClass::Other));
}

TEST(LayerBars, DoesNotCompareOtherLayers) {
    const auto original = sample::evaluation(), half = sample::evaluation(0.5);
    half->layers[1].kind = types::OpKind::ADD;
    EXPECT_FALSE(layerBars(*half, original.get(), Metric::Macs).bars[0].original);
}

TEST(LayerBars, CarriesBandsOfPredictions) {
    const LayerBars bars = layerBars(*sample::evaluation(), nullptr, Metric::LatencyUs);
    EXPECT_DOUBLE_EQ(*bars.bars[0].low, 80);
    EXPECT_DOUBLE_EQ(*bars.bars[0].high, 120);
    EXPECT_EQ(bars.axisTitle, "Latency, µs");
}

TEST(LayerPlot, HasOneSetPerGroupAndOneValuePerLayer) {
    LayerPlot plot;
    plot.setBars(layerBars(*sample::evaluation(), nullptr, Metric::Macs));
    ASSERT_EQ(plot.chart()->series().size(), 1);
    auto* series = qobject_cast<QtCharts::QStackedBarSeries*>(plot.chart()->series()[0]);
    ASSERT_TRUE(series);
    ASSERT_EQ(series->count(), 3);
    EXPECT_EQ(series->barSets()[0]->count(), 3);
    EXPECT_DOUBLE_EQ(series->barSets()[0]->at(0), 1.0);
    EXPECT_DOUBLE_EQ(series->barSets()[0]->at(1), 0.0);
    EXPECT_DOUBLE_EQ(series->barSets()[1]->at(1), 0.5);
}

TEST(LayerPlot, TheTextAtTheMouseStaysWhileItRests) {
    LayerPlot plot;
    plot.resize(600, 300);
    plot.setBars(layerBars(*sample::evaluation(), nullptr, Metric::Macs));
    plot.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&plot));
    const QPoint at = plot.viewport()->rect().center();
    QMouseEvent move(QEvent::MouseMove, at, plot.viewport()->mapToGlobal(at), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(plot.viewport(), &move);
    ASSERT_TRUE(QToolTip::isVisible());
    QHelpEvent rest(QEvent::ToolTip, at, plot.viewport()->mapToGlobal(at));
    QApplication::sendEvent(plot.viewport(), &rest);
    QTest::qWait(400);  // Qt hides a text a little later
    EXPECT_TRUE(QToolTip::isVisible());
    QToolTip::hideText();
}

TEST(LayerPlot, TakesAnEmptyModel) {
    LayerPlot plot;
    plot.setBars({});
    EXPECT_EQ(plot.bars().bars.size(), 0u);
}

TEST(CardContent, TellsValueChangeAndLimit) {
    const auto original = sample::evaluation(), half = sample::evaluation(0.5);
    const CardContent macs = cardContent(Metric::Macs, half.get(), original.get());
    EXPECT_EQ(macs.value, "800");
    EXPECT_EQ(macs.change, "−50 %");
    EXPECT_FALSE(macs.limitShare);
    const CardContent flash = cardContent(Metric::FlashBytes, original.get(), original.get());
    EXPECT_EQ(flash.change, "original");
    EXPECT_TRUE(flash.isPassed);
    EXPECT_EQ(flash.note, "2.93 KiB too much");
    EXPECT_DOUBLE_EQ(*flash.limitShare, 12000.0 / 9000);
    const CardContent arena = cardContent(Metric::ArenaBytes, half.get(), original.get());
    EXPECT_EQ(arena.value, "1,000 bytes");
    EXPECT_EQ(arena.note, "25 % SRAM");
    EXPECT_EQ(cardContent(Metric::Macs, nullptr, nullptr).value, kUnknown);
    const auto nearlyFull = sample::evaluation();
    nearlyFull->sram = sample::budget({{"arena", 3990, "counted"}}, 4000);
    const CardContent full = cardContent(Metric::ArenaBytes, nearlyFull.get(), nullptr);
    EXPECT_EQ(full.note, "100 % SRAM") << "no exponent";
}

TEST(CardContent, ArenaIsThatOfTheBoardsRuntime) {
    auto evaluation = sample::evaluation();
    auto device = std::make_shared<types::DeviceProfile>(*evaluation->device);
    device->runtime = types::kNetcaliperRuntime;
    evaluation->device = device;
    evaluation->netcaliperPlan.arenaBytes = 512;
    const CardContent card = cardContent(Metric::ArenaBytes, evaluation.get(), nullptr);
    EXPECT_EQ(card.value, "512 bytes");
    EXPECT_TRUE(card.toolTip.contains("TFLM would plan"));
}

TEST(CardContent, NamesTheLayerThatMakesATotalUnknown) {
    auto evaluation = sample::evaluation();
    evaluation->totals.latencyUs.reset();
    evaluation->layers[1].latencyUs.reset();
    const CardContent card = cardContent(Metric::LatencyUs, evaluation.get(), nullptr);
    EXPECT_EQ(card.value, kUnknown);
    EXPECT_TRUE(card.toolTip.contains("#1 DEPTHWISE_CONV_2D"));
}

TEST(LayerDescription, HoldsOptionsTensorsAndReasons) {
    auto evaluation = sample::evaluation();
    evaluation->layers[0].supported = false;
    evaluation->layers[0].unsupportedReason = "no such kernel";
    const auto sections = describeLayer(*evaluation, 0);
    EXPECT_EQ(sections[0].title, "Cannot run");
    EXPECT_EQ(sections[0].lines[0].second, "no such kernel");
    const auto& outputs = sections[sections.size() - 2];
    EXPECT_EQ(outputs.title, "Outputs");
    EXPECT_EQ(outputs.lines[0].first, "T1");
    EXPECT_TRUE(outputs.lines[0].second.contains("1x8x8x4 int8"));
    EXPECT_TRUE(outputs.lines[0].second.contains("scale 0.5, zero point -3"));
}

}  // namespace
