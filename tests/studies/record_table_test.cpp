// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/record_table.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_dir.h"

namespace {

using studies::Record;
using studies::Records;

class RecordTable : public testing::Test {
protected:
    types::Result<Records> read(const std::string& text) {
        std::ofstream(m_dir / "table.csv") << text;
        return studies::readRecords(m_dir / "table.csv");
    }

    support::TemporaryDir m_dir;
};

TEST_F(RecordTable, UnitsStandInTheColumnNames) {
    const auto records = read(
        "board,model,family,macs,latency_ms,power_mw,kernels\n"
        "b,m,f,1000,2.5,40,cmsis-nn\n");
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 1u);
    const Record& record = records->front();
    EXPECT_EQ(record.latencyUs, 2500);
    EXPECT_EQ(record.powerMw, 40);
    EXPECT_EQ(record.energyUj, 100);  // 40 mW for 2.5 ms
    EXPECT_EQ(record.ops, 2000);
    EXPECT_EQ(record.setup.at("kernels"), "cmsis-nn");
    EXPECT_EQ(record.source, "table.csv");
    EXPECT_TRUE(record.measured);
}

TEST_F(RecordTable, ARowMayHoldSeveralBoards) {
    const auto records = read(
        "model,Mops_2perMAC,latency_s_BIG100,latency_s_SMALL200,energy_mJ_100\n"
        "m,3,0.5,,100\n"
        "n,4,0.25,2,\n");
    ASSERT_TRUE(records);
    ASSERT_EQ(records->size(), 3u);
    EXPECT_EQ((*records)[0].board, "BIG100");
    EXPECT_EQ((*records)[0].powerMw, 200);  // 100 mJ in 0.5 s
    EXPECT_EQ((*records)[2].board, "SMALL200");
    EXPECT_EQ((*records)[2].latencyUs, 2e6);
    EXPECT_EQ((*records)[2].macs, 2e6);
}

TEST_F(RecordTable, PublishedWordsBecomePlainOnes) {
    const auto records = read(
        "board,model,model_type,cmsis-nn,FPU_status,tflu_mcu_benchmark_mean\n"
        "b,LeNet_none_tflite-builtins,W-int8_A-float32,none,0,120\n");
    ASSERT_TRUE(records);
    const Record& record = records->front();
    EXPECT_EQ(record.model, "LeNet");
    EXPECT_EQ(record.setup.at("kernels"), "reference");
    EXPECT_EQ(record.setup.at("FPU"), "FPU off");
    EXPECT_EQ(record.setup.at("numbers"), "int8 weights, float32");
    EXPECT_EQ(record.latencyUs, 120);
}

TEST_F(RecordTable, ASittingIsNamedByWhoSubmitted) {
    const auto records = read(
        "board,system_id,submitter,round,benchmark,latency_ms\n"
        "BOARD-1,board_1,acme,v1,kws,1\n"
        "BOARD-1,board_1-zephyr,acme,v1,kws,1\n");
    ASSERT_TRUE(records);
    EXPECT_EQ((*records)[0].sitting, "acme v1");
    EXPECT_EQ((*records)[1].sitting, "acme v1 board_1-zephyr");
}

TEST_F(RecordTable, ATableWithoutACostIsRefused) {
    const auto records = read("board,model\nb,m\n");
    ASSERT_FALSE(records);
    EXPECT_NE(records.error().message().find("latency_ms"), std::string::npos);
    EXPECT_FALSE(studies::readRecords(m_dir / "missing.csv"));
}

TEST(Records, WhatIsTheSameInAllIsSaidOnce) {
    Records records(2);
    records[0].setup = {{"kernels", "a"}, {"FPU", "on"}};
    records[1].setup = {{"kernels", "b"}, {"FPU", "on"}};
    EXPECT_EQ(studies::takeCommonSetup(records), "on");
    EXPECT_EQ(studies::setupText(records[0]), "a");
    EXPECT_EQ(studies::setupText(records[1]), "b");
}

TEST(Records, ABoardWithOneSetupNeedsNoMoreThanItsName) {
    Records records(3);
    for (size_t i = 0; i < 3; ++i) {
        records[i].board = i < 2 ? "twice" : "once";
        records[i].setup = {{"kernels", i == 0 ? "a" : "b"}};
    }
    studies::takeLoneSetups(records);
    EXPECT_EQ(studies::setupText(records[1]), "b");
    EXPECT_EQ(studies::setupText(records[2]), "");
}

}  // namespace
