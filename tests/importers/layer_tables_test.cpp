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

TEST(LayerTables, NumbersAreReadAsTheTableWritesThem) {
    const auto groups = readSample("layer_table_groups.csv");
    EXPECT_EQ(samplesOf(groups, "#0 CONV_2D", Quantity::Cycles), std::vector<double>{1234567});
    EXPECT_EQ(samplesOf(groups, "#1 SOFTMAX", Quantity::Cycles), std::vector<double>{1200});
    EXPECT_EQ(samplesOf(groups, "#1 SOFTMAX", Quantity::LatencyUs), std::vector<double>{15});
    const std::pair<const char*, double> kTables[] = {
        {"layer,op,cycles\n0,ADD,\"1,234,567\"\n1,MUL,\"1,200\"\n", 1200},
        {"layer,op,cycles\n0,ADD,\"1,200\"\n1,MUL,\"1,200\"\n", 1200},
        {"layer,op,cycles\n0,ADD,\"1,25\"\n1,MUL,\"1,2\"\n", 1.2},
        {"layer;op;cycles\n0;ADD;1'234'567\n1;MUL;1'200\n", 1200},
        {"layer;op;cycles\n0;ADD;1 234 567\n1;MUL;1 200\n", 1200},
        {"layer;op;cycles\n0;ADD;1\xC2\xA0"
         "234\n1;MUL;1\xE2\x80\xAF"
         "200,5\n",
         1200.5},
        {"layer;op;cycles\n0;ADD;1.234,25\n1;MUL;1.200,5\n", 1200.5},
        {"layer;op;cycles\n0;ADD;1.5\n1;MUL;1.200\n", 1.2},
        {"layer|op|cycles\n0|ADD|2\n1|MUL|7\n", 7},
    };
    for (const auto& [text, cycles] : kTables)
        EXPECT_EQ(samplesOf(readText(text), "#1 MUL", Quantity::Cycles),
                  std::vector<double>{cycles})
            << text;
}

TEST(LayerTables, ShapesAndDatesAreNoGroupedNumbers) {
    const auto session = readText(
        "layer;op;cycles;shape;day\n0;ADD;5;1 28 28 1;1.2.2026\n1;ADD;6;1 128 128;2.2.2026\n");
    EXPECT_NE(find(session, "#1 ADD", Quantity::Cycles).note.find("1 128 128"), std::string::npos);
}

TEST(LayerTables, ATableInMarkdownIsRead) {
    EXPECT_EQ(samplesOf(readSample("layer_table_markdown.txt"), "#1 SOFTMAX", Quantity::LatencyUs),
              std::vector<double>{50});
}

TEST(LayerTables, ColumnsAreGuessedByTheirContent) {
    const std::pair<const char*, const char*> kTables[] = {
        {"idx,kind,t_mean\n0,CONV_2D,1250\n1,SOFTMAX,50\n", "layer=idx,op=kind,latency_us=t_mean"},
        {"Schicht;Was;Zeit (ms)\n0;CONV_2D;1,25\n1;SOFTMAX;0,05\n",
         "layer=Schicht,op=Was,latency_ms=Zeit (ms)"},
        {"k,what,dt us\n1,ADD,4\n2,MUL,6\n", "layer=k,op=what,latency_us=dt us"}};
    for (const auto& [text, columns] : kTables) {
        const auto imported = readLogBytes("test", text, {});
        ASSERT_FALSE(imported) << text;
        EXPECT_NE(imported.error().message().find(columns), std::string::npos)
            << imported.error().message();
    }
}

}  // namespace
}  // namespace importers
