// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a table of layers that no microcontroller could have produced.
#include "cost/fit/layer_table.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_dir.h"

namespace {

using Fields = std::map<std::string, std::string>;

/// Reads a valid line with some fields changed.
types::Result<cost::Observation> lineWith(const Fields& changes, double clockMhz = 0) {
    Fields fields = {{"op", "conv2d"},    {"in_shape", "1x8x8x4"}, {"out_shape", "1x8x8x16"},
                     {"kernel", "3x3"},   {"strides", "1x1"},      {"padding", "same"},
                     {"cycles", "1234.5"}};
    for (const auto& [column, text] : changes)
        fields[column] = text;
    std::vector<std::string> header, line;
    for (const auto& [column, text] : fields) {
        header.push_back(column);
        line.push_back(text);
    }
    return cost::observationOf(cost::CsvRow(header, line), clockMhz);
}

TEST(LayerTable, ReadsALine) {
    const auto layer = lineWith({});
    ASSERT_TRUE(layer) << layer.error().message();
    EXPECT_EQ(layer->cycles, 1234.5);
    EXPECT_EQ(layer->workload.macs, 8 * 8 * 16 * 9 * 4);
}

TEST(LayerTable, RefusesShapesBeyondAllMemory) {
    EXPECT_TRUE(lineWith({{"in_shape", "1x4096x4096x1"}}));
    for (const char* shape : {"1x4096x4096x2", "2147483647", "65536x65536x65536x65536x65536"}) {
        EXPECT_FALSE(lineWith({{"in_shape", shape}})) << shape;
        EXPECT_FALSE(lineWith({{"out_shape", shape}})) << shape;
    }
    const auto wide = lineWith({{"kernel", "4096x4096"}});
    ASSERT_FALSE(wide);
    EXPECT_EQ(wide.error().what, "a kernel of more than 16384 taps");
    EXPECT_FALSE(lineWith({{"filter_shape", "1x4096x4096x1"}}));
}

TEST(LayerTable, TheLargestLayerIsStillCounted) {
    const auto layer = lineWith(
        {{"in_shape", "1x1x1x16777216"}, {"out_shape", "1x1x1x16777216"}, {"kernel", "128x128"}});
    ASSERT_TRUE(layer) << layer.error().message();
    EXPECT_EQ(layer->workload.macs, int64_t{1} << 62);
}

TEST(LayerTable, ALatencyNeedsTheClock) {
    const Fields milliseconds = {{"cycles", ""}, {"latency_ms", "2.5"}};
    EXPECT_FALSE(lineWith(milliseconds));
    EXPECT_EQ(lineWith(milliseconds, 80)->cycles, 200'000);
    Fields own = milliseconds;
    own["clock_mhz"] = "100";
    EXPECT_EQ(lineWith(own, 80)->cycles, 250'000);
    EXPECT_FALSE(lineWith(own)->isCounted);
    EXPECT_TRUE(lineWith({{"cycles", ""}, {"instructions", "7"}})->isCounted);
}

TEST(LayerTable, KeepsLinesThatCannotBeRead) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "t.csv") << "network,op_index,op,in_shape,out_shape,cpu,instructions\n"
                                    "net,0,RELU,1x8,1x8,m4,50\n"
                                    ",,NONSENSE,1x8,1x8,m4,50\n"
                                    ",,RELU,1x8,1x8,m7,\n";
    const auto lines = cost::readTableLines(dir / "t.csv", {});
    ASSERT_TRUE(lines) << lines.error().message();
    ASSERT_EQ(lines->size(), 3u);
    EXPECT_EQ((*lines)[0].name, "net #0");
    EXPECT_EQ((*lines)[0].layer->name, "net #0");
    EXPECT_EQ((*lines)[0].conditions.core, "m4");
    EXPECT_EQ((*lines)[1].name, "line 3");
    EXPECT_FALSE((*lines)[1].workload);
    EXPECT_TRUE((*lines)[2].workload);
    EXPECT_EQ((*lines)[2].layer.error().what, "the layer has no cost");
    const auto strict = cost::readLayerTable(dir / "t.csv", {});
    ASSERT_FALSE(strict);
    EXPECT_NE(strict.error().where.find("line 3"), std::string::npos) << strict.error().where;
}

TEST(LayerTable, ConditionsAreReadFromOneText) {
    const auto filter = cost::rowFilterOf(" board=STM32F446RE , op=conv2d,");
    ASSERT_TRUE(filter);
    EXPECT_EQ(*filter, (cost::RowFilter{{"board", "STM32F446RE"}, {"op", "conv2d"}}));
    EXPECT_TRUE(cost::rowFilterOf("")->empty());
    EXPECT_FALSE(cost::rowFilterOf("board"));
}

TEST(LayerTable, RefusesCostsThatAreNone) {
    for (const char* cycles : {"inf", "nan", "1e-310", "-5", "0", "12abc", "1e999", ""})
        EXPECT_FALSE(lineWith({{"cycles", cycles}})) << cycles;
    EXPECT_TRUE(lineWith({{"cycles", "1e6"}}));
    // The next column counts where one cannot be read.
    EXPECT_EQ(lineWith({{"cycles_op", "inf"}})->cycles, 1234.5);
}

TEST(LayerTable, TheNumberOfInputsTellsWhetherThereIsABias) {
    EXPECT_TRUE(lineWith({})->workload.biased);
    EXPECT_TRUE(lineWith({{"n_inputs", "3"}})->workload.biased);
    EXPECT_FALSE(lineWith({{"n_inputs", "2"}})->workload.biased);
    EXPECT_TRUE(lineWith({{"op", "add"}, {"n_inputs", "2"}})->workload.biased);
}

TEST(LayerTable, ReadsTheLayersOfNetworks) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "ops.csv") << "network,op,in_shape,out_shape,instructions,cpu\n"
                                      "b,RELU,1x4,1x4,40,m4\nb,RELU,1x4,1x4,40,m4\n"
                                      "a,RELU,1x8,1x8,80,m4\na,RELU,1x8,1x8,90,m7\n";
    const auto networks = cost::readNetworkTable(dir / "ops.csv", {{"cpu", "m4"}});
    ASSERT_TRUE(networks) << networks.error().message();
    ASSERT_EQ(networks->size(), 2u);
    EXPECT_EQ((*networks)[0].name, "a");
    EXPECT_EQ((*networks)[0].layers.size(), 1u);
    EXPECT_EQ((*networks)[1].layers.size(), 2u);  // an operator that occurs twice costs twice
    EXPECT_FALSE(cost::readNetworkTable(dir / "ops.csv", {{"cpu", "m0"}}));
    std::ofstream(dir / "layers.csv") << "op,in_shape,out_shape,cycles\nRELU,1x4,1x4,40\n";
    const auto unnamed = cost::readNetworkTable(dir / "layers.csv", {});
    ASSERT_FALSE(unnamed);
    EXPECT_EQ(unnamed.error().what, "a line names no network");
}

}  // namespace
