// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/layer_shape.h"
#include "importers/parts/session_builder.h"
#include "sample_log.h"

namespace importers {
namespace {

using types::Quantity;
using LayerTableSamples = std::vector<double>;

TEST(LayerTables, ColumnsAreKnownByTheirNames) {
    const auto imported = readOrFail(samplePath("layer_table.csv"));
    ASSERT_EQ(imported.sessions.size(), 2u);
    const auto& session = imported.sessions[0];
    EXPECT_EQ(session.conditions.board, "my-board");
    EXPECT_EQ(session.conditions.clockMhz, 80);
    EXPECT_EQ(session.conditions.modelName, "tiny");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::LatencyUs),
              (LayerTableSamples{1250, 1270}));
    EXPECT_EQ(samplesOf(session, "#1 SOFTMAX", Quantity::EnergyUj), (LayerTableSamples{0.1}));
    EXPECT_EQ(imported.sessions[1].conditions.board, "other");
}

TEST(LayerTables, ShapesRideInTheNote) {
    const auto imported = readOrFail(samplePath("layer_table.csv"));
    ASSERT_FALSE(imported.sessions.empty());
    const LayerShape shape =
        layerShapeOf(find(imported.sessions[0], "#0 CONV_2D", Quantity::LatencyUs));
    EXPECT_EQ(shape.input, (types::Shape{1, 8, 8, 1}));
    EXPECT_EQ(shape.output, (types::Shape{1, 8, 8, 4}));
}

TEST(LayerTables, AMapNamesColumnsConstantsAndDetails) {
    ImportOptions options;
    options.columns = "latency_s=t,layer=l,board:=mine,cycles/invoke=c,percent/top-1=a";
    const auto session =
        readText("l,t,c,a\n0_CONV_2D,0.5,100,90\n#1 SOFTMAX,0.25,50,90\n", options);
    EXPECT_EQ(session.conditions.board, "mine");
    EXPECT_EQ(samplesOf(session, "#0 CONV_2D", Quantity::LatencyUs), (LayerTableSamples{500000}));
    EXPECT_EQ(samplesOf(session, "#1 SOFTMAX/invoke", Quantity::Cycles), (LayerTableSamples{50}));
    EXPECT_EQ(samplesOf(session, "#1 SOFTMAX/top-1", Quantity::Share), (LayerTableSamples{0.9}));
}

TEST(LayerTables, ARowAModelKeepsTheModelInItsKey) {
    const auto session = readText("model,board,latency_ms,source\na,x,1,s\nb,x,2,s\na,x,3,s\n");
    EXPECT_EQ(samplesOf(session, "a: whole", Quantity::LatencyUs), (LayerTableSamples{1000, 3000}));
    EXPECT_EQ(samplesOf(session, "b: whole", Quantity::LatencyUs), (LayerTableSamples{2000}));
}

TEST(LayerTables, AConditionSplitsSessions) {
    ImportOptions options;
    options.columns = "latency_us=t,key=k,condition/FPU=fpu";
    const auto imported = readLogBytes("x", "k,t,fpu\nwhole,1,0\nwhole,9,1\n", options);
    ASSERT_TRUE(imported);
    ASSERT_EQ(imported->sessions.size(), 2u);
    EXPECT_EQ(noteValue(imported->sessions[1].conditions.notes, "FPU"), "1");
}

TEST(LayerTables, AMapThatIsNoneIsRefused) {
    ImportOptions options;
    options.columns = "latency_us";
    const auto imported = readLogBytes("x", "a,b\n1,2\n", options);
    ASSERT_FALSE(imported);
    EXPECT_NE(imported.error().what.find("'latency_us'"), std::string::npos);
}

TEST(LayerTables, SessionsOfOneTitleAreNumberedInOrder) {
    std::string table = "board,core,layer,op,latency_us\n";
    for (const char* core : {"M4", "M7", "M33"})
        table += std::string("x,") + core + ",0,CONV_2D,1\n";
    const auto imported = readLogBytes("t", table);
    ASSERT_TRUE(imported);
    std::vector<std::string> names;
    for (const auto& session : imported->sessions)
        names.push_back(session.name);
    EXPECT_EQ(names, (std::vector<std::string>{"t: x", "t: x (2)", "t: x (3)"}));
}

// Each row would carry the name of the column.
TEST(LayerTables, ALongNameOfAColumnIsCut) {
    const auto session =
        readText(std::string(5000, 'n') + ",layer,op,latency_us\n1,0,CONV_2D,1\n2,1,SOFTMAX,1\n");
    const auto note = find(session, "#0 CONV_2D", Quantity::LatencyUs).note;
    EXPECT_NE(note.find("nnn: 1"), std::string::npos);
    EXPECT_LT(note.size(), 300u);
}

}  // namespace
}  // namespace importers
