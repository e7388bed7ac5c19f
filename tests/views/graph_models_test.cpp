// SPDX-License-Identifier: GPL-3.0-or-later
// The data behind the page Graph: what boxes say, colours, search, what is in view.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "sample_drawing.h"
#include "views/models/band_index.h"
#include "views/models/box_details.h"
#include "views/models/graph_picture.h"
#include "views/models/graph_search.h"
#include "views/models/heat_scale.h"
#include "views/models/measured_layers.h"
#include "views/widgets/plots/graph_camera.h"

namespace {

using namespace views;

TEST(BandIndex, FindsWhatThePlainTwinFinds) {
    std::mt19937 random(1);
    std::vector<std::pair<double, double>> items;
    BandIndex index;
    for (int i = 0; i < 2000; ++i) {
        const double top = double(random() % 100000);
        const double height = random() % 10 == 0 ? double(random() % 50000) : double(random() % 90);
        items.emplace_back(top, top + height);
        index.add(i, top, top + height);
    }
    for (int look = 0; look < 50; ++look) {
        const double top = double(random() % 100000) - 200, bottom = top + double(random() % 3000);
        std::multiset<int> found, wanted;
        index.each(top, bottom, [&](int item) { found.insert(item); });
        for (int i = 0; i < int(items.size()); ++i)
            if (items[size_t(i)].second >= top && items[size_t(i)].first <= bottom)
                wanted.insert(i);
        EXPECT_EQ(found, wanted);
    }
}

double contrast(const QColor& a, const QColor& b) {
    const auto light = [](const QColor& color) {
        const auto part = [](double value) {
            return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) +
               0.0722 * part(color.blueF());
    };
    const double high = std::max(light(a), light(b)), low = std::min(light(a), light(b));
    return (high + 0.05) / (low + 0.05);
}

TEST(HeatScale, TextIsReadableOnEveryColour) {
    const HeatScale cost(Metric::Macs, {0, 10}), gap(Metric::LatencyGapUs, {-5, 3});
    for (const QPalette& palette : {lightPalette(), darkPalette()})
        for (const HeatScale* scale : {&cost, &gap})
            for (double share = 0; share <= 1; share += 0.02) {
                const QColor ground = scale->colorAt(share, palette);
                EXPECT_GE(contrast(ground, inkOn(ground)), 4.5) << share;
            }
}

TEST(HeatScale, WhatCostsMostStandsOut) {
    const HeatScale cost(Metric::Macs, {4, 10, 2});
    EXPECT_DOUBLE_EQ(cost.first(), 0);
    EXPECT_DOUBLE_EQ(cost.shareOf(10), 1);
    const QPalette palette = lightPalette();
    const QColor ground = palette.color(QPalette::Base);
    EXPECT_GT(contrast(cost.colorOf(10, palette), ground),
              contrast(cost.colorOf(4, palette), ground));
    // The least signal above the noise stands out.
    const HeatScale noise(Metric::SqnrDb, {40, 12});
    EXPECT_DOUBLE_EQ(noise.shareOf(12), 1);
    EXPECT_DOUBLE_EQ(noise.shareOf(40), 0);
    const HeatScale gap(Metric::LatencyGapUs, {-5, 20});
    EXPECT_DOUBLE_EQ(gap.shareOf(0), 0.5);
    EXPECT_DOUBLE_EQ(gap.first(), -20);
    EXPECT_TRUE(HeatScale(Metric::Macs, {}).isEmpty());
    EXPECT_DOUBLE_EQ(HeatScale(Metric::Macs, {0, 0}).shareOf(0), 0);
}

TEST(GraphSearch, FindsByNumberKindNameAndShape) {
    types::Graph graph = *sample::graph();
    types::Subgraph body;
    body.tensors.resize(2);
    body.ops.resize(1);
    body.ops[0].kind = types::OpKind::MUL;
    body.ops[0].outputs = {1};
    graph.others = {body};
    const GraphSearch search(graph);
    EXPECT_EQ(search.find("#1"), (std::vector<OpPlace>{{0, 1}}));
    EXPECT_EQ(search.find("conv").size(), 3u);
    EXPECT_EQ(search.find("mul"), (std::vector<OpPlace>{{1, 0}}));
    EXPECT_EQ(search.find("TENSOR_3"), (std::vector<OpPlace>{{0, 2}}));
    EXPECT_EQ(search.find("1x8x8x4 tensor_0"), (std::vector<OpPlace>{{0, 0}}));
    EXPECT_EQ(search.find(QStringLiteral("1×8×8")).size(), 3u);
    EXPECT_TRUE(search.find("conv nothing").empty());
    EXPECT_TRUE(search.find("  ").empty());
}

TEST(GraphPicture, BlocksSumTheirLayers) {
    const auto evaluation = sample::evaluation();
    const GraphPicture picture(evaluation, sample::foldedDrawing());
    MetricChoice choice;
    const int block = picture.boxOf({0, 1});
    EXPECT_EQ(picture.boxOf({0, 2}), block);
    EXPECT_DOUBLE_EQ(*picture.readings(choice)[size_t(block)].value, 600);
    choice.setMetric(Metric::LiveBytes);
    EXPECT_DOUBLE_EQ(*picture.readings(choice)[size_t(block)].value, 512);
    evaluation->layers[2].latencyUs.reset();
    evaluation->layers[2].costSource = "no kernel row";
    choice.setMetric(Metric::LatencyUs);
    const Reading unknown = picture.readings(choice)[size_t(block)];
    EXPECT_FALSE(unknown.value);
    EXPECT_EQ(unknown.reason, "no kernel row");
    EXPECT_EQ(picture.text(block).title, "2 × CONV_2D");
}

TEST(GraphPicture, MeasuredMinusPredictedNeedsMeasurements) {
    const GraphPicture picture(sample::evaluation(), sample::drawing());
    MetricChoice choice;
    choice.setMetric(Metric::LatencyGapUs);
    EXPECT_FALSE(picture.readings(choice)[1].value);
    choice.setMeasuredUs({90.0, std::nullopt, 15.0});
    const auto readings = picture.readings(choice);
    EXPECT_DOUBLE_EQ(*readings[1].value, -10);
    EXPECT_FALSE(readings[2].value);
    EXPECT_DOUBLE_EQ(*readings[3].value, 5);
}

TEST(GraphPicture, KnowsItsNeighbours) {
    const GraphPicture picture(sample::evaluation(), sample::drawing());
    EXPECT_EQ(picture.readers(1), (std::vector<int>{2, 3}));
    EXPECT_EQ(picture.sources(3), (std::vector<int>{1, 2}));
    EXPECT_EQ(picture.layerOf(0), -1);
    EXPECT_EQ(picture.layerOf(2), 1);
    EXPECT_EQ(picture.beside(2, 1), -1);
    EXPECT_EQ(picture.boxOf({0, 77}), -1);
    EXPECT_EQ(picture.boxOf({5, 0}), -1);
}

TEST(GraphPicture, OperatorsOfSubgraphsBelongToTheirCaller) {
    const auto evaluation = sample::evaluation();
    auto graph = std::make_shared<types::Graph>(*evaluation->graph);
    types::Subgraph body;
    body.tensors.resize(2);
    body.ops.resize(1);
    body.ops[0].outputs = {1};
    graph->others = {body};
    evaluation->graph = graph;
    auto drawn = std::make_shared<types::DrawnGraph>(*sample::drawing());
    types::DrawnBox box = drawn->boxes[1];
    box.subgraph = 1;
    box.centre.x = 600;
    drawn->boxes.push_back(box);
    types::DrawnFrame frame;
    frame.isSubgraph = true;
    frame.subgraph = 1;
    frame.callers = {2};
    drawn->frames = {frame};
    GraphPicture picture(evaluation, drawn);
    EXPECT_EQ(picture.layerOf(5), 1);
    MetricChoice choice;
    EXPECT_FALSE(picture.readings(choice)[5].value);
    types::CalledSubgraph called;
    called.index = 1;
    called.layers = {sample::layer(0, types::OpKind::ADD, 42, 1)};
    picture.setCalled({called});
    EXPECT_DOUBLE_EQ(*picture.readings(choice)[5].value, 42);
}

TEST(BoxDetails, NameTensorsAndLinkTheirOtherEnds) {
    const GraphPicture picture(sample::evaluation(), sample::drawing());
    MetricChoice choice;
    const auto readings = picture.readings(choice);
    const QString text = boxDetailsHtml(picture, 2, readings[2], Metric::Macs, "#888888");
    EXPECT_TRUE(text.contains("scale 0.5, zero point -3"));
    EXPECT_TRUE(text.contains("href='0:0'"));
    EXPECT_TRUE(text.contains("href='0:2'"));
    EXPECT_TRUE(text.contains("MACs: 500"));
    EXPECT_EQ(*placeOfLink("0:12"), (OpPlace{0, 12}));
    EXPECT_FALSE(placeOfLink("fold"));
    for (int box = 0; box < int(picture.drawn().boxes.size()); ++box)
        EXPECT_FALSE(
            boxDetailsHtml(picture, box, readings[size_t(box)], Metric::Macs, "#888888").isEmpty());
    const GraphPicture folded(sample::evaluation(), sample::foldedDrawing());
    EXPECT_TRUE(boxDetailsHtml(folded, folded.boxOf({0, 1}), {}, Metric::Macs, "#888888")
                    .contains("href='fold'"));
}

TEST(MeasuredTimes, AreMediansOfTimesOrCyclesAtAKnownClock) {
    types::Session session;
    types::Measurement layer;
    layer.layer = 1;
    layer.quantity = types::Quantity::Cycles;
    layer.samples = {100, 300, 200};
    session.measurements = {layer};
    EXPECT_TRUE(measuredTimes(session).empty());
    session.conditions.clockMhz = 10;
    EXPECT_DOUBLE_EQ(*measuredTimes(session)[1], 20);
    layer.quantity = types::Quantity::LatencyUs;
    session.measurements = {layer};
    EXPECT_DOUBLE_EQ(*measuredTimes(session)[1], 200);
}

struct GraphCameraTest : testing::Test {
    GraphCamera camera;
    GraphCameraTest() {
        camera.setView({800, 600});
        camera.setWorld({400, 50000}, 44);
        const auto place = camera.beginning();
        camera.set(place.zoom, place.centre);
    }
};

TEST_F(GraphCameraTest, BeginsAtTheTopWithReadableBoxes) {
    EXPECT_GE(camera.zoom(), 0.6);
    EXPECT_LE(camera.zoom(), 1);
    EXPECT_LE(camera.visible().top(), 0);
    EXPECT_GT(camera.visible().top(), -60);
    EXPECT_FALSE(camera.showsAll());
}

TEST_F(GraphCameraTest, ZoomsAtThePointer) {
    camera.set(1, {200, 20000});
    const QPointF pointer(430, 200), before = camera.toWorld(pointer);
    camera.zoomBy(1.7, pointer);
    EXPECT_NEAR(camera.toWorld(pointer).y(), before.y(), 1e-6);
    for (int i = 0; i < 100; ++i)
        camera.zoomBy(1.5, pointer);
    EXPECT_DOUBLE_EQ(camera.zoom(), GraphCamera::kMostZoom);
    for (int i = 0; i < 100; ++i)
        camera.zoomBy(0.5, pointer);
    EXPECT_GE(camera.zoom() * 44, GraphCamera::kLeastBoxPixels - 1e-9);
}

TEST_F(GraphCameraTest, NeverLosesThePicture) {
    camera.panBy({1e9, -1e9});
    EXPECT_TRUE(camera.visible().intersects(QRectF(0, 0, 400, 50000)));
    camera.panBy({-1e9, 1e9});
    EXPECT_TRUE(camera.visible().intersects(QRectF(0, 0, 400, 50000)));
    camera.setWorld({300, 200}, 44);
    const auto place = camera.fitting();
    camera.set(place.zoom, place.centre);
    EXPECT_TRUE(camera.showsAll());
}

TEST_F(GraphCameraTest, ShowsABoxWithTheLeastMove) {
    camera.set(1, {200, 20000});
    const QRectF near(150, 20290, 100, 44), far(150, 45000, 100, 44), shown(150, 20000, 100, 44);
    EXPECT_EQ(camera.showing(shown).centre, camera.centre());
    const auto moved = camera.showing(near);
    EXPECT_GT(moved.centre.y(), 20000);
    EXPECT_LT(moved.centre.y(), 20150);
    EXPECT_DOUBLE_EQ(camera.showing(far).centre.y(), far.center().y());
}

}  // namespace
