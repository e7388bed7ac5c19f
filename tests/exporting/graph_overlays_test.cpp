// SPDX-License-Identifier: GPL-3.0-or-later
// Figures for Model Explorer and Netron.
#include "exporting/graph_overlays.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "support/temporary_dir.h"

namespace {

using namespace types;
using nlohmann::json;

Evaluation twoLayers() {
    Evaluation e;
    e.layers.resize(2);
    e.layers[0].index = 0;
    e.layers[0].macs = 1000;
    e.layers[0].latencyUs = Estimate{12.5, 10, 15};
    e.layers[1].index = 1;
    e.layers[1].sqnrDb = std::numeric_limits<double>::infinity();
    return e;
}

json readJson(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return json::parse(stream);
}

TEST(GraphOverlays, ModelExplorerGetsAFilePerKnownFigure) {
    const support::TemporaryDir dir;
    const auto files = exporting::writeModelExplorer(twoLayers(), dir / "node_data");
    ASSERT_TRUE(files) << files.error().message();
    // Without energy and SQNR, which no layer has as a number.
    EXPECT_EQ(files->size(), 6u);
    const json latency = readJson(dir / "node_data" / "latency_us.json");
    EXPECT_EQ(latency["results"], json::parse(R"({"0": {"value": 12.5}})"));
    EXPECT_EQ(latency["gradient"].front()["stop"], 0);
    EXPECT_EQ(latency["gradient"].back()["stop"], 1);
    EXPECT_EQ(readJson(dir / "node_data" / "macs.json")["results"]["1"]["value"], 0);
}

TEST(GraphOverlays, NetronGetsOneAttachment) {
    const support::TemporaryDir dir;
    ASSERT_TRUE(exporting::writeNetron(twoLayers(), dir / "n.json"));
    const json attachment = readJson(dir / "n.json");
    EXPECT_EQ(attachment["signature"], "netron:attachment");
    EXPECT_EQ(attachment["metrics"].size(), 11u);  // a latency, five counts of both layers
    EXPECT_EQ(attachment["metrics"][0]["kind"], "node");
    EXPECT_EQ(attachment["metrics"][0]["identifier"], "0");
    EXPECT_EQ(attachment["metrics"][0]["value"], 12.5);
}

TEST(GraphOverlays, APlaceThatCannotBeWrittenIsAnError) {
    const support::TemporaryDir dir;
    std::ofstream(dir / "file") << "x";
    EXPECT_FALSE(exporting::writeModelExplorer(twoLayers(), dir / "file" / "below"));
}

}  // namespace
